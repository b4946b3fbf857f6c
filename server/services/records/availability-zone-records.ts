/**
 * Zones of the storage side: where volumes can be made.
 */
import type { Context } from '../context';

export interface ZoneRecord {
  name: string;
  /** Whether a backend in it is up and enabled. */
  available: boolean;
}

/** @returns by name the zones that volumes can be made in: the usual one, and those of pools. Any token may ask. */
export async function listVolumeZones({ runtime }: Context): Promise<ZoneRecord[]> {
  const usual = runtime.choices.defaultAvailabilityZone;
  const rows = await runtime.database.sql<ZoneRecord[]>`
    select coalesce(po.capabilities->>'availability_zone', ${usual}) as name,
      bool_or(coalesce(s.enabled and s.up, true)) as available
    from pools po left join services s on s.binary = 'cinder-volume' and s.host = split_part(po.name, '#', 1)
    group by 1 order by 1`;
  if (rows.some(({ name }) => name === usual)) return [...rows];
  return [{ name: usual, available: rows.length === 0 }, ...rows];
}
