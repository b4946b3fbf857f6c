/**
 * A detach goes forward: the guest has let the disk go, the backend has taken the export back.
 */
import { volumeAfterDetach } from '~/server/domain/attachment-life';
import { type DiskWork, takeDiskStep } from './disk-work';
import type { Runtime } from './runtime';

/** @param work in phase `disconnect`; it goes on in `finish` */
export async function releaseDisk(runtime: Runtime, work: DiskWork): Promise<void> {
  await takeDiskStep(runtime, work, () => ({
    updateOperation: {
      id: work.operationId,
      phase: 'finish',
      outcome: 'running',
      steps: [
        {
          phase: 'disconnect',
          result: 'succeeded',
          message: `${work.server.name} has let ${work.volume.name} go`,
        },
      ],
    },
  }));
}

/** @param work in phase `finish`; the attachment goes, and the volume is what the others imply */
export async function finishDetach(runtime: Runtime, work: DiskWork): Promise<void> {
  await takeDiskStep(runtime, work, (locked) => {
    const after = volumeAfterDetach(locked.volume, locked.others);
    return {
      deleteAttachment: work.attachment.id,
      volume: { id: work.volume.id, ...after },
      updateOperation: {
        id: work.operationId,
        phase: null,
        outcome: 'succeeded',
        steps: [{ phase: 'finish', result: 'succeeded', message: `${work.volume.name} is ${after.status}` }],
        after: { volume: after, attachment: { attachStatus: 'detached' } },
      },
    };
  });
}
