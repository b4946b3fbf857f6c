import { defaultShouldDehydrateQuery, QueryCache, QueryClient } from '@tanstack/react-query';

/** The change stream keeps data fresh; this only bounds how long a page that was left is trusted. */
const STALE_AFTER_MS = 30_000;
const RETRIES = 2;

/** Answers that another try would not change. */
const FINAL_CODES = new Set(['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST', 'CONFLICT']);

/** @returns the tRPC code of an error, or null for one that has none (the network, a bug) */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  return typeof data.code === 'string' ? data.code : null;
}

/**
 * @param onError told of every failed query, e.g. to leave for the login page
 */
export function makeQueryClient(onError?: (error: unknown) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache(onError === undefined ? {} : { onError }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        refetchOnWindowFocus: false,
        // Never while a page is made: its reader would wait for nothing, as what fails in the same process fails again.
        retry: (failures, error) =>
          typeof window !== 'undefined' && failures < RETRIES && !FINAL_CODES.has(codeOf(error) ?? ''),
      },
      dehydrate: {
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  });
}
