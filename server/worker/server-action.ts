/**
 * The asynchronous part of an action on a server alone: one call of its host.
 */
import { DriverError } from '~/server/drivers/driver';
import {
  failServerAction,
  finishServerAction,
  hostedRule,
  loadServerWork,
  noteServerFailure,
  type ServerWork,
} from '~/server/services/server-work';
import type { Runner } from './runner';

export const serverActionRunner: Runner<ServerWork> = {
  load: loadServerWork,
  noteFailure: noteServerFailure,
  giveUp: failServerAction,
  phases: {
    act: async ({ runtime, drivers }, work) => {
      const { host } = work.server;
      if (host === null)
        throw new DriverError(`Server ${work.server.name} is on no host any more.`, { retryable: false });
      const server = { ...work.server, host };
      await drivers.driverOfHost(host).changePower(server, hostedRule(work.action).call);
      await finishServerAction(runtime, work);
    },
  },
};
