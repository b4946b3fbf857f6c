/**
 * All procedures of the console, one router a noun.
 */
import { actionsRouter } from './actions';
import { attachmentsRouter } from './attachments';
import { changesRouter } from './changes';
import { flavorsRouter } from './flavors';
import { hostsRouter, poolsRouter, servicesRouter } from './hosts';
import { imagesRouter } from './images';
import { router } from './init';
import { operationsRouter } from './operations';
import { policyRouter } from './policy';
import { quotasRouter } from './quotas';
import { serversRouter } from './servers';
import { sessionRouter } from './session';
import { simulatorRouter } from './simulator';
import { snapshotsRouter } from './snapshots';
import { volumeTypesRouter } from './volume-types';
import { volumesRouter } from './volumes';

export const appRouter = router({
  session: sessionRouter,
  servers: serversRouter,
  volumes: volumesRouter,
  actions: actionsRouter,
  attachments: attachmentsRouter,
  operations: operationsRouter,
  snapshots: snapshotsRouter,
  volumeTypes: volumeTypesRouter,
  hosts: hostsRouter,
  pools: poolsRouter,
  services: servicesRouter,
  images: imagesRouter,
  flavors: flavorsRouter,
  quotas: quotasRouter,
  policy: policyRouter,
  changes: changesRouter,
  simulator: simulatorRouter,
});

export type AppRouter = typeof appRouter;
