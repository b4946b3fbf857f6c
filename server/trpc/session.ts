/**
 * Logging in and out, and choosing a project.
 */
import { z } from 'zod';
import { logIn } from '~/server/services/log-in';
import { closeSession, findSession, switchProject } from '~/server/services/sessions';
import { procedure, publicProcedure, router } from './init';

const credentials = z.object({
  name: z.string().trim().min(1, 'Enter your user name.').max(255),
  // argon2 takes as long as its input: nobody needs a password of a kilobyte.
  password: z.string().min(1, 'Enter your password.').max(1024),
});

export const sessionRouter = router({
  current: publicProcedure.query(({ ctx }) => ctx.session),

  logIn: publicProcedure.input(credentials).mutation(async ({ ctx, input }) => {
    const token = await logIn(ctx.runtime, input, ctx.address);
    ctx.setToken(token);
    return findSession(ctx.runtime, token);
  }),

  logOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.token !== null) await closeSession(ctx.runtime, ctx.token);
    ctx.setToken(null);
  }),

  switchProject: procedure
    .input(z.object({ projectId: z.string().max(64) }))
    .mutation(async ({ ctx, input }) => {
      await switchProject(ctx.runtime, ctx.token, input.projectId);
      return findSession(ctx.runtime, ctx.token);
    }),
});
