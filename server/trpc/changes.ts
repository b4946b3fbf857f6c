/**
 * The stream that tells a browser what has changed.
 */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { followChanges, lastPosition } from '~/server/services/change-feed';
import { procedure, router } from './init';

export const changesRouter = router({
  position: procedure.query(({ ctx }) => lastPosition(ctx.service)),
  stream: procedure
    .input(z.object({ lastEventId: z.string().max(32).nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const ended = AbortSignal.any([ctx.stopping, ...(signal === undefined ? [] : [signal])]);
      for await (const { position, event } of followChanges(
        ctx.service,
        ctx.feed,
        input?.lastEventId ?? null,
        ended,
      )) {
        yield tracked(position, event);
      }
    }),
});
