/**
 * The asynchronous part of an attach: connect, complete, and the way back from either.
 */
import { completeAttachment, connectAttachment, storeConnection } from '~/server/services/connect-attachment';
import { openConnectionInfo, openConnector } from '~/server/services/connection-schema';
import { type DiskWork, loadDiskWork } from '~/server/services/disk-work';
import { finishRollBack, giveUpDisk, noteDiskFailure } from '~/server/services/roll-back';
import { diskOf } from './disk-of';
import type { Runner } from './runner';

export const attachRunner: Runner<DiskWork> = {
  load: loadDiskWork,
  noteFailure: noteDiskFailure,
  giveUp: giveUpDisk,
  phases: {
    connect: async ({ runtime, drivers }, work) => {
      const disk = diskOf(work);
      const driver = drivers.driverFor(disk);
      const connector = await driver.getConnector(disk);
      if (!(await connectAttachment(runtime, work, connector))) return;
      const info = await driver.initializeConnection(disk, connector);
      await storeConnection(runtime, work, info);
    },

    complete: async ({ runtime, drivers }, work) => {
      const connectionInfo = await openConnectionInfo(runtime.secretKey, work.attachment.connectionInfo);
      if (connectionInfo === null)
        throw new Error(`attachment ${work.attachment.id} has no connection to complete`);
      const disk = diskOf(work);
      await drivers.driverFor(disk).attachDevice(disk, connectionInfo);
      await completeAttachment(runtime, work);
    },

    'roll-back': async ({ runtime, drivers }, work) => {
      const connector = await openConnector(runtime.secretKey, work.attachment.connector);
      // Undone in reverse, and only what may have been done.
      if (connector !== null) {
        const disk = diskOf(work);
        const driver = drivers.driverFor(disk);
        if (work.attachment.connectionInfo !== null) await driver.detachDevice(disk);
        await driver.terminateConnection(disk, connector);
      }
      await finishRollBack(runtime, work);
    },
  },
};
