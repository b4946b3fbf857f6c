/**
 * Servers: reads.
 */
import { z } from 'zod';
import { idsInput } from '~/server/services/list-filters';
import {
  getServer,
  listServers,
  listServersInput,
  serverFacets,
  serversByIds,
} from '~/server/services/server-rows';
import { procedure, router } from './init';

export const serversRouter = router({
  list: procedure.input(listServersInput).query(({ ctx, input }) => listServers(ctx.service, input)),
  byIds: procedure.input(idsInput).query(({ ctx, input }) => serversByIds(ctx.service, input.ids)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getServer(ctx.service, input.id)),
  facets: procedure
    .input(z.object({ allProjects: z.boolean().default(false) }))
    .query(({ ctx, input }) => serverFacets(ctx.service, input.allProjects)),
});
