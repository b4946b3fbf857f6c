/**
 * Hypervisors, for administrators.
 * Source: nova/api/openstack/compute/hypervisors.py, schemas/hypervisors.py
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import { listHypervisors } from '~/server/services/records/host-records';
import { FaultError } from '../fault';
import { type Ask, answer, type Route, route } from '../route';
import { hypervisorBrief, hypervisorId, hypervisorView, type Placed, sizes } from './hypervisor-view';
import { nextLinks, pageLength } from './links';
import { bool, queryNumber } from './schema-types';

const paging = { limit: queryNumber.optional(), marker: z.string().optional() };
const choice = {
  ...paging,
  hypervisor_hostname_pattern: z.string().min(1).optional(),
  with_servers: bool.optional(),
};
type Query = z.output<z.ZodObject<typeof choice>>;

const LIST_QUERY: Readonly<Record<number, z.ZodType<Query>>> = {
  1: z.object({}),
  33: z.object(paging),
  53: z.object(choice),
  75: z.strictObject(choice),
};

async function placed(context: Context): Promise<Placed[]> {
  return (await listHypervisors(context)).map((host, at) => ({ ...host, place: at + 1 }));
}

/** @throws FaultError 400 for an unknown marker, 404 for a name that none has */
async function pageOf({
  context,
  query,
  minor,
}: Ask & { context: Context; query: Query }): Promise<Placed[]> {
  const { limit, marker, hypervisor_hostname_pattern: pattern } = query;
  const all = await placed(context);
  const found = pattern === undefined ? all : all.filter(({ name }) => name.includes(pattern));
  if (pattern !== undefined && found.length === 0)
    throw new FaultError(404, `No hypervisor is called ${pattern}.`);
  const at =
    marker === undefined ? -1 : found.findIndex((host) => String(hypervisorId(host, minor)) === marker);
  if (marker !== undefined && at < 0) throw new FaultError(400, `The marker ${marker} is no hypervisor.`);
  return found.slice(at + 1, at + 1 + pageLength(limit));
}

function listRoute(path: string, summary: string, view: typeof hypervisorBrief): Route {
  return route({
    method: 'GET',
    path,
    summary,
    status: 200,
    query: LIST_QUERY,
    async handle(call) {
      const { minor, query } = call;
      const page = await pageOf(call);
      const ids = page.map((host) => ({ id: String(hypervisorId(host, minor)) }));
      const more = minor >= 33 ? nextLinks(call, 'hypervisors', ids, pageLength(query.limit)) : {};
      return answer({
        hypervisors: page.map((host) => view(host, minor, query.with_servers === true)),
        ...more,
      });
    },
  });
}

async function findHypervisor(context: Context, id: string, minor: number): Promise<Placed> {
  const found = (await placed(context)).find((host) => String(hypervisorId(host, minor)) === id);
  if (found === undefined) throw new FaultError(404, `There is no hypervisor ${id}.`);
  return found;
}

async function called(context: Context, pattern: string): Promise<Placed[]> {
  const found = (await placed(context)).filter(({ name }) => name.includes(pattern));
  if (found.length === 0) throw new FaultError(404, `No hypervisor is called ${pattern}.`);
  return found;
}

export const HYPERVISOR_ROUTES: readonly Route[] = [
  listRoute('/os-hypervisors', 'List hypervisors', hypervisorBrief),
  listRoute('/os-hypervisors/detail', 'List hypervisors with what is on them', hypervisorView),
  route({
    method: 'GET',
    path: '/os-hypervisors/statistics',
    summary: 'Sum up what is on all hypervisors',
    status: 200,
    until: 87,
    async handle({ context }) {
      const hosts = await placed(context);
      return answer({ hypervisor_statistics: { count: hosts.length, ...sizes(hosts) } });
    },
  }),
  route({
    method: 'GET',
    path: '/os-hypervisors/:hypervisorId',
    summary: 'Show a hypervisor',
    status: 200,
    query: { 1: z.object({}), 53: z.strictObject({ with_servers: bool.optional() }) },
    async handle({ context, params, query, minor }) {
      const host = await findHypervisor(context, params.hypervisorId, minor);
      const withServers = 'with_servers' in query && query.with_servers === true;
      return answer({ hypervisor: hypervisorView(host, minor, withServers) });
    },
  }),
  route({
    method: 'GET',
    path: '/os-hypervisors/:hypervisorId/uptime',
    summary: 'Show since when a hypervisor runs',
    until: 87,
    async handle({ context, params, minor }) {
      const host = await findHypervisor(context, params.hypervisorId, minor);
      // Hosts do not tell; the client asks before it shows anything else, and stops at a refusal.
      return answer({ hypervisor: { ...hypervisorBrief(host, minor, false), uptime: '' } });
    },
  }),
  route({
    method: 'GET',
    path: '/os-hypervisors/:pattern/search',
    summary: 'Find hypervisors by a part of their names',
    status: 200,
    until: 52,
    async handle({ context, params: { pattern }, minor }) {
      const found = await called(context, pattern);
      return answer({ hypervisors: found.map((host) => hypervisorBrief(host, minor, false)) });
    },
  }),
  route({
    method: 'GET',
    path: '/os-hypervisors/:pattern/servers',
    summary: 'List the servers on hypervisors',
    status: 200,
    until: 52,
    async handle({ context, params: { pattern }, minor }) {
      const found = await called(context, pattern);
      return answer({
        hypervisors: found.map((host) => ({
          ...hypervisorBrief(host, minor, false),
          ...(host.servers.length === 0
            ? {}
            : { servers: host.servers.map(({ id, name }) => ({ uuid: id, name })) }),
        })),
      });
    },
  }),
];
