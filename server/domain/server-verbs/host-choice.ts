/**
 * The scheduler of the compute side: which host takes a server.
 */
import type { AttachmentRecord, FlavorRecord, World } from '../engine/world';
import type { HostFacts } from '../server';

export interface HostNeeds {
  multiattach: boolean;
  tags: boolean;
  /** A machine of its own. */
  bareMetal: boolean;
  /** Availability zone; any, when left out. */
  zone?: string;
  /** One host by name; any, when left out. */
  host?: string;
}

/** Flavors ask for machines by the class that these have (Ironic: resources:CUSTOM_<class> of the extra specs). */
const MACHINE_CLASS = 'resources:CUSTOM_';

/** @returns whether servers of this flavor are machines */
export function asksForMachine({ extraSpecs }: Pick<FlavorRecord, 'extraSpecs'>): boolean {
  return Object.keys(extraSpecs).some((key) => key.startsWith(MACHINE_CLASS));
}

/** @returns what these disks, and a flavor, ask of a host */
export function needsOf(
  disks: readonly Pick<AttachmentRecord, 'multiattach' | 'tag'>[],
  flavor: Pick<FlavorRecord, 'extraSpecs'>,
): HostNeeds {
  return {
    multiattach: disks.some(({ multiattach }) => multiattach),
    tags: disks.some(({ tag }) => tag !== null),
    bareMetal: asksForMachine(flavor),
  };
}

function fits(host: HostFacts, needs: HostNeeds): boolean {
  const able = (host.supportsMultiattach || !needs.multiattach) && (host.supportsTagging || !needs.tags);
  const { zone = host.zone, host: name = host.name } = needs;
  const placed = host.zone === zone && host.name === name && host.bareMetal === needs.bareMetal;
  return host.up && host.enabled && able && placed;
}

/**
 * Hosts that are up, enabled and able; servers are spread over them by their ids, so that the choice can be repeated.
 * @param key id of the server
 * @returns null when no host can take it
 */
export function chooseHost(world: World, key: string, needs: HostNeeds): string | null {
  const names = [...world.host.values()]
    .filter((host) => fits(host, needs))
    .map(({ name }) => name)
    .toSorted();
  const at = [...key].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return names[at % names.length] ?? null;
}

/** @returns a host other than the one it is on; that one when it is the only one able; null when none is */
export function chooseOtherHost(
  world: World,
  server: { id: string; host: string | null },
  needs: HostNeeds,
): string | null {
  const others = new Map([...world.host].filter(([name]) => name !== server.host));
  return chooseHost({ ...world, host: others }, server.id, needs) ?? chooseHost(world, server.id, needs);
}
