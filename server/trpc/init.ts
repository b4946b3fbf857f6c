/**
 * tRPC set up once: who calls, how errors leave, and the three kinds of procedure.
 */
import { initTRPC, TRPCError } from '@trpc/server';
import type { Refusal } from '~/server/domain/refusal';
import type { ChangeFeed } from '~/server/services/change-feed';
import type { Context } from '~/server/services/context';
import type { Runtime } from '~/server/services/runtime';
import type { SessionView } from '~/server/services/sessions';
import { refusalsIn, toTrpcError } from './errors';

/** What the transport knows of a call. */
export interface CallContext {
  runtime: Runtime;
  feed: ChangeFeed;
  /** Ends every stream when the process is about to. */
  stopping: AbortSignal;
  requestId: string;
  /** Address of the client, for the login limit. */
  address: string;
  /** Token of the session's cookie; null without one. */
  token: string | null;
  session: SessionView | null;
  /** Sets the session's cookie on the answer; null removes it. */
  setToken(token: string | null): void;
}

/** A stream is closed after so long, in ms: the browser opens it again, and its session is asked for again. */
const STREAM_MS = 5 * 60 * 1000;
/** How often a silent stream shows that it lives, in ms, and after how long the browser believes it dead. */
const PING_MS = 5000;
const DEAD_MS = 15_000;

const t = initTRPC.context<CallContext>().create({
  sse: {
    maxDurationMs: STREAM_MS,
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: DEAD_MS },
  },
  errorFormatter({ shape, error, ctx }) {
    return {
      ...shape,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        requestId: ctx?.requestId ?? null,
        refusals: refusalsIn(error) as readonly Refusal[],
      },
    };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Turns what services throw into what this wire says, and logs what nobody expected. */
const withErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toTrpcError(result.error);
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.runtime.log.error(
      { err: result.error.cause ?? result.error, requestId: ctx.requestId, path },
      'call failed',
    );
  }
  throw error;
});

/** Open to everybody: logging in, and asking whether one is. */
export const publicProcedure = t.procedure.use(withErrors);

/** Everything else: a session is needed, and gives the actor. */
export const procedure = publicProcedure.use(({ ctx, next }) => {
  const { session, token } = ctx;
  if (session === null || token === null) {
    throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Log in first.' });
  }
  const service: Context = { runtime: ctx.runtime, actor: session.actor, requestId: ctx.requestId };
  return next({ ctx: { ...ctx, session, token, service } });
});
