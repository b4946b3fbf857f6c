/**
 * The rows that lists show: found, and exchanged where they stand. A live update never moves a row.
 */
import type { QueryClient, QueryFilters } from '@tanstack/react-query';
import type { PageOf } from '~/app/_trpc/types';

interface Identified {
  id: string;
}

/** @returns the rows of all lists that are on screen now */
export function rowsOnScreen<Row extends Identified>(client: QueryClient, lists: QueryFilters): Row[] {
  return client
    .getQueriesData<PageOf<Row>>({ ...lists, type: 'active' })
    .flatMap(([, page]) => page?.rows ?? []);
}

/**
 * Puts fresh rows in the place of old ones, in every list that has them.
 * @param fresh rows as they are now
 */
export function exchangeRows<Row extends Identified>(
  client: QueryClient,
  lists: QueryFilters,
  fresh: readonly Row[],
): void {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  if (byId.size === 0) return;
  client.setQueriesData<PageOf<Row>>(lists, (page) => {
    if (page === undefined || !page.rows.some((row) => byId.has(row.id))) return page;
    return { ...page, rows: page.rows.map((row) => byId.get(row.id) ?? row) };
  });
}
