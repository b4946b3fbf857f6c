/**
 * Volumes as the volume API shows them: lists in any order and by any attribute, one by its id, and sums.
 */

import { isAdmin } from '~/server/domain/roles';
import type { MigrationStatus, VolumeStatus } from '~/server/domain/volume';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all, inScope, visible } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, notFound } from '../refused';
import { type Condition, conditionSql, sortKeysOf, timeText } from './column-conditions';
import { volumeColumns } from './volume-columns';

/** Times are texts such as `2026-11-21T07:00:00.000000`, UTC. */
export interface VolumeRecord {
  id: string;
  name: string;
  description: string | null;
  project_id: string;
  user_id: string;
  size_gib: number;
  status: VolumeStatus;
  migration_status: MigrationStatus | null;
  multiattach: boolean;
  bootable: boolean;
  encrypted: boolean;
  readonly: boolean;
  /** Whether anybody has said that it is, or is not. */
  readonly_told: boolean;
  type_id: string;
  type_name: string;
  availability_zone: string;
  pool: string | null;
  snapshot_id: string | null;
  source_volume_id: string | null;
  metadata: Record<string, string>;
  image_metadata: Record<string, string> | null;
  replication_status: string | null;
  group_id: string | null;
  provider_id: string | null;
  service_id: string | null;
  cluster_name: string | null;
  name_id: string | null;
  shared_targets: boolean | null;
  encryption_key_id: string | null;
  consumes_quota: boolean;
  created_at: string;
  /** null as long as nothing has changed. */
  updated_at: string | null;
  /** Those that are attached, oldest first. */
  attachments: VolumeHolder[];
}

export interface VolumeHolder {
  id: string;
  /** null for a volume that a host has without a server. */
  server_id: string | null;
  host_name: string | null;
  device: string | null;
  attached_at: string | null;
  /** Of what was only recorded by whoever attached it (os-attach): its mode, until any attachment of the volume goes. */
  recorded_mode: 'rw' | 'ro' | null;
}

export interface VolumeListing {
  /** Of everybody, for administrators; the caller's alone for anyone else. */
  allProjects: boolean;
  conditions: readonly Condition[];
  /** By names on the wire; none is newest first. */
  sort: readonly { key: string; direction: Direction }[];
  marker?: string | undefined;
  limit: number;
  offset?: number | undefined;
}

/**
 * @returns one page, whole
 * @throws RefusedError forbidden without the reader role, not_found for an unknown marker, invalid for a sort key
 */
export async function listVolumeRecords(context: Context, listing: VolumeListing): Promise<VolumeRecord[]> {
  return page<VolumeRecord>(context, listing, selected(context));
}

/** The same, only names. */
export async function listVolumeNames(
  context: Context,
  listing: VolumeListing,
): Promise<Pick<VolumeRecord, 'id' | 'name' | 'description'>[]> {
  return page(context, listing, context.runtime.database.sql`t.id, t.name, t.description`);
}

/** @returns how many there are on all pages together */
export async function countVolumes(
  context: Context,
  listing: Pick<VolumeListing, 'allProjects' | 'conditions'>,
): Promise<number> {
  authorize(context, 'volume:get_all');
  const { sql } = context.runtime.database;
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from volumes t where ${listed(context, listing)}`;
  return row?.count ?? 0;
}

/** @throws RefusedError not_found when it is not there, or is another project's; also for what is no id */
export async function getVolumeRecord(context: Context, id: string): Promise<VolumeRecord> {
  authorize(context, 'volume:get');
  const { sql } = context.runtime.database;
  const known = conditionSql(sql, volumeColumns(sql), { key: 'id', how: 'is', value: id });
  const [row] = await sql<VolumeRecord[]>`
    select ${selected(context)} ${source(context)}
    where ${known} and t.deleted_at is null and ${visible(sql, context, sql`t.project_id`)}`;
  if (row === undefined) throw notFound('volume', id);
  return row;
}

export interface VolumeSummary {
  count: number;
  gib: number;
  /** Every value of each name, without repetition. */
  metadata: Record<string, string[]>;
}

/** @returns sums over volumes of the caller's project; over all, for administrators who ask for it */
export async function summarizeVolumes(context: Context, allProjects: boolean): Promise<VolumeSummary> {
  authorize(context, 'volume:get_all');
  const { sql } = context.runtime.database;
  const where = sql`t.deleted_at is null and ${inScope(sql, context, sql`t.project_id`, allProjects)}`;
  const [[sums], pairs] = await Promise.all([
    sql<{ count: number; gib: string }[]>`
      select count(*)::int as count, coalesce(sum(size_gib), 0) as gib from volumes t where ${where}`,
    sql<{ key: string; values: string[] }[]>`
      select key, array_agg(distinct value order by value) as values
      from volumes t, jsonb_each_text(t.metadata) where ${where} group by key order by key`,
  ]);
  return {
    count: sums?.count ?? 0,
    gib: Number(sums?.gib ?? 0),
    metadata: Object.fromEntries(pairs.map(({ key, values }) => [key, values])),
  };
}

function page<Row extends object>(
  context: Context,
  listing: VolumeListing,
  select: Fragment,
): Promise<Row[]> {
  authorize(context, 'volume:get_all');
  const { sql } = context.runtime.database;
  const { marker, limit, offset = 0 } = listing;
  return markerPage<Row>(sql, {
    select,
    from: source(context),
    where: listed(context, listing),
    sort: sortKeysOf(sql, volumeColumns(sql), listing.sort),
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
}

function listed(
  context: Context,
  { allProjects, conditions }: Pick<VolumeListing, 'allProjects' | 'conditions'>,
) {
  const { sql } = context.runtime.database;
  const columns = volumeColumns(sql);
  return all(sql, [
    sql`t.deleted_at is null`,
    inScope(sql, context, sql`t.project_id`, allProjects),
    // What a migration fills is its business alone (cinder db/api.py, _filter_host and volume_get_all).
    isAdmin(context.actor)
      ? sql`true`
      : sql`(t.migration_status is null or t.migration_status not like 'target:%')`,
    ...conditions.map((condition) =>
      condition.key === 'host' && condition.how === 'is'
        ? onBackend(context, String(condition.value))
        : conditionSql(sql, columns, condition),
    ),
  ]);
}

/** A host or a backend stands for all its pools (cinder db/api.py, _filter_host). */
function onBackend({ runtime }: Context, host: string): Fragment {
  const { sql } = runtime.database;
  if (host.includes('\0')) return sql`false`;
  return sql`(t.pool = ${host} or t.pool ^@ ${`${host}${host.includes('@') ? '#' : '@'}`})`;
}

function source({ runtime }: Context): Fragment {
  return runtime.database.sql`from volumes t join volume_types ty on ty.id = t.volume_type_id`;
}

function selected({ runtime }: Context): Fragment {
  const { sql } = runtime.database;
  const time = (column: Fragment) => timeText(sql, column);
  return sql`t.id, t.name, t.description, t.project_id, t.user_id, t.size_gib, t.status, t.migration_status, t.multiattach,
    t.bootable, t.encrypted, t.readonly, t.readonly_told, t.volume_type_id as type_id, ty.name as type_name,
    t.availability_zone, t.pool, t.snapshot_id, t.source_volume_id, t.metadata, t.image_metadata, t.replication_status,
    t.group_id, t.provider_id, t.cluster_name, t.name_id, t.encryption_key_id, t.consumes_quota,
    -- A service has no id of its own here; one that its name always gives will do.
    coalesce(t.service_id, md5('cinder-volume ' || split_part(t.pool, '#', 1))::uuid) as service_id,
    coalesce(t.shared_targets, case when t.pool is null then null else true end) as shared_targets,
    ${time(sql`t.created_at`)} as created_at,
    case when t.updated_at = t.created_at then null else ${time(sql`t.updated_at`)} end as updated_at,
    (
      select coalesce(json_agg(json_build_object('id', a.id, 'server_id', a.instance_id, 'host_name', a.attached_host,
        'device', coalesce(a.mountpoint, a.device), 'attached_at', ${time(sql`a.attached_at`)},
        -- Upstream forgets it with the first attachment that goes, whichever that is (cinder db/api.py, volume_detached).
        'recorded_mode', case when a.bdm_id is null and a.connector is null and a.connection_info is null
          and a.mountpoint is not null and not exists (
            select from attachments gone where gone.volume_id = t.id and gone.deleted_at > a.attached_at
          ) then a.mode end
      ) order by a.created_at, a.id), '[]')
      from attachments a where a.volume_id = t.id and a.deleted_at is null and a.attach_status = 'attached'
    ) as attachments`;
}
