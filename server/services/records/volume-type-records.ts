/**
 * Volume types as the volume API lists and shows them.
 */
import { isAdmin } from '~/server/domain/roles';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, mayDo, notFound, RefusedError } from '../refused';
import { READABLE_BY_ALL } from '../volume-type-rows';

export interface VolumeTypeRecord {
  id: string;
  name: string;
  description: string | null;
  public: boolean;
  /** Those that the caller may read. */
  extraSpecs: Record<string, string>;
  qosSpecsId: string | null;
}

/** What types can be ordered by. */
export const TYPE_SORT_KEYS = ['created_at', 'name', 'id', 'description', 'is_public'] as const;
export type TypeSortKey = (typeof TYPE_SORT_KEYS)[number];

export interface TypeListing {
  /** Those that everybody or the caller's project may use, those that are private, or all. Only administrators choose. */
  which: 'usable' | 'private' | 'all';
  name?: string | undefined;
  description?: string | undefined;
  /** Types that have all of these. */
  extraSpecs?: Readonly<Record<string, string>> | undefined;
  sort: readonly [
    { key: TypeSortKey; direction: Direction },
    ...{ key: TypeSortKey; direction: Direction }[],
  ];
  marker?: string | undefined;
  limit: number;
  offset?: number;
}

interface Data {
  id: string;
  name: string;
  description: string | null;
  is_public: boolean;
  extra_specs: Record<string, string>;
  qos_specs_id: string | null;
}

/**
 * @returns one page
 * @throws RefusedError forbidden without the reader role, not_found for an unknown marker
 */
export async function listVolumeTypeRecords(
  context: Context,
  listing: TypeListing,
): Promise<VolumeTypeRecord[]> {
  authorize(context, 'volume_extension:type_get_all');
  const { sql } = context.runtime.database;
  const { name, description, extraSpecs, sort, marker, limit, offset = 0 } = listing;
  const [first, ...rest] = sort.map(({ key, direction }) => ({
    key: sortExpression(context, key),
    direction,
  }));
  if (first === undefined) return [];
  const rows = await markerPage<Data>(sql, {
    select: sql`t.id, t.name, t.description, t.is_public, t.extra_specs, t.qos_specs_id`,
    from: sql`from volume_types t`,
    where: all(sql, [
      shownTo(context, listing.which),
      ...(name === undefined ? [] : [sql`t.name = ${name}`]),
      ...(description === undefined ? [] : [sql`t.description = ${description}`]),
      ...(extraSpecs === undefined ? [] : [sql`t.extra_specs @> ${sql.json(extraSpecs)}`]),
    ]),
    sort: [first, ...rest],
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
  return rows.map((data) => toRecord(context, data));
}

/**
 * @param id `default` names the type that volumes get when none is asked for
 * @throws RefusedError forbidden, or not_found also for a private type of other projects
 */
export async function getVolumeTypeRecord(context: Context, id: string): Promise<VolumeTypeRecord> {
  authorize(context, 'volume_extension:type_get');
  const { sql } = context.runtime.database;
  const usual = context.runtime.choices.defaultVolumeTypeId;
  const named =
    id === 'default' ? sql`(t.name = ${usual} or t.id::text = ${usual})` : sql`t.id::text = ${id}`;
  const [data] = await sql<Data[]>`
    select t.id, t.name, t.description, t.is_public, t.extra_specs, t.qos_specs_id from volume_types t
    where ${named} and ${shownTo(context, isAdmin(context.actor) ? 'all' : 'usable')}`;
  if (data === undefined) throw notFound('volume-type', id);
  return toRecord(context, data);
}

/**
 * Projects that may use a private type.
 * @returns project ids
 * @throws RefusedError forbidden for all but administrators; not_found when there is no such type, or it is public
 */
export async function listTypeAccess(context: Context, id: string): Promise<string[]> {
  authorize(context, 'volume_extension:volume_type_access:get_all_for_type');
  const type = await getVolumeTypeRecord(context, id);
  if (type.public) {
    throw new RefusedError([
      {
        rule: 'volume-type.access.public',
        code: 'not_found',
        message: `Volume type ${type.name} is for all projects, so that there is no list of those that may use it.`,
      },
    ]);
  }
  const rows = await context.runtime.database.sql<{ project_id: string }[]>`
    select project_id from volume_type_access where volume_type_id = ${type.id} order by project_id`;
  return rows.map((row) => row.project_id);
}

function shownTo({ runtime, actor }: Context, which: TypeListing['which']): Fragment {
  const { sql } = runtime.database;
  if (which === 'all') return sql`true`;
  if (which === 'private') return sql`not t.is_public`;
  return sql`(t.is_public or exists (select from volume_type_access access
    where access.volume_type_id = t.id and access.project_id = ${actor.projectId}))`;
}

function sortExpression({ runtime }: Context, key: TypeSortKey): Fragment {
  const { sql } = runtime.database;
  return key === 'description' ? sql`coalesce(t.description, '')` : sql`t.${sql(key)}`;
}

function toRecord(context: Context, data: Data): VolumeTypeRecord {
  const readsAll = mayDo(context, 'volume_extension:types_extra_specs:read_sensitive');
  return {
    id: data.id,
    name: data.name,
    description: data.description,
    public: data.is_public,
    extraSpecs: Object.fromEntries(
      Object.entries(data.extra_specs).filter(([key]) => readsAll || READABLE_BY_ALL.includes(key)),
    ),
    qosSpecsId: data.qos_specs_id,
  };
}
