/**
 * Faults for the simulated driver; for administrators.
 */
import { z } from 'zod';
import { DRIVER_CALLS } from '~/server/domain/driver-call';
import { clearFaults, listFaults, planFault } from '~/server/services/simulated-faults';
import { procedure, router } from './init';

const MAX_TIMES = 100;

export const simulatorRouter = router({
  calls: procedure.query(() => DRIVER_CALLS),
  faults: procedure.query(({ ctx }) => listFaults(ctx.service)),
  plan: procedure
    .input(
      z.object({
        call: z.enum(DRIVER_CALLS),
        volumeId: z.guid().nullish(),
        serverId: z.guid().nullish(),
        message: z.string().trim().min(1, 'Say what the backend answers.').max(500),
        retryable: z.boolean().default(false),
        times: z.int().min(1).max(MAX_TIMES).default(1),
      }),
    )
    .mutation(({ ctx, input }) =>
      planFault(ctx.service, {
        ...input,
        volumeId: input.volumeId ?? null,
        serverId: input.serverId ?? null,
      }),
    ),
  clear: procedure
    .input(z.object({ id: z.guid().nullish() }))
    .mutation(({ ctx, input }) => clearFaults(ctx.service, input.id ?? null)),
});
