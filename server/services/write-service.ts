/**
 * Writes what an administrator says of services.
 */
import type { TransactionSql } from 'postgres';
import type { Change } from '~/server/domain/engine/change';

type ServiceChange = Extract<Change, { table: 'computeService' | 'storageService' }>;

/** @throws Error for anything but an update: services come and go by themselves */
export function writeService(sql: TransactionSql, change: ServiceChange): Promise<unknown> {
  if (change.op !== 'update') throw new Error(`a service is not to be changed by ${change.op}`);
  return change.table === 'computeService'
    ? writeComputeService(sql, change.id, change.set)
    : writeStorageService(sql, change.id, change.set);
}

type SetOf<Table extends ServiceChange['table']> = Extract<
  ServiceChange,
  { table: Table; op: 'update' }
>['set'];

function writeComputeService(
  sql: TransactionSql,
  host: string,
  { enabled = true, disabledReason = null }: SetOf<'computeService'>,
): Promise<unknown> {
  return sql`
    with host as (
      update hosts set enabled = ${enabled}, updated_at = now() where name = ${host} returning name, zone
    )
    insert into services ("binary", host, zone, enabled, disabled_reason)
    select 'nova-compute', name, zone, ${enabled}::boolean, ${disabledReason}::text from host
    on conflict ("binary", host) do update
    set enabled = excluded.enabled, disabled_reason = excluded.disabled_reason, updated_at = now()`.execute();
}

function writeStorageService(
  sql: TransactionSql,
  id: string,
  { enabled, disabledReason, frozen }: SetOf<'storageService'>,
): Promise<unknown> {
  return sql`
    update services set enabled = coalesce(${enabled ?? null}, enabled), frozen = coalesce(${frozen ?? null}, frozen),
      disabled_reason = case when ${disabledReason !== undefined} then ${disabledReason ?? null} else disabled_reason end,
      updated_at = now()
    where "binary" || '@' || host = ${id}`.execute();
}
