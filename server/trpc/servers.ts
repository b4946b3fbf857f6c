/**
 * Servers: reads, and what can be done to one.
 */
import { z } from 'zod';
import { SERVER_ACTION_NAMES } from '~/server/domain/action';
import { actOnServer } from '~/server/services/act-on-server';
import { idsInput } from '~/server/services/list-filters';
import {
  getServer,
  listServers,
  listServersInput,
  serverFacets,
  serversByIds,
} from '~/server/services/server-rows';
import { procedure, router } from './init';

/** Only locking has a reason, and only resetting a state to set; the rule leaves aside what is not its own. */
const actInput = z
  .object({
    id: z.guid(),
    action: z.enum(SERVER_ACTION_NAMES),
    lockedReason: z.string().trim().min(1).max(255).nullish(),
    state: z.enum(['active', 'error']).optional(),
  })
  .transform(({ id, action, lockedReason, state }) => ({
    serverId: id,
    action,
    input: { lockedReason: lockedReason ?? null, ...(state === undefined ? {} : { state }) },
  }));

export const serversRouter = router({
  act: procedure.input(actInput).mutation(({ ctx, input }) => actOnServer(ctx.service, input)),
  list: procedure.input(listServersInput).query(({ ctx, input }) => listServers(ctx.service, input)),
  byIds: procedure.input(idsInput).query(({ ctx, input }) => serversByIds(ctx.service, input.ids)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getServer(ctx.service, input.id)),
  facets: procedure
    .input(z.object({ allProjects: z.boolean().default(false) }))
    .query(({ ctx, input }) => serverFacets(ctx.service, input.allProjects)),
});
