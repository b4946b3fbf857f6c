/**
 * Finds the routes of a request. The tree is a library's; ours is only that a fixed word is preferred to a parameter.
 */
import { TrieRouter } from 'hono/router/trie-router';
import type { Route } from './route';

export interface Found {
  /** The routes of this method and path: several when versions or actions tell them apart. */
  routes: readonly Route[];
  params: Record<string, string>;
}

/** @returns a look-up by method and path; null when there is no such route at all */
export function routeTable(routes: readonly Route[]): (method: string, path: string) => Found | null {
  const tree = new TrieRouter<Route[]>();
  const byPlace = new Map<string, Route[]>();
  for (const route of routes) {
    const place = `${route.method} ${route.path}`;
    const there = byPlace.get(place);
    if (there === undefined) byPlace.set(place, [route]);
    else there.push(route);
  }
  const places = [...byPlace.values()].sort((one, other) => parametersOf(one) - parametersOf(other));
  for (const place of places) {
    const [first] = place;
    if (first !== undefined) tree.add(first.method, first.path, place);
  }
  return (method, path) => {
    // The tree would take `/volumes/` for `/volumes`; for every client they differ (an empty id is no id).
    if (path !== '/' && path.endsWith('/')) return null;
    const [match] = tree.match(method, path)[0];
    if (match === undefined) return null;
    const [found, params] = match;
    return { routes: found, params: decoded(params as Record<string, string>) };
  };
}

function parametersOf([first]: readonly Route[]): number {
  return first === undefined ? 0 : first.path.split('/:').length;
}

/** Names may come percent-encoded; what cannot be decoded is taken as it stands, and names nothing. */
function decoded(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
