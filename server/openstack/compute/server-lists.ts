/**
 * Lists of servers.
 */
import type { Context } from '~/server/services/context';
import { serverConditions, serverOrder, withPatterns } from '~/server/services/records/server-filters';
import { type ServerPage, serverNamePage, serverRecordPage } from '~/server/services/records/server-records';
import { authorize } from '~/server/services/refused';
import { type Ask, answer, type Route, route } from '../route';
import { nextLinks, pageLength } from './links';
import { serverFilters } from './server-list-filters';
import { knownIn, SERVER_LIST_QUERY, type ServerListQuery } from './server-list-schemas';
import { serverSort } from './server-list-sort';
import { serverBrief, serverDetail } from './server-view';

type ListCall = Ask & { context: Context; query: ServerListQuery };

/** @returns the page that is asked for; none when nothing can be meant */
async function pageOf<Found>(
  call: ListCall,
  detail: boolean,
  read: (context: Context, page: ServerPage) => Promise<Found[]>,
): Promise<Found[]> {
  const { context, minor, url } = call;
  authorize(context, `os_compute_api:servers:${detail ? 'detail' : 'index'}`);
  const query = knownIn(minor, call.query);
  const statuses = url.searchParams.getAll('status');
  const filters = serverFilters(context, query, { statuses, minor, detail });
  const sort = serverSort(context, url.searchParams, minor);
  const limit = pageLength(query.limit);
  if (filters === null || limit === 0) return [];
  const where = serverConditions(context, filters);
  const page = { where, sort: serverOrder(context, sort), marker: query.marker, limit };
  if (Object.keys(filters.patterns).length === 0) return read(context, page);
  return withPatterns(context, (patient) => read(patient, page));
}

export const SERVER_LIST_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/servers',
    summary: 'List servers',
    status: 200,
    query: SERVER_LIST_QUERY,
    async handle(call) {
      const servers = await pageOf(call, false, serverNamePage);
      const more = nextLinks(call, 'servers', servers, pageLength(call.query.limit));
      return answer({ servers: servers.map((each) => serverBrief(call, each)), ...more });
    },
  }),
  route({
    method: 'GET',
    path: '/servers/detail',
    summary: 'List servers with all there is to know of them',
    status: 200,
    query: SERVER_LIST_QUERY,
    async handle(call) {
      const servers = await pageOf(call, true, serverRecordPage);
      const more = nextLinks(call, 'servers', servers, pageLength(call.query.limit));
      return answer({ servers: servers.map((each) => serverDetail(call, each)), ...more });
    },
  }),
];
