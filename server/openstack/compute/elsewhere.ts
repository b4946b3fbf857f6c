/**
 * What clients ask the compute API for and this cloud has little or nothing of: networks, key pairs, groups.
 */
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';
import { NETWORK } from './network';

/** Last version that handed networks on. */
const NETWORKS_UNTIL = 35;

const tenantNetwork = { ...NETWORK, cidr: 'None' };

/** A list that is empty for whoever may see it. */
function none(
  path: string,
  summary: string,
  key: string,
  { until, admin = false }: { until?: number; admin?: boolean } = {},
): Route {
  return route({
    method: 'GET',
    path,
    summary,
    status: 200,
    ...(until === undefined ? {} : { until }),
    handle({ context }) {
      authorize(context, admin ? 'os_compute_api:os-hypervisors:list' : 'os_compute_api:servers:index');
      return answer({ [key]: [] });
    },
  });
}

export const ELSEWHERE_ROUTES: readonly Route[] = [
  none('/os-keypairs', 'List key pairs: there are none here', 'keypairs'),
  route({
    method: 'GET',
    path: '/os-keypairs/:name',
    summary: 'Show a key pair: there is none here',
    status: null,
    handle({ params: { name } }) {
      throw new FaultError(404, `There is no key pair ${name}.`);
    },
  }),
  none('/os-server-groups', 'List server groups: there are none here', 'server_groups'),
  none('/os-migrations', 'List migrations: there are none here', 'migrations', { admin: true }),
  none('/os-aggregates', 'List host aggregates: there are none here', 'aggregates', { admin: true }),
  none('/os-floating-ips', 'List floating addresses: there are none here', 'floating_ips', {
    until: NETWORKS_UNTIL,
  }),
  route({
    method: 'GET',
    path: '/os-security-groups',
    summary: 'List security groups: there is the default one, without rules',
    status: 200,
    until: NETWORKS_UNTIL,
    handle({ context }) {
      const { projectId } = context.actor;
      const group = {
        id: projectId,
        name: 'default',
        description: 'default',
        tenant_id: projectId,
        rules: [],
      };
      return answer({ security_groups: [group] });
    },
  }),
  route({
    method: 'GET',
    path: '/os-tenant-networks',
    summary: 'List networks',
    status: 200,
    until: NETWORKS_UNTIL,
    handle: () => answer({ networks: [tenantNetwork] }),
  }),
  route({
    method: 'GET',
    path: '/os-tenant-networks/:networkId',
    summary: 'Show a network',
    status: 200,
    until: NETWORKS_UNTIL,
    handle({ params: { networkId } }) {
      if (networkId !== NETWORK.id) throw new FaultError(404, `There is no network ${networkId}.`);
      return answer({ network: tenantNetwork });
    },
  }),
  route({
    method: 'GET',
    path: '/os-networks',
    summary: 'List networks',
    status: 200,
    until: NETWORKS_UNTIL,
    handle: () => answer({ networks: [tenantNetwork] }),
  }),
];
