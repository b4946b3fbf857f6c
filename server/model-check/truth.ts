/**
 * What the rows say of servers and their disks is so: running servers have their disks, guests have no others, and storage
 * exports nothing that no row tells of.
 */
import type { AttachmentRecord, ServerRecord, World } from '~/server/domain/engine/world';
import { isErrorStatus } from '~/server/domain/volume';
import type { State } from './moves';

const ON_A_HOST = ['active', 'paused', 'suspended', 'stopped', 'rescued', 'resized', 'shelved'];

/** A server that is at rest where it belongs; null when that cannot be told. */
function placed({ byHand }: State, { id, vmState, host, taskState }: ServerRecord): string | null {
  if (taskState !== null || byHand.has(interrupted(id))) return null;
  if (ON_A_HOST.includes(vmState) && host === null) return `${id} is ${vmState}, on no host`;
  return vmState === 'shelved_offloaded' && host !== null ? `${id} is ${vmState}, on ${host}` : null;
}

/** @returns what stands for a server whose work somebody has ended by hand: its disks are his to look after */
export function interrupted(serverId: string): string {
  return `interrupted ${serverId}`;
}

/** @returns what stands for a volume that was deleted whoever had it */
export function forced(volumeId: string): string {
  return `forced ${volumeId}`;
}

/** @returns what stands for a disk of which a service has said that the guest has given it back */
export function taken(attachmentId: string): string {
  return `taken ${attachmentId}`;
}

function busy(world: World): ReadonlySet<string> {
  return new Set(
    [...world.operation.values()].flatMap(({ owns, subject, carry }) => [
      owns ?? '',
      ...Object.values(subject),
      ...Object.values(carry).flat().map(String),
    ]),
  );
}

/** A disk of which the rows and the guest should agree. */
function atRest({ world, byHand }: State, disk: AttachmentRecord, work: ReadonlySet<string>): boolean {
  const server = world.server.get(disk.serverId ?? '');
  if (server === undefined || work.has(server.id) || work.has(disk.id) || work.has(disk.volumeId))
    return false;
  if (byHand.has(disk.volumeId) || byHand.has(interrupted(server.id))) return false;
  return ON_A_HOST.includes(server.vmState) && server.taskState === null;
}

export function misplaced(state: State): string | null {
  for (const server of state.world.server.values()) {
    const found = placed(state, server);
    if (found !== null) return found;
  }
  return null;
}

/** @returns a disk of a running server that it does not have, or is only promised */
export function missingDisk(state: State): string | null {
  const work = busy(state.world);
  for (const disk of state.world.attachment.values()) {
    if (disk.serverId === null || !atRest(state, disk, work)) continue;
    if (disk.attachStatus === 'reserved') return `${disk.id} of ${disk.serverId} is reserved, not connected`;
    if (disk.attachStatus === 'attached' && !state.reality.guests.has(disk.id))
      return `${disk.serverId} does not have ${disk.id}`;
  }
  return null;
}

/** @returns what a guest holds, or storage exports, of which no row tells; looked at when nothing runs */
export function untold({ world, reality, byHand }: State): string | null {
  if (world.operation.size > 0) return null;
  for (const [id, { serverId, volumeId }] of reality.guests) {
    const row = world.attachment.get(id);
    const whose = [row?.volumeId ?? volumeId, forced(volumeId), interrupted(serverId)];
    if (whose.some((each) => byHand.has(each))) continue;
    if (row === undefined) return `${serverId} holds ${id} of ${volumeId}, of which no row tells`;
  }
  for (const [id, volumeId] of reality.exported) {
    const volume = world.volume.get(volumeId);
    // An export goes with its volume; one that is in error somebody has to look after.
    if (volume === undefined || isErrorStatus(volume.status) || byHand.has(volumeId)) continue;
    if (!world.attachment.has(id)) return `${id} is exported, and no row tells of it`;
  }
  return null;
}
