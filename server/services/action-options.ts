/**
 * Objects to pick in a form, found by name or id.
 */
import type { Sql } from 'postgres';
import type { Pickable } from '~/server/domain/engine/fields';
import type { Noun } from '~/server/domain/engine/verb';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { uuids } from './around';
import type { Context } from './context';
import type { Fragment } from './keyset';

export interface Option {
  id: string;
  name: string;
  /** What tells it from others of its name: its size, its status. */
  hint?: string;
}

const AT_ONCE = 50;

interface Asked {
  of: Pickable;
  /** Part of a name, or of an id; empty for the first ones. */
  search: string;
  /** What the form is about: things are then of its project, also for an administrator at home in another. */
  about?: { kind: Noun; id: string } | undefined;
  /** How many were read already. */
  cursor?: number | undefined;
}

/**
 * @returns at most 50, by name, of one project where things have one; with where to read on, null at the end
 */
export async function actionOptions(
  context: Context,
  { cursor = 0, ...asked }: Asked,
): Promise<{ rows: Option[]; next: number | null }> {
  const { sql } = context.runtime.database;
  // One more than is told, to know whether there are more.
  const rows = await select(context, asked, sql`limit ${AT_ONCE + 1} offset ${cursor}`);
  return { rows: rows.slice(0, AT_ONCE), next: rows.length > AT_ONCE ? cursor + AT_ONCE : null };
}

/** @returns the project that an object is in; the caller's own for what is in none, or not theirs to see */
function projectOf(sql: Sql, actor: Actor, about: Asked['about']): Fragment {
  const own = sql`${actor.projectId}::text`;
  if (about === undefined || !isAdmin(actor)) return own;
  if (about.kind === 'project') return sql`${about.id}::text`;
  const [id] = uuids([about.id]);
  if (id === undefined) return own;
  switch (about.kind) {
    case 'server':
      return sql`coalesce((select project_id from servers where id = ${id}::uuid), ${own})`;
    case 'volume':
      return sql`coalesce((select project_id from volumes where id = ${id}::uuid), ${own})`;
    case 'snapshot':
      return sql`coalesce((select project_id from snapshots where id = ${id}::uuid), ${own})`;
    case 'attachment':
      return sql`coalesce((
        select v.project_id from attachments a join volumes v on v.id = a.volume_id where a.id = ${id}::uuid), ${own})`;
    default:
      return own;
  }
}

async function select(
  { runtime, actor }: Context,
  { of, search, about }: Omit<Asked, 'cursor'>,
  page: Fragment,
): Promise<Option[]> {
  const { sql } = runtime.database;
  const like = `%${search.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
  const project = projectOf(sql, actor, about);
  const own = sql`project_id = ${project}`;
  switch (of) {
    case 'server':
      return sql<Option[]>`
        select id, name, status::text as hint from servers
        where deleted_at is null and ${own} and (name ilike ${like} or id::text ilike ${like})
        order by name, id ${page}`;
    case 'volume':
      return sql<Option[]>`
        select id, coalesce(nullif(name, ''), id::text) as name, size_gib || ' GiB, ' || status as hint from volumes
        where deleted_at is null and ${own} and (name ilike ${like} or id::text ilike ${like})
        order by name, id ${page}`;
    case 'snapshot':
      return sql<Option[]>`
        select id, coalesce(nullif(name, ''), id::text) as name, size_gib || ' GiB, ' || status as hint from snapshots
        where deleted_at is null and ${own} and (name ilike ${like} or id::text ilike ${like})
        order by name, id ${page}`;
    case 'attachment':
      return sql<Option[]>`
        select a.id, coalesce(nullif(v.name, ''), v.id::text) as name, coalesce(a.device, a.attach_status::text) as hint
        from attachments a join volumes v on v.id = a.volume_id
        where a.deleted_at is null and v.project_id = ${project} and (v.name ilike ${like} or a.id::text ilike ${like})
        order by 2, 1 ${page}`;
    case 'volumeType':
      return sql<Option[]>`
        select id, name, description as hint from volume_types
        where (is_public or ${isAdmin(actor)} or id in (
            select volume_type_id from volume_type_access where project_id = ${project}))
          and (name ilike ${like} or id::text ilike ${like})
        order by name ${page}`;
    case 'qosSpecs':
      return isAdmin(actor)
        ? sql<Option[]>`
            select id, name, consumer as hint from qos_specs
            where name ilike ${like} or id::text ilike ${like}
            order by name ${page}`
        : [];
    case 'image':
      return sql<Option[]>`
        select id, coalesce(nullif(name, ''), id::text) as name, status as hint from images
        where (visibility in ('public', 'community') or owner = ${project} or ${isAdmin(actor)})
          and (name ilike ${like} or id::text ilike ${like})
        order by name, id ${page}`;
    case 'flavor':
      return sql<Option[]>`
        select id, name, vcpus || ' vCPU, ' || ram_mib || ' MiB' as hint from flavors
        where not disabled and (is_public or ${isAdmin(actor)}) and (name ilike ${like} or id = ${search})
        order by ram_mib, name, id ${page}`;
    case 'pool':
      return isAdmin(actor)
        ? sql<Option[]>`
            select name as id, name, free_gib || ' GiB free' as hint from pools where name ilike ${like}
            order by name ${page}`
        : [];
    case 'host':
      return isAdmin(actor)
        ? sql<Option[]>`
            select name as id, name, case when up then 'up' else 'down' end as hint from hosts where name ilike ${like}
            order by name ${page}`
        : [];
    case 'project':
      return isAdmin(actor)
        ? sql<Option[]>`
            select id, name, description as hint from projects
            where deleted_at is null and (name ilike ${like} or id ilike ${like})
            order by name ${page}`
        : [];
  }
}
