/**
 * The console's API from outside a browser: same procedures, same cookie, same guard.
 */
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '~/server/trpc/router';

export type Client = ReturnType<typeof createTRPCClient<AppRouter>>;

export interface Browser {
  client: Client;
  /** @returns what it sends with every request */
  cookie(): string;
}

/**
 * @param base origin of the server
 * @returns one that acts as this user, in the user's own project
 * @throws when name or password is wrong
 */
export async function logIn(base: string, name: string, password: string): Promise<Browser> {
  let cookie = '';
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${base}/api/trpc`,
        headers: () => ({ cookie, 'x-mooring-request': 'console' }),
        fetch: async (url, options) => {
          const response = await fetch(url, options as RequestInit);
          cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
          return response;
        },
      }),
    ],
  });
  await client.session.logIn.mutate({ name, password });
  return { client, cookie: () => cookie };
}
