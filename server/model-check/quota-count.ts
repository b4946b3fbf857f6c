/**
 * Quota as the loader gives it: limits that leave room for a third volume, and what exists, counted.
 */
import type { World } from '~/server/domain/engine/world';
import { PROJECT } from './cloud';

const LIMITS = { volumes: 3, snapshots: 2, gigabytes: 6, instances: 3, cores: 3, ram: 512 };

interface Counts {
  volumes: number;
  snapshots: number;
  gigabytes: number;
  instances: number;
  cores: number;
  ram: number;
}

function inUse(world: World): Counts {
  const counts = { volumes: 0, snapshots: 0, gigabytes: 0, instances: 0, cores: 0, ram: 0 };
  for (const name of ['volume', 'snapshot'] as const) {
    for (const row of world[name].values()) {
      if (!row.consumesQuota) continue;
      counts[`${name}s`] += 1;
      counts.gigabytes += row.sizeGib;
    }
  }
  for (const { vmState, flavor } of world.server.values()) {
    if (vmState === 'soft-delete') continue;
    counts.instances += 1;
    counts.cores += flavor.vcpus;
    counts.ram += flavor.ramMib;
  }
  return counts;
}

/** @returns the same world, with its project's quota as it is by now */
export function counted(world: World): World {
  const reserved: Record<string, number> = {};
  for (const { reserves } of world.operation.values()) {
    for (const [resource, delta] of Object.entries(reserves)) {
      // What one will give back is not to be counted on before it has.
      if (delta > 0) reserved[resource] = (reserved[resource] ?? 0) + delta;
    }
  }
  const limits = { ...LIMITS, ...world.quota.get(PROJECT)?.limits };
  const quota = { id: PROJECT, limits, inUse: { ...inUse(world) }, reserved };
  return { ...world, quota: new Map([[PROJECT, quota]]) };
}

/**
 * A step turns what was reserved into what is there; it takes nothing that nobody has asked the quota for.
 * @param before with its quota counted
 * @param after the same, a step later
 * @returns the resource of which it takes more than was secured; null when there is none
 */
export function unsecured(before: World, after: World): string | null {
  const taken = (world: World, resource: string): number => {
    const quota = world.quota.get(PROJECT);
    return (quota?.inUse[resource] ?? 0) + (quota?.reserved[resource] ?? 0);
  };
  return Object.keys(LIMITS).find((each) => taken(after, each) > taken(before, each)) ?? null;
}
