/**
 * Flavors as the compute API shows them: public ones, and those that a project was let in to.
 */
import { isAdmin } from '~/server/domain/roles';
import type { Context } from '../context';
import type { Fragment } from '../keyset';
import { all } from '../list-filters';
import { markerPage } from '../marker-page';
import { notFound } from '../refused';

export interface FlavorRecord {
  id: string;
  name: string;
  vcpus: number;
  ram_mib: number;
  disk_gib: number;
  ephemeral_gib: number;
  swap_mib: number;
  is_public: boolean;
  disabled: boolean;
  description: string | null;
  extra_specs: Record<string, string>;
}

/** What lists can be sorted by, as the API calls it. */
export const FLAVOR_SORT_KEYS = [
  'created_at',
  'description',
  'disabled',
  'ephemeral_gb',
  'flavorid',
  'id',
  'is_public',
  'memory_mb',
  'name',
  'root_gb',
  'rxtx_factor',
  'swap',
  'updated_at',
  'vcpu_weight',
  'vcpus',
] as const;
export type FlavorSortKey = (typeof FLAVOR_SORT_KEYS)[number];

export interface FlavorQuery {
  /** null for both; asked by administrators only. */
  public: boolean | null;
  minRamMib?: number | undefined;
  minDiskGib?: number | undefined;
  sortKey: FlavorSortKey;
  direction: 'asc' | 'desc';
  marker: string | undefined;
  limit: number;
}

function columns({ runtime }: Context): Fragment {
  return runtime.database
    .sql`t.id, t.name, t.vcpus, t.ram_mib, t.disk_gib, t.ephemeral_gib, t.swap_mib, t.is_public,
    t.disabled, t.description, t.extra_specs`;
}

/** The condition that the caller may use the flavor `t`. */
function usable({ runtime, actor }: Context): Fragment {
  const { sql } = runtime.database;
  if (isAdmin(actor)) return sql`true`;
  return sql`(t.is_public or exists (
    select from flavor_access a where a.flavor_id = t.id and a.project_id = ${actor.projectId}))`;
}

/** @throws RefusedError not_found when it is not there, or not for the caller */
export async function findFlavorRecord(context: Context, id: string): Promise<FlavorRecord> {
  const { sql } = context.runtime.database;
  const [flavor] = await sql<FlavorRecord[]>`
    select ${columns(context)} from flavors t where t.id = ${id} and ${usable(context)}`;
  if (flavor === undefined) throw notFound('flavor', id);
  return flavor;
}

/**
 * All but administrators see what they may use and is not disabled, whatever they ask for.
 * @throws RefusedError invalid for an unknown marker
 */
export async function flavorRecordPage(context: Context, query: FlavorQuery): Promise<FlavorRecord[]> {
  const { sql } = context.runtime.database;
  const isPublic = query.public === null ? sql`true` : sql`t.is_public = ${query.public}`;
  return markerPage<FlavorRecord>(sql, {
    select: columns(context),
    from: sql`from flavors t`,
    where: all(sql, [
      usable(context),
      isAdmin(context.actor) ? isPublic : sql`not t.disabled`,
      query.minRamMib === undefined ? sql`true` : sql`t.ram_mib >= ${query.minRamMib}`,
      query.minDiskGib === undefined ? sql`true` : sql`t.disk_gib >= ${query.minDiskGib}`,
    ]),
    sort: [{ key: sortKey(context, query.sortKey), direction: query.direction }],
    marker: query.marker,
    textIds: true,
    limit: query.limit,
    unknownMarker: 'invalid',
  });
}

function sortKey({ runtime }: Context, key: FlavorSortKey): Fragment {
  const { sql } = runtime.database;
  switch (key) {
    case 'name':
      return sql`t.name`;
    case 'vcpus':
      return sql`t.vcpus`;
    case 'memory_mb':
      return sql`t.ram_mib`;
    case 'root_gb':
      return sql`t.disk_gib`;
    case 'ephemeral_gb':
      return sql`t.ephemeral_gib`;
    case 'swap':
      return sql`t.swap_mib`;
    case 'description':
      return sql`coalesce(t.description, '')`;
    case 'is_public':
      return sql`t.is_public`;
    case 'disabled':
      return sql`t.disabled`;
    default:
      // What is not kept here is the same for all of them.
      return sql`t.id`;
  }
}

/** @returns ids of the projects that may use it */
export async function flavorAccess({ runtime }: Context, flavorId: string): Promise<string[]> {
  const rows = await runtime.database.sql<{ project_id: string }[]>`
    select project_id from flavor_access where flavor_id = ${flavorId} order by project_id`;
  return rows.map(({ project_id }) => project_id);
}
