/**
 * What projects have of each resource: counted from what exists, and therefore never wrong.
 */
import type { Sql, TransactionSql } from 'postgres';
import { QUOTA_RESOURCES_PER_TYPE, type QuotaResourcePerType, quotaOfType } from '~/server/domain/quota';

/** Amounts by resource name; a resource that is not named is not used. GiB for `gigabytes`, MiB for `ram`. */
export type Amounts = ReadonlyMap<string, number>;

/** Amounts by project. */
type AmountsByProject = ReadonlyMap<string, Amounts>;

interface StorageData extends Record<QuotaResourcePerType, number> {
  project_id: string;
  type_name: string;
}

interface ComputeData {
  project_id: string;
  instances: number;
  cores: number;
  ram: number;
}

/**
 * What does not consume quota (a migration's hidden target) is left out, and so are servers that are soft-deleted: Nova
 * asks for their share again when one is restored. Snapshots take gigabytes too, of their volume's type.
 * @param sql a transaction, for numbers that shall hold until it ends: whoever decides by them has to lock the projects
 * @param projects null counts all of them
 */
export async function countInUse(
  sql: Sql | TransactionSql,
  projects: readonly string[] | null,
): Promise<AmountsByProject> {
  const among = projects === null ? sql`true` : sql`project_id = any(${[...projects]}::text[])`;
  const [storage, compute] = await Promise.all([
    sql<StorageData[]>`
      select taken.project_id, ty.name as type_name, sum(taken.volumes)::float8 as volumes,
        sum(taken.snapshots)::float8 as snapshots, sum(taken.gigabytes)::float8 as gigabytes
      from (
          select project_id, volume_type_id, count(*) as volumes, 0 as snapshots, sum(size_gib) as gigabytes
          from volumes where deleted_at is null and consumes_quota and ${among} group by project_id, volume_type_id
        union all
          select s.project_id, v.volume_type_id, 0, count(*), sum(s.size_gib)
          from (select * from snapshots where deleted_at is null and consumes_quota and ${among}) s
            join volumes v on v.id = s.volume_id
          group by s.project_id, v.volume_type_id
        ) taken join volume_types ty on ty.id = taken.volume_type_id
      group by taken.project_id, ty.name`,
    sql<ComputeData[]>`
      select project_id, count(*)::float8 as instances, sum((flavor ->> 'vcpus')::int)::float8 as cores,
        sum((flavor ->> 'ramMib')::int)::float8 as ram
      from servers where deleted_at is null and vm_state <> 'soft-delete' and ${among} group by project_id`,
  ]);
  const counted = new Map<string, Map<string, number>>();
  const add = (project: string, resource: string, amount: number) => {
    const amounts = counted.get(project) ?? new Map<string, number>();
    counted.set(project, amounts.set(resource, (amounts.get(resource) ?? 0) + amount));
  };
  for (const row of storage) {
    for (const resource of QUOTA_RESOURCES_PER_TYPE) {
      add(row.project_id, resource, row[resource]);
      add(row.project_id, quotaOfType(resource, row.type_name), row[resource]);
    }
  }
  for (const { project_id, ...amounts } of compute) {
    for (const [resource, amount] of Object.entries(amounts)) add(project_id, resource, amount);
  }
  return counted;
}

/**
 * @param projects null counts all of them
 * @returns what open reservations hold; what one will give back is not to be counted on before it has (cinder `quota_reserve`)
 */
export async function countReserved(
  sql: Sql | TransactionSql,
  projects: readonly string[] | null,
): Promise<AmountsByProject> {
  const among = projects === null ? sql`true` : sql`project_id = any(${[...projects]}::text[])`;
  const rows = await sql<{ project_id: string; resource: string; amount: number }[]>`
    select project_id, resource, sum(delta)::float8 as amount from quota_reservations
    where delta > 0 and ${among} group by project_id, resource`;
  const counted = new Map<string, Map<string, number>>();
  for (const { project_id, resource, amount } of rows) {
    counted.set(project_id, (counted.get(project_id) ?? new Map<string, number>()).set(resource, amount));
  }
  return counted;
}
