/**
 * The asynchronous part of a detach: disconnect, finish, and the way back from either.
 */
import { openConnectionInfo, openConnector } from '~/server/services/connection-schema';
import { type DiskWork, loadDiskWork } from '~/server/services/disk-work';
import { finishDetach, releaseDisk } from '~/server/services/finish-detach';
import { finishRollBack, giveUpDisk, noteDiskFailure } from '~/server/services/roll-back';
import { diskOf } from './disk-of';
import type { Runner } from './runner';

export const detachRunner: Runner<DiskWork> = {
  load: loadDiskWork,
  noteFailure: noteDiskFailure,
  giveUp: giveUpDisk,
  phases: {
    disconnect: async ({ runtime, drivers }, work) => {
      const disk = diskOf(work);
      await drivers.driverFor(disk).detachDevice(disk);
      await releaseDisk(runtime, work);
    },

    finish: async ({ runtime, drivers }, work) => {
      const connector = await openConnector(runtime.secretKey, work.attachment.connector);
      // Without a connector nothing was ever exported by us (an imported attachment): there is nothing to take back.
      if (connector !== null) {
        const disk = diskOf(work);
        await drivers.driverFor(disk).terminateConnection(disk, connector);
      }
      await finishDetach(runtime, work);
    },

    'roll-back': async ({ runtime, drivers }, work) => {
      const connectionInfo = await openConnectionInfo(runtime.secretKey, work.attachment.connectionInfo);
      // The guest may have let go, and storage may have taken the export back, before the rest failed: both come back. No
      // harm where they are still there.
      if (connectionInfo !== null) {
        const disk = diskOf(work);
        const driver = drivers.driverFor(disk);
        const connector = await openConnector(runtime.secretKey, work.attachment.connector);
        const info = connector === null ? connectionInfo : await driver.initializeConnection(disk, connector);
        await driver.attachDevice(disk, info);
      }
      await finishRollBack(runtime, work);
    },
  },
};
