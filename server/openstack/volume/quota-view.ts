/**
 * Storage quotas as the volume API writes them.
 */
import type { QuotaRecord, QuotaRecords } from '~/server/services/records/volume-quota-records';

/** @returns limits by resource */
export function limitsView(quota: QuotaRecords): Record<string, number> {
  return mapped(quota, ({ limit }) => limit);
}

/** @returns limit, use and reservations by resource */
export function usageView(quota: QuotaRecords): Record<string, unknown> {
  return mapped(quota, ({ limit, inUse, reserved }) => ({ limit, in_use: inUse, reserved }));
}

function mapped<Value>(quota: QuotaRecords, view: (record: QuotaRecord) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(quota).map(([resource, record]) => [resource, view(record)]));
}
