/**
 * What projects may have, have, and have reserved. In use is counted from the rows, so it cannot drift from them.
 */
import type { Sql, TransactionSql } from 'postgres';
import type { QuotaRecord } from '~/server/domain/engine/world';
import { type QuotaResourcePerType, quotaOfType } from '~/server/domain/quota';
import type { Fragment } from './around';

interface CountRow {
  project_id: string;
  resource: string;
  amount: string | number;
}

/**
 * @param projects ids, or an SQL array of them; each that there is gets a record, also when it has nothing
 * @returns one record a project, in one round trip
 */
export async function loadQuotas(
  sql: Sql | TransactionSql,
  projects: readonly string[] | Fragment,
): Promise<ReadonlyMap<string, QuotaRecord>> {
  const ids = Array.isArray(projects) ? sql`${[...projects]}::text[]` : (projects as Fragment);
  const [known, limits, volumes, snapshots, servers, reserved] = await Promise.all([
    sql<{ id: string }[]>`select id from projects where id = any(${ids}) and deleted_at is null`,
    sql<CountRow[]>`
      select project_id, resource, hard_limit as amount from quotas where project_id = any(${ids})`,
    sql<{ project_id: string; type: string; count: string; gib: string }[]>`
      select v.project_id, t.name as type, v.count, v.gib
      from (
        select project_id, volume_type_id, count(*) as count, sum(size_gib) as gib from volumes
        where project_id = any(${ids}) and deleted_at is null and consumes_quota group by 1, 2
      ) v join volume_types t on t.id = v.volume_type_id`,
    sql<{ project_id: string; type: string; count: string; gib: string }[]>`
      select s.project_id, t.name as type, count(*) as count, sum(s.size_gib) as gib
      from snapshots s join volumes v on v.id = s.volume_id join volume_types t on t.id = v.volume_type_id
      where s.project_id = any(${ids}) and s.deleted_at is null and s.consumes_quota
      group by 1, 2`,
    sql<{ project_id: string; instances: string; cores: string; ram: string }[]>`
      select project_id, count(*) as instances, coalesce(sum((flavor->>'vcpus')::int), 0) as cores,
        coalesce(sum((flavor->>'ramMib')::int), 0) as ram
      from servers where project_id = any(${ids}) and deleted_at is null and vm_state <> 'soft-delete'
      group by 1`,
    sql<CountRow[]>`
      select project_id, resource, sum(delta) as amount
      from quota_reservations
      -- What one will give back is not to be counted on before it has (cinder quota_reserve).
      where project_id = any(${ids}) and delta > 0 group by 1, 2`,
  ]);
  const inUse = [
    ...volumes.flatMap((row) => [
      ...perType(row, 'volumes', row.count),
      ...perType(row, 'gigabytes', row.gib),
    ]),
    ...snapshots.flatMap((row) => [
      ...perType(row, 'snapshots', row.count),
      ...perType(row, 'gigabytes', row.gib),
    ]),
    ...servers.flatMap((row) =>
      (['instances', 'cores', 'ram'] as const).map((resource) => ({
        project_id: row.project_id,
        resource,
        amount: row[resource],
      })),
    ),
  ];
  const [limited, used, held] = [limits, inUse, reserved].map(summed);
  return new Map(
    known.map(({ id }) => [
      id,
      {
        id,
        limits: limited?.get(id) ?? {},
        inUse: used?.get(id) ?? {},
        reserved: held?.get(id) ?? {},
      },
    ]),
  );
}

/** Each counts twice: altogether, and within its type. */
function perType(
  row: { project_id: string; type: string },
  resource: QuotaResourcePerType,
  amount: string,
): CountRow[] {
  const { project_id, type } = row;
  return [
    { project_id, resource, amount },
    { project_id, resource: quotaOfType(resource, type), amount },
  ];
}

/** @returns amounts by resource, by project */
function summed(rows: readonly CountRow[]): ReadonlyMap<string, Record<string, number>> {
  const sums = new Map<string, Record<string, number>>();
  for (const { project_id, resource, amount } of rows) {
    const ofProject = sums.get(project_id) ?? {};
    sums.set(project_id, ofProject);
    ofProject[resource] = (ofProject[resource] ?? 0) + Number(amount);
  }
  return sums;
}
