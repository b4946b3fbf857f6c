/**
 * Reads of what servers and volumes are on: compute hosts, storage pools, and the services that run them.
 */
import { catalogueInput } from '~/server/services/catalogue';
import { listHosts, listServices } from '~/server/services/host-rows';
import { listPools } from '~/server/services/pool-rows';
import { procedure, router } from './init';

export const hostsRouter = router({
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listHosts(ctx.service, input)),
});

export const poolsRouter = router({
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listPools(ctx.service, input)),
});

export const servicesRouter = router({
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listServices(ctx.service, input)),
});
