/**
 * Where the next page of a list of the volume API is.
 * Source: cinder/api/common.py, ViewBuilder._get_next_link
 */
import type { Ask } from '../route';

/**
 * @param name of the list of links, e.g. `volume_type_links`
 * @param rows of this page
 * @param limit rows of a full page
 * @returns nothing to add when there is no next page
 */
export function nextLink(
  name: string,
  { origin, url }: Pick<Ask, 'origin' | 'url'>,
  rows: readonly { id: string }[],
  limit: number,
): Record<string, unknown> {
  const last = rows.at(-1);
  if (last === undefined || rows.length < limit) return {};
  const query = new URLSearchParams(url.searchParams);
  query.set('marker', last.id);
  return { [name]: [{ rel: 'next', href: `${origin}${url.pathname}?${query}` }] };
}
