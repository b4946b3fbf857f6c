'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { type ReactNode, useEffect, useState } from 'react';
import { paths } from '~/app/_lib/paths';
import type { AppRouter } from '~/server/trpc/router';
import { TRPCProvider } from './context';
import { codeOf, makeQueryClient } from './query-client';

/** The front door refuses calls without it: a foreign page cannot set it (CSRF). */
const HEADERS = { 'x-mooring-request': 'console' };
const MAX_URL_LENGTH = 4000;

function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: paths.trpc }),
        false: httpBatchLink({ url: paths.trpc, headers: HEADERS, maxURLLength: MAX_URL_LENGTH }),
      }),
    ],
  });
}

/** A session that has ended sends its tab to the login page, which brings it back to where it was. */
function leaveWhenLoggedOut(error: unknown): void {
  if (typeof window === 'undefined' || codeOf(error) !== 'UNAUTHORIZED') return;
  const { pathname, search } = window.location;
  if (pathname !== paths.login()) window.location.assign(paths.login(pathname + search));
}

/** Gives the tree its API client and the cache of its answers. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(leaveWhenLoggedOut));
  const [client] = useState(makeClient);
  // See public/early-presses.js; an outer effect runs after all inner ones, so everything listens by now.
  useEffect(() => void dispatchEvent(new Event('mooring:ready')), []);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
