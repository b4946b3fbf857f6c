/**
 * Zones of the storage side: where volumes can be made.
 */
import type { Context } from '../context';

export interface ZoneRecord {
  name: string;
  /** Whether a backend in it is up and enabled. */
  available: boolean;
}

/** @returns every zone by name; the default one where no backend has reported yet. Any token may ask. */
export async function listVolumeZones({ runtime }: Context): Promise<ZoneRecord[]> {
  const rows = await runtime.database.sql<ZoneRecord[]>`
    select s.zone as name, bool_or(s.enabled and s.up) as available from services s
    where s.binary = 'cinder-volume' group by s.zone order by s.zone`;
  if (rows.length > 0) return [...rows];
  return [{ name: runtime.choices.defaultAvailabilityZone, available: true }];
}
