/**
 * An attach goes forward: the host has said who it is, the backend has exported the volume, the guest has the disk.
 */
import { seal } from '~/db/seal';
import type { AttachStatus } from '~/server/domain/attachment';
import { COMPLETED, CONNECTED, STEP_FROM } from '~/server/domain/attachment-life';
import type { ConnectionInfo, Connector } from '~/server/domain/connection';
import { type DiskWork, type LockedDisk, OvertakenError, takeDiskStep } from './disk-work';
import type { Runtime } from './runtime';

/**
 * Keeps the connector before the backend is asked to export: whoever has to take the export back can then do so.
 * @param work in phase `connect`
 * @returns false when somebody else runs the operation now: then nothing must be exported
 * @throws OvertakenError when the attachment is not there to be connected any more
 */
export async function connectAttachment(
  runtime: Runtime,
  work: DiskWork,
  connector: Connector,
): Promise<boolean> {
  const sealed = await seal(runtime.secretKey, connector);
  return takeDiskStep(runtime, work, (locked) => {
    assertMay('connect', work, locked);
    return {
      volume: { id: work.volume.id, ...CONNECTED.volume },
      updateAttachment: {
        id: work.attachment.id,
        attachStatus: CONNECTED.attachStatus,
        connector: sealed,
        attachedHost: connector.host,
        ...(work.attachment.device === null ? {} : { mountpoint: work.attachment.device }),
      },
      updateOperation: {
        id: work.operationId,
        phase: 'connect',
        outcome: 'running',
        steps: [
          { phase: 'connect', result: 'started', message: `${connector.host} asks for ${work.volume.name}` },
        ],
      },
    };
  });
}

function assertMay(step: keyof typeof STEP_FROM, work: DiskWork, { attachStatus }: LockedDisk): void {
  const from: readonly (AttachStatus | null)[] = STEP_FROM[step];
  if (!from.includes(attachStatus)) throw new OvertakenError(work, attachStatus);
}

/**
 * Keeps the connection info before the attachment is complete: a detach right after finds it (Nova saves it there too).
 * @param work in phase `connect`; it goes on in `complete`
 */
export async function storeConnection(runtime: Runtime, work: DiskWork, info: ConnectionInfo): Promise<void> {
  const sealed = await seal(runtime.secretKey, info);
  await takeDiskStep(runtime, work, () => ({
    updateAttachment: { id: work.attachment.id, connectionInfo: sealed },
    updateOperation: {
      id: work.operationId,
      phase: 'complete',
      outcome: 'running',
      steps: [
        {
          phase: 'connect',
          result: 'succeeded',
          message: `${work.volume.name} is exported over ${info.driverVolumeType}`,
        },
      ],
    },
  }));
}

/**
 * @param work in phase `complete`; the operation ends with success
 * @throws OvertakenError when the attachment is not there to be completed any more
 */
export async function completeAttachment(runtime: Runtime, work: DiskWork): Promise<void> {
  await takeDiskStep(runtime, work, (locked) => {
    assertMay('complete', work, locked);
    return {
      volume: { id: work.volume.id, ...COMPLETED.volume },
      updateAttachment: { id: work.attachment.id, attachStatus: COMPLETED.attachStatus },
      updateOperation: {
        id: work.operationId,
        phase: null,
        outcome: 'succeeded',
        steps: [
          {
            phase: 'complete',
            result: 'succeeded',
            message: `${work.server.name} has ${work.volume.name} as ${work.attachment.device ?? 'a disk'}`,
          },
        ],
        after: { volume: COMPLETED.volume, attachment: { attachStatus: COMPLETED.attachStatus } },
      },
    };
  });
}
