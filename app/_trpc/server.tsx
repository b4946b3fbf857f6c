/**
 * The API inside the same process, for server components: no socket, no second login, the same procedures.
 */
import 'server-only';
import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { cache, type ReactNode } from 'react';
import type { ServerCallerBridge } from '~/server/trpc/caller';
import type { AppRouter } from '~/server/trpc/router';
import { makeQueryClient } from './query-client';

/** Put there by the front door: Next bundles its own copy of our modules, so a module cannot hold it. */
const BRIDGE = Symbol.for('mooring.caller');

function bridge(): ServerCallerBridge {
  const found: unknown = Reflect.get(globalThis, BRIDGE);
  if (typeof found !== 'function')
    throw new Error('The console runs behind the front door; start server/main.');
  return found as ServerCallerBridge;
}

const callerOfRequest = cache(async () => bridge()(await headers()));

async function call(path: string, input: unknown): Promise<unknown> {
  const caller: unknown = await callerOfRequest();
  const procedure = path
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller);
  return (procedure as (input: unknown) => Promise<unknown>)(input);
}

const inProcessLink: TRPCLink<AppRouter> = () => (request) =>
  observable((observer) => {
    call(request.op.path, request.op.input).then(
      (data) => {
        observer.next({ result: { type: 'data', data } });
        observer.complete();
      },
      (error: unknown) =>
        observer.error(TRPCClientError.from(error instanceof Error ? error : new Error(String(error)))),
    );
  });

/** One cache a request, so that nobody sees what another asked for. */
export const getQueryClient = cache(() => makeQueryClient());

export const api = createTRPCClient<AppRouter>({ links: [inProcessLink] });

export const trpc = createTRPCOptionsProxy<AppRouter>({ client: api, queryClient: getQueryClient });

/** @returns the tRPC code of an error that came through the in-process link */
function codeOfServerError(error: unknown): string | null {
  const cause = error instanceof TRPCClientError ? error.cause : error;
  return cause !== null && typeof cause === 'object' && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : null;
}

/** Hands what was prefetched to the browser. */
export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}

/**
 * Reads one thing for its page.
 * @returns null when it is not there or not the caller's; other failures go on
 */
export async function found<Thing>(read: () => Promise<Thing>): Promise<Thing | null> {
  try {
    return await read();
  } catch (error) {
    // What is no id at all is not there either.
    if (['NOT_FOUND', 'BAD_REQUEST'].includes(codeOfServerError(error) ?? '')) return null;
    throw error;
  }
}
