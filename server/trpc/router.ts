/**
 * All procedures of the console, one router a noun.
 */
import { attachmentsRouter } from './attachments';
import { changesRouter } from './changes';
import { router } from './init';
import { operationsRouter } from './operations';
import { serversRouter } from './servers';
import { sessionRouter } from './session';
import { simulatorRouter } from './simulator';
import { volumesRouter } from './volumes';

export const appRouter = router({
  session: sessionRouter,
  servers: serversRouter,
  volumes: volumesRouter,
  attachments: attachmentsRouter,
  operations: operationsRouter,
  changes: changesRouter,
  simulator: simulatorRouter,
});

export type AppRouter = typeof appRouter;
