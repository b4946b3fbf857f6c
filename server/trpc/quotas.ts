/**
 * Reads of quotas.
 */
import { z } from 'zod';
import { catalogueInput } from '~/server/services/catalogue';
import { currentQuota, getQuota, listQuotas } from '~/server/services/quota-rows';
import { procedure, router } from './init';

export const quotasRouter = router({
  current: procedure.query(({ ctx }) => currentQuota(ctx.service)),
  get: procedure
    .input(z.object({ projectId: z.string().min(1).max(64) }))
    .query(({ ctx, input }) => getQuota(ctx.service, input.projectId)),
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listQuotas(ctx.service, input)),
});
