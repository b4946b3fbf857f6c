/**
 * Loads services as verbs look at them. A compute host is one even where nothing has reported itself from it yet.
 */
import type { TransactionSql } from 'postgres';
import type { ComputeServiceRecord, StorageServiceRecord } from '~/server/domain/engine/world';
import type { Wanted } from './around';
import { keyed } from './keyed';

/** @param locking for a verb that will write */
export async function loadServices(
  sql: TransactionSql,
  wanted: Wanted,
  locking: boolean,
): Promise<{
  computeService: ReadonlyMap<string, ComputeServiceRecord>;
  storageService: ReadonlyMap<string, StorageServiceRecord>;
}> {
  const { computeServices = [], storageServices = [] } = wanted;
  const [compute, storage] = await Promise.all([
    computeServices.length === 0
      ? []
      : sql<ComputeServiceRecord[]>`
          select h.name as id, h.name, h.zone, h.enabled, h.up, s.disabled_reason as "disabledReason"
          from hosts h left join services s on s.binary = 'nova-compute' and s.host = h.name
          where h.name = any(${[...computeServices]})
          order by h.name ${locking ? sql`for update of h` : sql``}`.execute(),
    storageServices.length === 0
      ? []
      : sql<StorageServiceRecord[]>`
          select s.binary || '@' || s.host as id, s.binary, s.host, s.zone, s.enabled, s.up, s.frozen,
            s.disabled_reason as "disabledReason"
          from services s
          where s.binary like 'cinder-%' and s.binary || '@' || s.host = any(${[...storageServices]})
          order by s.binary, s.host ${locking ? sql`for update of s` : sql``}`.execute(),
  ]);
  return { computeService: keyed(compute), storageService: keyed(storage) };
}
