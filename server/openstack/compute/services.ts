/**
 * Services of the compute side, for administrators.
 * Source: nova/api/openstack/compute/services.py, schemas/services.py
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import { type ComputeServiceRecord, listComputeServices } from '~/server/services/records/host-records';
import { switchHost } from '~/server/services/switch-host';
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';
import { timeMicros } from './links';
import { namedId } from './named-id';
import { bool, text255 } from './schema-types';

/** Below 2.53 ids are numbers: the place in the whole list. */
const UUIDS_SINCE = 53;

interface Placed extends ComputeServiceRecord {
  id: string | number;
}

async function placed(context: Context, minor: number): Promise<Placed[]> {
  const services = await listComputeServices(context);
  return services.map((service, at) => ({
    ...service,
    id: minor >= UUIDS_SINCE ? namedId(service.binary, service.host) : at + 1,
  }));
}

function statusOf({ enabled }: Pick<ComputeServiceRecord, 'enabled'>): string {
  return enabled ? 'enabled' : 'disabled';
}

function serviceView(service: Placed, minor: number) {
  return {
    id: service.id,
    binary: service.binary,
    host: service.host,
    zone: service.zone,
    status: statusOf(service),
    state: service.up ? 'up' : 'down',
    updated_at: timeMicros(service.updated_at),
    disabled_reason: service.disabled_reason,
    ...(minor >= 11 ? { forced_down: false } : {}),
  };
}

const named = { host: text255, binary: text255 };
const query = { host: z.string().optional(), binary: z.string().optional() };

/** @throws FaultError 404 for what is no compute service */
function assertCompute(binary: string): void {
  if (binary !== 'nova-compute') throw new FaultError(404, `There is no service ${binary} on that host.`);
}

/** Below 2.53 each change has an address of its own. */
function switchRoute(path: string, enabled: boolean, summary: string, reason?: z.ZodString): Route {
  return route({
    method: 'PUT',
    path: `/os-services/${path}`,
    summary,
    until: UUIDS_SINCE - 1,
    body: { 1: z.strictObject(reason === undefined ? named : { ...named, disabled_reason: reason }) },
    async handle({ context, body: { host, binary, ...more } }) {
      const why = 'disabled_reason' in more ? String(more.disabled_reason) : null;
      assertCompute(binary);
      await switchHost(context, host, { enabled, reason: why });
      const shown = why === null ? {} : { disabled_reason: why };
      return answer({ service: { host, binary, status: statusOf({ enabled }), ...shown } });
    },
  });
}

export const SERVICE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/os-services',
    summary: 'List the services of the compute side',
    status: 200,
    query: { 1: z.object(query), 75: z.strictObject(query) },
    async handle({ context, query: { host, binary }, minor }) {
      const services = (await placed(context, minor)).filter(
        (each) =>
          (host === undefined || each.host === host) && (binary === undefined || each.binary === binary),
      );
      return answer({ services: services.map((each) => serviceView(each, minor)) });
    },
  }),
  switchRoute('enable', true, 'Let servers onto a host'),
  switchRoute('disable', false, 'Let no more servers onto a host'),
  switchRoute('disable-log-reason', false, 'Let no more servers onto a host, and say why', text255.min(1)),
  route({
    method: 'PUT',
    path: '/os-services/:serviceId',
    summary: 'Let servers onto a host, or no more',
    since: UUIDS_SINCE,
    body: {
      53: z.strictObject({
        status: z.enum(['enabled', 'disabled']).optional(),
        disabled_reason: text255.min(1).optional(),
        forced_down: bool.optional(),
      }),
    },
    async handle({ context, params: { serviceId }, body, minor }) {
      const { status, disabled_reason: reason = null, forced_down: forced } = body;
      const find = async () => (await placed(context, minor)).find(({ id }) => id === serviceId);
      const service = await find();
      if (service === undefined) throw new FaultError(404, `There is no service ${serviceId}.`);
      assertCompute(service.binary);
      if (forced === true) throw new FaultError(400, 'Hosts are not forced down here.');
      if (status === undefined && forced === undefined)
        throw new FaultError(400, 'Nothing is to be changed.');
      if (reason !== null && status !== 'disabled') {
        throw new FaultError(400, 'A reason belongs to the status disabled.');
      }
      if (status !== undefined) {
        await switchHost(context, service.host, { enabled: status === 'enabled', reason });
      }
      return answer({ service: serviceView((await find()) ?? service, minor) });
    },
  }),
];
