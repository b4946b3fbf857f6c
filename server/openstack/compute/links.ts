/**
 * Links, times and pages as the compute API writes them.
 */
import type { Ask } from '../route';
import { PAGE_MAX } from './schema-types';

export interface Link {
  rel: string;
  href: string;
}

/** Root of the API as the client reaches it, e.g. `http://localhost:3000/compute`. */
function rootOf({ origin }: Pick<Ask, 'origin'>): string {
  return `${origin}/compute`;
}

/** @param path e.g. `servers/<id>` */
export function selfLink(ask: Pick<Ask, 'origin'>, path: string): Link {
  return { rel: 'self', href: `${rootOf(ask)}/v2.1/${path}` };
}

/** @param path e.g. `images/<id>`; a bookmark has no version in it */
export function bookmark(ask: Pick<Ask, 'origin'>, path: string): Link {
  return { rel: 'bookmark', href: `${rootOf(ask)}/${path}` };
}

/** @returns both, as every object has them */
export function linksTo(ask: Pick<Ask, 'origin'>, path: string): Link[] {
  return [selfLink(ask, path), bookmark(ask, path)];
}

/** @returns the length of the page asked for; more than {@link PAGE_MAX} is not given */
export function pageLength(limit: number | undefined): number {
  return Math.min(limit ?? PAGE_MAX, PAGE_MAX);
}

/**
 * @param collection e.g. `servers`
 * @param limit length of the page asked for
 * @returns `{ servers_links: [...] }` when the page is full, so that there may be another; else nothing
 */
export function nextLinks(
  ask: Pick<Ask, 'origin' | 'url' | 'path'>,
  collection: string,
  rows: readonly { id: string }[],
  limit: number,
): Record<string, Link[]> {
  const last = rows.at(-1);
  if (last === undefined || rows.length < limit) return {};
  const query = new URLSearchParams(ask.url.searchParams);
  query.set('marker', last.id);
  const { href } = selfLink(ask, ask.path.slice(1));
  return { [`${collection}_links`]: [{ rel: 'next', href: `${href}?${query}` }] };
}

/** @returns e.g. `2026-11-21T07:00:00Z` */
export function timeZ(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** @returns e.g. `2026-11-21T07:00:00.000000`, as some members have it */
export function timeMicros(at: Date | null): string | null {
  return at === null ? null : `${at.toISOString().slice(0, 23)}000`;
}
