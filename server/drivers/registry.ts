/**
 * Which driver serves which disk or host. One today; a real cloud or host becomes a second entry, chosen by pool and host.
 */
import type { Disk, Driver } from './driver';

export interface DriverRegistry {
  /** @returns the driver for this disk */
  driverFor(disk: Disk): Driver;
  /** @returns the driver of a compute host */
  driverOfHost(host: string): Driver;
  /** @returns the driver of a storage pool; null for a volume that has none yet */
  driverOfPool(pool: string | null): Driver;
}

/** @param driver serves every disk and every host */
export function singleDriver(driver: Driver): DriverRegistry {
  return { driverFor: () => driver, driverOfHost: () => driver, driverOfPool: () => driver };
}
