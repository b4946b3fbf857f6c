/**
 * Objects to pick in a form, found by name or id.
 */
import type { Pickable } from '~/server/domain/engine/fields';
import { isAdmin } from '~/server/domain/roles';
import type { Context } from './context';

export interface Option {
  id: string;
  name: string;
  /** What tells it from others of its name: its size, its status. */
  hint?: string;
}

const LIMIT = 50;

/**
 * @param search part of a name, or of an id; empty for the first ones
 * @returns at most 50, by name; of the caller's project where things have one
 */
export async function actionOptions(
  { runtime, actor }: Context,
  { of, search }: { of: Pickable; search: string },
): Promise<Option[]> {
  const { sql } = runtime.database;
  const like = `%${search.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
  const own = sql`project_id = ${actor.projectId}`;
  switch (of) {
    case 'server':
      return sql<Option[]>`
        select id, name, status::text as hint from servers
        where deleted_at is null and ${own} and (name ilike ${like} or id::text ilike ${like})
        order by name, id limit ${LIMIT}`;
    case 'volume':
      return sql<Option[]>`
        select id, coalesce(nullif(name, ''), id::text) as name, size_gib || ' GiB, ' || status as hint from volumes
        where deleted_at is null and ${own} and (name ilike ${like} or id::text ilike ${like})
        order by name, id limit ${LIMIT}`;
    case 'snapshot':
      return sql<Option[]>`
        select id, coalesce(nullif(name, ''), id::text) as name, size_gib || ' GiB, ' || status as hint from snapshots
        where deleted_at is null and ${own} and (name ilike ${like} or id::text ilike ${like})
        order by name, id limit ${LIMIT}`;
    case 'attachment':
      return sql<Option[]>`
        select a.id, coalesce(nullif(v.name, ''), v.id::text) as name, coalesce(a.device, a.attach_status::text) as hint
        from attachments a join volumes v on v.id = a.volume_id
        where a.deleted_at is null and v.project_id = ${actor.projectId} and (v.name ilike ${like} or a.id::text ilike ${like})
        order by 2, 1 limit ${LIMIT}`;
    case 'volumeType':
      return sql<Option[]>`
        select id, name, description as hint from volume_types
        where (is_public or ${isAdmin(actor)} or id in (
            select volume_type_id from volume_type_access where project_id = ${actor.projectId}))
          and (name ilike ${like} or id::text ilike ${like})
        order by name limit ${LIMIT}`;
    case 'image':
      return sql<Option[]>`
        select id, coalesce(nullif(name, ''), id::text) as name, status as hint from images
        where (visibility in ('public', 'community') or owner = ${actor.projectId} or ${isAdmin(actor)})
          and (name ilike ${like} or id::text ilike ${like})
        order by name, id limit ${LIMIT}`;
    case 'flavor':
      return sql<Option[]>`
        select id, name, vcpus || ' vCPU, ' || ram_mib || ' MiB' as hint from flavors
        where not disabled and (is_public or ${isAdmin(actor)}) and name ilike ${like} order by ram_mib, name limit ${LIMIT}`;
    case 'pool':
      return isAdmin(actor)
        ? sql<Option[]>`
            select name as id, name, free_gib || ' GiB free' as hint from pools where name ilike ${like}
            order by name limit ${LIMIT}`
        : [];
    case 'host':
      return isAdmin(actor)
        ? sql<Option[]>`
            select name as id, name, case when up then 'up' else 'down' end as hint from hosts where name ilike ${like}
            order by name limit ${LIMIT}`
        : [];
    case 'project':
      return isAdmin(actor)
        ? sql<Option[]>`
            select id, name, description as hint from projects
            where deleted_at is null and (name ilike ${like} or id ilike ${like})
            order by name limit ${LIMIT}`
        : [];
  }
}
