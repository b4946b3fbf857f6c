/**
 * Storage pools with what is on them, for administrators.
 */
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import { authorize } from './refused';

interface PoolRow {
  /** The name: pools have no other id. */
  id: string;
  /** `host@backend#pool`. */
  name: string;
  host: string;
  backend: string;
  /** null where the backend does not say, or has no end. */
  totalGib: number | null;
  freeGib: number | null;
  /** Size of its volumes, as they were asked for. */
  allocatedGib: number;
  volumes: number;
  capabilities: Record<string, unknown>;
  /** The service that runs its backend; null when none is known. */
  service: { enabled: boolean; up: boolean; frozen: boolean; disabledReason: string | null } | null;
  updatedAt: string;
}

interface Data {
  name: string;
  total_gib: number | null;
  free_gib: number | null;
  allocated_gib: number;
  volumes: number;
  capabilities: Record<string, unknown>;
  service: PoolRow['service'];
  updated_at: Date;
}

/** @throws RefusedError forbidden for all but administrators */
export async function listPools(context: Context, { search }: CatalogueInput): Promise<Catalogue<PoolRow>> {
  authorize(context, 'scheduler_extension:scheduler_stats:get_pools');
  const { sql } = context.runtime.database;
  const rows = await sql<Data[]>`
    select po.name, po.total_gib, po.free_gib, po.capabilities, po.updated_at,
      coalesce(held.gib, 0)::int as allocated_gib, coalesce(held.volumes, 0)::int as volumes,
      case when s.host is null then null else json_build_object('enabled', s.enabled, 'up', s.up, 'frozen', s.frozen,
        'disabledReason', s.disabled_reason) end as service
    from pools po
      left join services s on s.binary = 'cinder-volume' and s.host = split_part(po.name, '#', 1)
      left join (
        select pool, sum(size_gib) as gib, count(*) as volumes from volumes where deleted_at is null group by pool
      ) held on held.pool = po.name
    where ${containsText(sql, search, [sql`po.name`])}
    order by po.name ${upToMost(sql)}`;
  return catalogueOf(rows, toRow);
}

function toRow(data: Data): PoolRow {
  const [place = data.name] = data.name.split('#');
  const [host = place, backend = ''] = place.split('@');
  return {
    id: data.name,
    name: data.name,
    host,
    backend,
    totalGib: data.total_gib,
    freeGib: data.free_gib,
    allocatedGib: data.allocated_gib,
    volumes: data.volumes,
    capabilities: data.capabilities,
    service: data.service,
    updatedAt: data.updated_at.toISOString(),
  };
}
