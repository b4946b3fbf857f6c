/**
 * An attachment goes: storage takes the export back first, then the row goes, and the volume is what the others say.
 */
import type { AttachStatus } from '../attachment';
import { type Change, remove, update } from '../engine/change';
import type { Phase, Plan } from '../engine/verb';
import type { AttachmentRecord, VolumeRecord, World } from '../engine/world';
import { settled, spoiled } from './settled-volume';

/** @param ending operations that end with it (settled-volume.ts) */
export function goneChanges(
  world: World,
  attachment: AttachmentRecord,
  ending: readonly string[] = [],
): Change[] {
  return settled(world, attachment.volumeId, [remove('attachment', attachment.id)], ending);
}

/** Where there is a connector, storage may have been asked already; taking back what it never gave does no harm. */
export function isExported({ connector }: AttachmentRecord): boolean {
  return connector !== null;
}

/**
 * @param more.changes written before, more.relieves owners that it relieves, with the ids of their operations
 * @returns a plan under which the attachment goes: at once, or when storage has taken the export back
 */
export function departure(
  world: World,
  volume: VolumeRecord,
  attachment: AttachmentRecord,
  more: { message: string; relieves?: readonly string[]; ending?: readonly string[] },
): Plan {
  const { message, relieves = [], ending = [] } = more;
  const shared = {
    subject: { volumeId: volume.id, attachmentId: attachment.id },
    message,
    ...(relieves.length === 0 ? {} : { relieves }),
  };
  const orphaned = ending.length > 0;
  if (!isExported(attachment))
    return { ...shared, changes: goneChanges(world, attachment, ending), job: null };
  return { ...shared, changes: [], job: { phase: 'disconnect', owns: attachment.id, carry: { orphaned } } };
}

const disconnect: Phase = {
  tasks: ({ world, operation }) => {
    const attachment = world.attachment.get(operation.subject.attachmentId ?? '');
    return attachment === undefined || attachment.connector === null
      ? []
      : [{ call: 'terminateConnection', attachmentId: attachment.id }];
  },
  done: ({ world, operation }) => {
    const attachment = world.attachment.get(operation.subject.attachmentId ?? '');
    if (attachment === undefined)
      return { changes: [], message: 'The attachment is gone already', outcome: 'succeeded' };
    return {
      changes: goneChanges(world, attachment, [operation.id]),
      message: 'Storage has taken the export back, and the attachment is gone',
      outcome: 'succeeded',
    };
  },
  // Cinder keeps everything as it is. What somebody else was to end is nobody's any more, and must not look healthy.
  failed: ({ world, operation }, reason) => {
    const attachment = world.attachment.get(operation.subject.attachmentId ?? '');
    const message = 'Storage has not taken the export back';
    if (attachment === undefined || operation.carry.orphaned !== true)
      return { changes: [], message, outcome: 'failed', reason };
    const attachStatus: AttachStatus = 'error_detaching';
    const changes = [
      update('attachment', attachment.id, { attachStatus }),
      spoiled(world, attachment.volumeId, attachment.id),
    ];
    return { changes, message, outcome: 'failed', reason };
  },
};

export const DISCONNECT_PHASES = { disconnect } as const;
