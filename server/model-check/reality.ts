/**
 * What hosts and storage really have done, whatever the rows say.
 */
import type { DriverAnswer, DriverTask } from '~/server/domain/driver-task';
import type { World } from '~/server/domain/engine/world';

export interface Reality {
  /** Volumes that are exported to a host, by attachment. */
  exported: ReadonlyMap<string, string>;
  /** Disks that guests hold, `server volume`, by attachment. */
  guests: ReadonlyMap<string, { serverId: string; volumeId: string }>;
}

export const NOTHING: Reality = { exported: new Map(), guests: new Map() };

/** @returns what is so after the task has been done; the same when it is done twice */
export function after(reality: Reality, world: World, task: DriverTask): Reality {
  if (task.call === 'destroy' || task.call === 'offload') {
    const guests = [...reality.guests].filter(([, { serverId }]) => serverId !== task.serverId);
    return { ...reality, guests: new Map(guests) };
  }
  if (BRING.includes(task.call) && 'serverId' in task) return brought(reality, world, task.serverId);
  if (REBOOT.includes(task.call) && 'serverId' in task) return rebooted(reality, world, task.serverId);
  if (task.call === 'swapDevice') return swapped(reality, world, task.args);
  if (!('attachmentId' in task)) return reality;
  const { attachmentId } = task;
  const exported = new Map(reality.exported);
  const guests = new Map(reality.guests);
  const row = world.attachment.get(attachmentId);
  // Of what is gone nobody knows to which host it was to go.
  if (task.call === 'initializeConnection' && row !== undefined) exported.set(attachmentId, row.volumeId);
  if (task.call === 'terminateConnection') exported.delete(attachmentId);
  if (task.call === 'detachDevice') guests.delete(attachmentId);
  if (task.call === 'attachDevice' && row?.serverId != null)
    guests.set(attachmentId, { serverId: row.serverId, volumeId: row.volumeId });
  return { exported, guests };
}

/** Calls by which a guest comes to a host, with every disk that is exported to it. */
const BRING: readonly string[] = ['spawn', 'unshelve', 'resize', 'revertResize'];

function brought(reality: Reality, world: World, serverId: string): Reality {
  const disks = [...world.attachment.values()].filter(
    (each) => each.serverId === serverId && reality.exported.has(each.id),
  );
  const held = disks.map(({ id, volumeId }) => [id, { serverId, volumeId }] as const);
  return { ...reality, guests: new Map([...reality.guests, ...held]) };
}

const REBOOT: readonly string[] = ['rebootSoft', 'rebootHard'];

/** A reboot leaves behind what storage knows nothing of, but for the root. */
function rebooted(reality: Reality, world: World, serverId: string | undefined): Reality {
  const left = [...reality.guests].filter(([id, held]) => {
    const row = world.attachment.get(id);
    return held.serverId !== serverId || row?.attachStatus !== null || row.bootIndex === 0;
  });
  return { ...reality, guests: new Map(left) };
}

/** The guest changes one disk for the other, under the same letter. */
function swapped(reality: Reality, world: World, args: Readonly<Record<string, unknown>>): Reality {
  const { fromAttachmentId: from, toAttachmentId: to } = args;
  const row = typeof to === 'string' ? world.attachment.get(to) : undefined;
  if (row?.instanceId == null || typeof from !== 'string') return reality;
  // A guest that is gone changes nothing; one that has changed already has it.
  if (!reality.guests.has(from)) return reality;
  const guests = new Map(reality.guests);
  guests.delete(from);
  guests.set(row.id, { serverId: row.instanceId, volumeId: row.volumeId });
  return { ...reality, guests };
}

/** @returns what a driver answers, sealed */
export function answerTo(task: DriverTask): DriverAnswer {
  if (task.call === 'getConnector') return 'connector';
  return task.call === 'initializeConnection' ? 'connection info' : null;
}
