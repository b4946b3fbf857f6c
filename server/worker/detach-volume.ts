/**
 * The asynchronous part of a detach: disconnect, finish, and the way back from either.
 */
import { finishDetach, releaseDisk } from '~/server/services/finish-detach';
import { finishRollBack } from '~/server/services/roll-back';
import { diskOf } from './disk-of';
import type { PhaseHandlers } from './phase-handler';

export const detachPhases: PhaseHandlers = {
  disconnect: async ({ runtime, drivers }, work) => {
    const disk = diskOf(work);
    await drivers.driverFor(disk).detachDevice(disk);
    await releaseDisk(runtime, work);
  },

  finish: async ({ runtime, drivers }, work) => {
    const { connector } = work.attachment;
    // Without a connector nothing was ever exported by us (an imported attachment): there is nothing to take back.
    if (connector !== null) {
      const disk = diskOf(work);
      await drivers.driverFor(disk).terminateConnection(disk, connector);
    }
    await finishDetach(runtime, work);
  },

  'roll-back': async ({ runtime, drivers }, work) => {
    const { connectionInfo } = work.attachment;
    // The guest may have let go before the rest failed: it gets its disk back. No harm where it still has it.
    if (connectionInfo !== null) {
      const disk = diskOf(work);
      await drivers.driverFor(disk).attachDevice(disk, connectionInfo);
    }
    await finishRollBack(runtime, work);
  },
};
