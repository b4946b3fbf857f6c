/**
 * An operation goes back: every state becomes what it was, and the operation says why.
 */
import {
  volumeAfterAttachRollBack,
  volumeAfterDetachRollBack,
  volumeAfterFailedRollBack,
} from '~/server/domain/attachment-life';
import type { Changeset, OperationUpdate } from './commit';
import { type DiskWork, type LockedDisk, takeDiskStep } from './disk-work';
import type { Runtime } from './runtime';

/** @param work in the phase that failed and will be tried again; only the timeline learns of it */
export async function noteDiskFailure(runtime: Runtime, work: DiskWork, reason: string): Promise<void> {
  await takeDiskStep(runtime, work, () => ({
    updateOperation: {
      id: work.operationId,
      phase: work.phase,
      outcome: 'running',
      steps: [{ phase: work.phase, result: 'failed', message: `${reason} It is tried again.` }],
    },
  }));
}

/**
 * @param work in the phase that failed for good: it goes back, or, when that was the way back, is given up
 * @param reason one sentence for people
 * @param newJob whether the way back needs a job of its own, because this one has no attempt left
 */
export async function giveUpDisk(
  runtime: Runtime,
  work: DiskWork,
  reason: string,
  newJob: boolean,
): Promise<void> {
  if (work.phase === 'roll-back') await abandonRollBack(runtime, work, reason);
  else await startRollBack(runtime, work, reason, newJob);
}

/**
 * @param work in any phase but `roll-back`, where it goes on
 * @param reason one sentence for people
 * @param newJob whether another job does it: the way back has attempts of its own, not what was left of the way there
 */
async function startRollBack(
  runtime: Runtime,
  work: DiskWork,
  reason: string,
  newJob: boolean,
): Promise<void> {
  await takeDiskStep(runtime, work, () => ({
    ...(newJob ? { job: work.action } : {}),
    updateOperation: {
      id: work.operationId,
      phase: 'roll-back',
      outcome: 'running',
      reason,
      steps: [{ phase: work.phase, result: 'failed', message: reason }],
    },
  }));
}

/** @param work in phase `roll-back`, with the driver's side undone; the operation ends as failed */
export async function finishRollBack(runtime: Runtime, work: DiskWork): Promise<void> {
  await takeDiskStep(runtime, work, (locked) =>
    work.action === 'volume.attach' ? undoneAttach(work, locked) : undoneDetach(work, locked),
  );
}

function undoneAttach(work: DiskWork, locked: LockedDisk): Omit<Changeset, 'announce'> {
  const after = volumeAfterAttachRollBack(locked.volume, work.before.volume, locked.others);
  return {
    deleteAttachment: work.attachment.id,
    volume: { id: work.volume.id, ...after },
    updateOperation: failed(work, `${work.volume.name} is ${after.status} again`, {
      volume: after,
      attachment: { attachStatus: null },
    }),
  };
}

function undoneDetach(work: DiskWork, locked: LockedDisk): Omit<Changeset, 'announce'> {
  const after = volumeAfterDetachRollBack(locked.volume);
  return {
    volume: { id: work.volume.id, ...after },
    updateOperation: failed(work, `${work.volume.name} is ${after.status} again`, {
      volume: after,
      attachment: { attachStatus: locked.attachStatus },
    }),
  };
}

/**
 * The way back failed too: the attachment stays as an error, so that nobody else gets the volume before a person has
 * looked.
 * @param work in phase `roll-back`
 * @param reason why the way back failed
 */
async function abandonRollBack(runtime: Runtime, work: DiskWork, reason: string): Promise<void> {
  const attachStatus = work.action === 'volume.attach' ? 'error_attaching' : 'error_detaching';
  await takeDiskStep(runtime, work, (locked) => {
    const after = volumeAfterFailedRollBack(locked.others);
    return {
      updateAttachment: { id: work.attachment.id, attachStatus },
      volume: { id: work.volume.id, ...after },
      updateOperation: {
        ...failed(work, '', { volume: after, attachment: { attachStatus } }),
        reason: `${work.reason ?? 'It failed'} The way back failed as well: ${reason}`,
        steps: [{ phase: 'roll-back', result: 'failed', message: reason }],
      },
    };
  });
}

function failed(
  work: DiskWork,
  message: string,
  after: NonNullable<OperationUpdate['after']>,
): OperationUpdate {
  return {
    id: work.operationId,
    phase: null,
    outcome: 'failed',
    steps: [{ phase: 'roll-back', result: 'succeeded', message }],
    after,
  };
}
