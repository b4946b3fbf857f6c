/**
 * The scheduler: which pool takes a volume. As upstream's default filters and weigher do it: zone, capacity, capabilities;
 * then the one with the most room.
 */
import type { Json } from '../connection';
import type { Settings } from '../engine/verb';
import type { PoolRecord, VolumeTypeRecord, World } from '../engine/world';

export interface Wish {
  type: VolumeTypeRecord;
  /** Room that is needed; 0 for a volume that is there already. */
  sizeGib: number;
  availabilityZone: string;
}

/** @returns `host@backend` of a pool's name `host@backend#pool` */
export function backendOf(pool: string): string {
  return pool.split('#')[0] ?? pool;
}

/** @returns why the pool cannot take the volume; null when it can (cinder `scheduler/filters`) */
export function poolProblem(pool: PoolRecord, wish: Wish, settings: Settings): string | null {
  if (!pool.usable) return `pool ${pool.id} is out of service`;
  if (zoneOf(pool, settings) !== wish.availabilityZone)
    return `pool ${pool.id} is not in availability zone ${wish.availabilityZone}`;
  if (pool.freeGib !== null && pool.freeGib < wish.sizeGib)
    return `pool ${pool.id} has ${pool.freeGib} GiB left, and ${wish.sizeGib} are needed`;
  const lacking = lackingSpec(pool, wish.type);
  if (lacking === undefined) return null;
  return `pool ${pool.id} does not offer ${lacking[0]} = ${lacking[1]}, which type ${wish.type.name} asks for`;
}

/** @returns the first extra spec of a type, with its value, that the pool does not offer */
export function lackingSpec(
  pool: Pick<PoolRecord, 'capabilities'>,
  { extraSpecs }: Pick<VolumeTypeRecord, 'extraSpecs'>,
): readonly [string, string] | undefined {
  return Object.entries(extraSpecs).find(([key, spec]) => !satisfies(pool, key, spec));
}

/** @returns the pool with the most free room of those that can take it; null when none can */
export function choosePool(world: World, wish: Wish, settings: Settings): string | null {
  const [best] = [...world.pool.values()]
    .filter((pool) => poolProblem(pool, wish, settings) === null)
    // What is not known counts least; the name decides between equals, so that the choice can be repeated.
    .toSorted((a, b) => (b.freeGib ?? -1) - (a.freeGib ?? -1) || a.id.localeCompare(b.id));
  return best?.id ?? null;
}

/** @returns zones that there are storage pools in, and the usual one */
export function storageZones(world: World, settings: Settings): string[] {
  const zones = [...world.pool.values()].map((pool) => zoneOf(pool, settings));
  return [...new Set([settings.defaultAvailabilityZone, ...zones])];
}

function zoneOf(pool: PoolRecord, settings: Settings): string {
  const zone = pool.capabilities.availability_zone;
  return typeof zone === 'string' ? zone : settings.defaultAvailabilityZone;
}

/** Scopes that are no question to the backend's capabilities (cinder `scheduler/filters/capabilities_filter.py`). */
function capabilityOf(key: string): string | null {
  if (!key.includes(':')) return key;
  return key.startsWith('capabilities:') ? key.slice('capabilities:'.length) : null;
}

function satisfies(pool: Pick<PoolRecord, 'capabilities'>, key: string, spec: string): boolean {
  const name = capabilityOf(key);
  if (name === null) return true;
  const offered = pool.capabilities[name];
  if (offered === undefined || offered === null) return false;
  return (Array.isArray(offered) ? offered : [offered]).some((each: Json) => matches(String(each), spec));
}

/** The operators of upstream's extra specs (`scheduler/filters/extra_specs_ops.py`) that say something about texts. */
function matches(offered: string, spec: string): boolean {
  const [operator, ...words] = spec.trim().split(/\s+/);
  const operand = words.join(' ');
  switch (operator) {
    case '<is>':
      return offered.toLowerCase() === operand.toLowerCase();
    case '<in>':
      return offered.includes(operand);
    case '<or>':
      return operand.split('<or>').some((each) => each.trim() === offered);
    default:
      return offered === spec;
  }
}
