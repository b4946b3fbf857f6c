/**
 * What clients ask of a server besides: addresses, interfaces and the like, of which there are none here.
 */
import { findServerRecord } from '~/server/services/records/server-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';

export const SERVER_PART_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/servers/:serverId/ips',
    summary: 'List the addresses of a server',
    status: 200,
    async handle({ context, params }) {
      await findServerRecord(context, params.serverId);
      return answer({ addresses: {} });
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId/ips/:network',
    summary: 'List the addresses of a server in one network',
    async handle({ context, params: { serverId, network } }) {
      const { name } = await findServerRecord(context, serverId);
      throw new FaultError(404, `Server ${name} has no address in a network ${network}.`);
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId/os-interface',
    summary: 'List the network interfaces of a server',
    status: 200,
    async handle({ context, params }) {
      await findServerRecord(context, params.serverId);
      return answer({ interfaceAttachments: [] });
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId/os-security-groups',
    summary: 'List the security groups of a server',
    status: 200,
    async handle({ context, params }) {
      await findServerRecord(context, params.serverId);
      return answer({ security_groups: [] });
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId/migrations',
    summary: 'List the migrations of a server under way',
    status: 200,
    since: 23,
    async handle({ context, params }) {
      authorize(context, 'os_compute_api:servers:migrations:index');
      await findServerRecord(context, params.serverId);
      return answer({ migrations: [] });
    },
  }),
];
