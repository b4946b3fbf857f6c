/**
 * What hosts and storage really have done, whatever the rows say.
 */
import type { DriverAnswer, DriverTask } from '~/server/domain/driver-task';
import type { World } from '~/server/domain/engine/world';

export interface Reality {
  /** Attachments whose volume is exported to their host. */
  exported: ReadonlySet<string>;
  /** Disks that guests hold, `server volume`, by attachment. */
  guests: ReadonlyMap<string, { serverId: string; volumeId: string }>;
}

export const NOTHING: Reality = { exported: new Set(), guests: new Map() };

/** @returns what is so after the task has been done; the same when it is done twice */
export function after(reality: Reality, world: World, task: DriverTask): Reality {
  if (task.call === 'destroy' || task.call === 'offload') {
    const guests = [...reality.guests].filter(([, { serverId }]) => serverId !== task.serverId);
    return { ...reality, guests: new Map(guests) };
  }
  if (task.call === 'swapDevice') return swapped(reality, world, task.args);
  if (!('attachmentId' in task)) return reality;
  const { attachmentId } = task;
  const exported = new Set(reality.exported);
  const guests = new Map(reality.guests);
  if (task.call === 'initializeConnection') exported.add(attachmentId);
  if (task.call === 'terminateConnection') exported.delete(attachmentId);
  if (task.call === 'detachDevice') guests.delete(attachmentId);
  if (task.call === 'attachDevice') {
    const row = world.attachment.get(attachmentId);
    if (row?.serverId != null) guests.set(attachmentId, { serverId: row.serverId, volumeId: row.volumeId });
  }
  return { exported, guests };
}

/** The guest changes one disk for the other, under the same letter. */
function swapped(reality: Reality, world: World, args: Readonly<Record<string, unknown>>): Reality {
  const { fromAttachmentId: from, toAttachmentId: to } = args;
  const row = typeof to === 'string' ? world.attachment.get(to) : undefined;
  if (row?.instanceId == null || typeof from !== 'string') return reality;
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
