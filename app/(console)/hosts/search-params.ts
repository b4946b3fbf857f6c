import { createLoader, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams, searchText } from '~/app/_lib/list-params';

const shared = { ...listParams, dir: directionParam('asc') };

const HOST_SORTS = ['name', 'state', 'zone', 'hypervisor', 'servers', 'attachments'] as const;
export type HostSort = (typeof HOST_SORTS)[number];
export const hostParams = { ...shared, sort: parseAsStringLiteral(HOST_SORTS).withDefault('name') };

const POOL_SORTS = ['name', 'state', 'used', 'total', 'free', 'allocated', 'volumes'] as const;
export type PoolSort = (typeof POOL_SORTS)[number];
export const poolParams = { ...shared, sort: parseAsStringLiteral(POOL_SORTS).withDefault('name') };

const SERVICE_SORTS = ['binary', 'host', 'state', 'zone', 'updated'] as const;
export type ServiceSort = (typeof SERVICE_SORTS)[number];
export const serviceParams = { ...shared, sort: parseAsStringLiteral(SERVICE_SORTS).withDefault('binary') };

/** Of the three lists, only the search is the API's to do. */
export const loadSearch = createLoader({ q: listParams.q });

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function searchInput({ q }: { q: string }) {
  return { search: searchText(q) };
}
