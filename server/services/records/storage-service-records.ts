/**
 * Services of the storage side and what lies on their hosts, as the volume API shows them. Those of the compute side
 * are in the same table, and are none of its business.
 */
import type { Context } from '../context';
import type { Fragment } from '../keyset';
import { authorize, RefusedError } from '../refused';

export interface StorageServiceRecord {
  binary: string;
  /** `host`, or `host@backend` for a volume service. */
  host: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  /** Nothing new is given to its backend. */
  frozen: boolean;
  disabledReason: string | null;
  updatedAt: Date;
}

interface Data extends Omit<StorageServiceRecord, 'disabledReason' | 'updatedAt'> {
  disabled_reason: string | null;
  updated_at: Date;
}

/** What one project has on a host; null for all of them together. */
export interface HostUsage {
  projectId: string | null;
  volumes: number;
  volumeGib: number;
  snapshots: number;
  snapshotGib: number;
}

/**
 * @param filter.host with or without its backend
 * @throws RefusedError forbidden for all but administrators
 */
export async function listStorageServices(
  context: Context,
  filter: { host?: string | undefined; binary?: string | undefined } = {},
): Promise<StorageServiceRecord[]> {
  authorize(context, 'volume_extension:services:index');
  return select(context, filter);
}

/** The same, under the policy of hosts. */
export async function listStorageHosts(context: Context): Promise<StorageServiceRecord[]> {
  authorize(context, 'volume_extension:hosts');
  return select(context, {});
}

/**
 * @param host `host@backend` of a volume service that is enabled
 * @returns all projects together, then each that has something there
 * @throws RefusedError forbidden for all but administrators, not_found when no such service is enabled there
 */
export async function getHostUsage(context: Context, host: string): Promise<[HostUsage, ...HostUsage[]]> {
  authorize(context, 'volume_extension:hosts');
  const { sql } = context.runtime.database;
  const [[service], rows] = await Promise.all([
    sql`select 1 from services s where s.binary = 'cinder-volume' and s.host = ${host} and s.enabled`,
    sql<
      { project_id: string; volumes: number; volume_gib: number; snapshots: number; snapshot_gib: number }[]
    >`
      select v.project_id, count(*)::int as volumes, sum(v.size_gib)::int as volume_gib,
        coalesce(sum(of_volume.snapshots), 0)::int as snapshots, coalesce(sum(of_volume.gib), 0)::int as snapshot_gib
      from volumes v
        left join lateral (
          select count(*) as snapshots, sum(s.size_gib) as gib from snapshots s
          where s.volume_id = v.id and s.deleted_at is null
        ) of_volume on true
      where v.deleted_at is null and split_part(v.pool, '#', 1) = ${host}
      group by v.project_id order by v.project_id`,
  ]);
  if (service === undefined) throw unknownHost(host);
  const usages = rows.map((row) => ({
    projectId: row.project_id,
    volumes: row.volumes,
    volumeGib: row.volume_gib,
    snapshots: row.snapshots,
    snapshotGib: row.snapshot_gib,
  }));
  return [usages.reduce<HostUsage>(added, NOTHING), ...usages];
}

const NOTHING: HostUsage = { projectId: null, volumes: 0, volumeGib: 0, snapshots: 0, snapshotGib: 0 };

function added(sum: HostUsage, one: HostUsage): HostUsage {
  return {
    projectId: null,
    volumes: sum.volumes + one.volumes,
    volumeGib: sum.volumeGib + one.volumeGib,
    snapshots: sum.snapshots + one.snapshots,
    snapshotGib: sum.snapshotGib + one.snapshotGib,
  };
}

function unknownHost(host: string): RefusedError {
  return new RefusedError([
    {
      rule: 'storage-host.not-found',
      code: 'not_found',
      message: `No volume service is enabled on host ${host}.`,
    },
  ]);
}

async function select(
  { runtime }: Context,
  { host, binary }: { host?: string | undefined; binary?: string | undefined },
): Promise<StorageServiceRecord[]> {
  const { sql } = runtime.database;
  const named: Fragment =
    host === undefined ? sql`true` : sql`${host} in (s.host, split_part(s.host, '@', 1))`;
  const rows = await sql<Data[]>`
    select s.binary, s.host, s.zone, s.enabled, s.up, s.frozen, s.disabled_reason, s.updated_at from services s
    where s.binary like 'cinder-%' and ${named} and ${binary === undefined ? sql`true` : sql`s.binary = ${binary}`}
    order by s.binary, s.host`;
  return rows.map(({ disabled_reason, updated_at, ...service }) => ({
    ...service,
    disabledReason: disabled_reason,
    updatedAt: updated_at,
  }));
}
