/**
 * Which driver serves which disk. One today; a real cloud or host becomes a second entry, chosen by pool and host.
 */
import type { Disk, Driver } from './driver';

export interface DriverRegistry {
  /** @returns the driver for this disk */
  driverFor(disk: Disk): Driver;
}

/** @param driver serves every disk */
export function singleDriver(driver: Driver): DriverRegistry {
  return { driverFor: () => driver };
}
