/**
 * How much of something a project may have: its own limit, else the default that an administrator has set, else the one
 * that is built in.
 */
import type { QuotaRecord, World } from './engine/world';
import { DEFAULT_QUOTA, UNLIMITED } from './quota';

type Defaults = Pick<World, 'defaultQuota'>;

const BUILT_IN: Readonly<Record<string, number>> = { ...DEFAULT_QUOTA.volume, ...DEFAULT_QUOTA.compute };

/** Resources that are counted whatever volume types there are. */
export const USUAL_RESOURCES = Object.keys(BUILT_IN);

/** @returns the limit of projects that have none of their own; −1 is without limit */
export function defaultLimit({ defaultQuota }: Defaults, resource: string): number {
  return defaultQuota.get(resource)?.limit ?? BUILT_IN[resource] ?? UNLIMITED;
}

/** @returns the limit that counts for a project; −1 is without limit */
export function limitOf(world: Defaults, quota: Pick<QuotaRecord, 'limits'>, resource: string): number {
  return quota.limits[resource] ?? defaultLimit(world, resource);
}
