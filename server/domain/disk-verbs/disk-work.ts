/**
 * What the phases of attach and detach have in common: the disk they are about, as it is by then, and the way back.
 */
import type { AttachStatus } from '../attachment';
import { type VolumeStatePair, volumeAfterFailedRollBack } from '../attachment-life';
import { type Change, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, rowOf, type VolumeRecord } from '../engine/world';
import type { FailureCause } from '../operation';

export interface DiskNow {
  volume: VolumeRecord;
  /** null when somebody has ended it meanwhile. */
  attachment: AttachmentRecord | null;
  attachmentId: string;
  /** attach_status of the volume's other live attachments. */
  others: (AttachStatus | null)[];
  serverName: string;
}

export function diskNow({ world, operation }: Work): DiskNow {
  const { volumeId = '', attachmentId = '', serverId = '' } = operation.subject;
  const volume = rowOf(world, 'volume', volumeId);
  return {
    volume,
    attachment: world.attachment.get(attachmentId) ?? null,
    attachmentId,
    others: attachmentsOf(world, volumeId)
      .filter((each) => each.id !== attachmentId)
      .map((each) => each.attachStatus),
    serverName: world.server.get(serverId)?.name ?? serverId,
  };
}

/** @returns what an operation noted of the volume when it was accepted */
export function volumeBefore({ operation }: Work): VolumeStatePair {
  return operation.carry.before as unknown as VolumeStatePair;
}

/** An administrator may delete the volume under an operation; that then has nothing left to go on or back to. */
export function whileThere(phase: Phase): Phase {
  return {
    tasks: (work) => (isThere(work) ? phase.tasks(work) : []),
    done: (work, answers) => (isThere(work) ? phase.done(work, answers) : gone(work)),
    failed: (work, reason) => (isThere(work) ? phase.failed(work, reason) : gone(work)),
  };
}

function isThere({ world, operation }: Work): boolean {
  return world.volume.has(operation.subject.volumeId ?? '');
}

function gone({ operation }: Work): Step {
  const reason = `Volume ${operation.subject.volumeId ?? ''} was deleted meanwhile.`;
  return { outcome: 'failed', cause: 'overtaken', reason, message: reason, changes: [] };
}

/** The attachment is not what the operation left: somebody has ended or replaced it. */
export function overtaken({ attachment, attachmentId }: DiskNow): Step {
  return goBack(
    `Attachment ${attachmentId} was changed meanwhile: it is ${attachment?.attachStatus ?? 'gone'}.`,
    'overtaken',
  );
}

/** A phase has failed for good: the operation goes back. */
export function goBack(reason: string, cause: FailureCause = 'fault'): Step {
  return { outcome: 'running', next: 'roll-back', reason, cause, message: reason, changes: [] };
}

/** The way back has ended: everything is as it was. */
export function wentBack(work: Work, changes: Change[], after: VolumeStatePair): Step {
  const { volume } = diskNow(work);
  return {
    outcome: 'failed',
    reason: work.operation.reason ?? 'It failed.',
    message: `${volume.name} is ${after.status} again`,
    result: 'succeeded',
    changes: [...changes, update('volume', volume.id, after)],
  };
}

/**
 * The way back failed too: the attachment stays as an error, so that nobody else gets the volume before a person has
 * looked.
 */
export function stranded(
  work: Work,
  attachStatus: 'error_attaching' | 'error_detaching',
  reason: string,
): Step {
  const { volume, attachment, others } = diskNow(work);
  return {
    outcome: 'failed',
    cause: 'fault',
    reason: `${work.operation.reason ?? 'It failed.'} The way back failed as well: ${reason}`,
    message: reason,
    changes: [
      ...(attachment === null ? [] : [update('attachment', attachment.id, { attachStatus })]),
      update('volume', volume.id, volumeAfterFailedRollBack(others)),
    ],
  };
}
