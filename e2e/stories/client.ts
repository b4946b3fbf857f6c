/** The console's own client of the API, for stories that ask more than a browser would. */
import type { BrowserContext } from '@playwright/test';
import { createTRPCClient, httpBatchLink, type TRPCClient, TRPCClientError } from '@trpc/client';
import type { Refusal } from '~/server/domain/refusal';
import type { AppRouter } from '~/server/trpc/router';

export type Client = TRPCClient<AppRouter>;

/** @returns a client that is logged in as the browser is */
export async function clientOf(context: BrowserContext, baseURL: string): Promise<Client> {
  const cookies = await context.cookies(baseURL);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${baseURL}/api/trpc`,
        headers: { cookie, 'x-mooring-request': 'story' },
        maxURLLength: 4000,
        maxItems: 20,
      }),
    ],
  });
}

/**
 * @returns what the rules say to a call; empty when it went well
 * @throws what is no refusal
 */
export async function refusalsTo(call: Promise<unknown>): Promise<readonly Refusal[]> {
  try {
    await call;
    return [];
  } catch (error) {
    const data: unknown = error instanceof TRPCClientError ? error.data : null;
    const refusals =
      typeof data === 'object' && data !== null && 'refusals' in data ? (data.refusals as Refusal[]) : [];
    if (refusals.length === 0) throw error;
    return refusals;
  }
}
