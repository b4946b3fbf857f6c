/**
 * Storage pools as the volume API's scheduler shows them.
 */
import type { Json } from '~/server/domain/connection';
import { lackingSpec } from '~/server/domain/volume-life/choose-pool';
import type { Context } from '../context';
import { authorize, notFound, RefusedError } from '../refused';

export interface StoragePoolRecord {
  /** `host@backend#pool`. */
  name: string;
  /** As the backend reports them, with what is known here about its room. */
  capabilities: Record<string, Json>;
}

interface Data {
  name: string;
  total_gib: number | null;
  free_gib: number | null;
  allocated_gib: number;
  capabilities: Record<string, Json>;
  updated_at: Date;
}

/**
 * @param filter.name of one pool
 * @param filter.volumeType id or name; pools that offer what its extra specs ask for
 * @throws RefusedError forbidden for all but administrators, not_found for an unknown type
 */
export async function listStoragePools(
  context: Context,
  filter: { name?: string | undefined; volumeType?: string | undefined } = {},
): Promise<StoragePoolRecord[]> {
  authorize(context, 'scheduler_extension:scheduler_stats:get_pools');
  const [pools, type] = await Promise.all([
    select(context),
    filter.volumeType === undefined ? null : typeOf(context, filter.volumeType),
  ]);
  return pools.filter(
    (pool) =>
      (filter.name === undefined || pool.name === filter.name) &&
      (type === null || lackingSpec(pool, type) === undefined),
  );
}

/**
 * What a backend can do.
 * @param host `host@backend`, or one of its pools
 * @throws RefusedError forbidden for all but administrators, not_found for an unknown one
 */
export async function getBackend(context: Context, host: string): Promise<StoragePoolRecord> {
  authorize(context, 'volume_extension:capabilities');
  const pools = await select(context);
  const found = pools.find(({ name }) => name === host || name.split('#')[0] === host);
  if (found !== undefined) return found;
  throw new RefusedError([
    { rule: 'storage-backend.not-found', code: 'not_found', message: `There is no backend ${host}.` },
  ]);
}

async function typeOf({ runtime }: Context, type: string): Promise<{ extraSpecs: Record<string, string> }> {
  const [row] = await runtime.database.sql<{ extraSpecs: Record<string, string> }[]>`
    select extra_specs as "extraSpecs" from volume_types where id::text = ${type} or name = ${type}`;
  if (row === undefined) throw notFound('volume-type', type);
  return row;
}

async function select({ runtime }: Context): Promise<StoragePoolRecord[]> {
  const rows = await runtime.database.sql<Data[]>`
    select po.name, po.total_gib, po.free_gib, po.capabilities, po.updated_at,
      (select coalesce(sum(v.size_gib), 0)::int from volumes v where v.pool = po.name and v.deleted_at is null)
        as allocated_gib
    from pools po order by po.name`;
  return rows.map(toRecord);
}

/** Texts of upstream for what has no end, or is not known. */
function toRecord(data: Data): StoragePoolRecord {
  const [place = data.name, pool = place] = data.name.split('#');
  return {
    name: data.name,
    capabilities: {
      volume_backend_name: place.split('@')[1] ?? place,
      vendor_name: 'Open Source',
      driver_version: '1.0',
      storage_protocol: 'iSCSI',
      QoS_support: false,
      reserved_percentage: 0,
      pool_name: pool,
      ...data.capabilities,
      total_capacity_gb: data.total_gib ?? 'infinite',
      free_capacity_gb: data.free_gib ?? 'unknown',
      allocated_capacity_gb: data.allocated_gib,
      timestamp: data.updated_at.toISOString(),
    },
  };
}
