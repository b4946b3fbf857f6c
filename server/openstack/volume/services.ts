/**
 * Services of the storage side: which there are, and whether they are given work.
 * Source: cinder/api/v3/services.py, cinder/api/schemas/services.py
 */
import { z } from 'zod';
import { failOver, setHostFrozen, setServiceEnabled } from '~/server/services/change-storage-service';
import {
  listStorageServices,
  type StorageServiceRecord,
} from '~/server/services/records/storage-service-records';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { text255 } from './schema-types';
import { volumeTime } from './volume-time';

/** Versions that brought a key. */
const CLUSTER = 7;
const BACKEND_STATE = 49;

const host = text255.min(1, { error: 'expects a host' });
const ofService = { host, binary: text255.optional(), service: text255.optional() };
const named = z.strictObject(ofService);
const withReason = z.strictObject({
  ...ofService,
  disabled_reason: text255.trim().min(1, { error: 'expects a reason' }),
});
const onHost = z.strictObject({ host });
const failing = z.strictObject({ host, backend_id: text255.nullable().optional() });

function view(service: StorageServiceRecord, minor: number): unknown {
  const { binary, enabled, up, frozen } = service;
  return {
    binary,
    host: service.host,
    zone: service.zone,
    status: enabled ? 'enabled' : 'disabled',
    state: up ? 'up' : 'down',
    updated_at: volumeTime(service.updatedAt),
    disabled_reason: service.disabledReason,
    ...(binary === 'cinder-volume'
      ? {
          replication_status: 'disabled',
          active_backend_id: null,
          frozen,
          ...(minor >= BACKEND_STATE ? { backend_state: up ? 'up' : 'down' } : {}),
        }
      : {}),
    ...(minor >= CLUSTER ? { cluster: null } : {}),
  };
}

/** @throws FaultError 400 when the body names none */
function binaryOf({
  binary,
  service,
}: {
  binary?: string | undefined;
  service?: string | undefined;
}): string {
  const found = binary ?? service;
  if (found === undefined)
    throw new FaultError(400, 'The body must name the service, as binary or as service.');
  return found;
}

/** What is told of a change, under both names of the service. */
function told(service: { host: string; binary: string }, enabled: boolean): Record<string, unknown> {
  return {
    host: service.host,
    service: service.binary,
    binary: service.binary,
    disabled: !enabled,
    status: enabled ? 'enabled' : 'disabled',
  };
}

export const SERVICE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/os-services',
    summary: 'List the services of storage',
    status: 200,
    query: { 0: z.object({ host: z.string().optional(), binary: z.string().optional() }) },
    handle: async ({ context, query, minor }) => {
      const services = await listStorageServices(context, query);
      return answer({ services: services.map((service) => view(service, minor)) });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-services/enable',
    summary: 'Put a service in use',
    status: 200,
    body: { 0: named },
    handle: async ({ context, body }) => {
      const service = { host: body.host, binary: binaryOf(body) };
      await setServiceEnabled(context, { ...service, enabled: true, reason: null });
      return answer({ ...told(service, true), disabled_reason: null });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-services/disable',
    summary: 'Put a service out of use',
    status: 200,
    body: { 0: named },
    handle: async ({ context, body }) => {
      const service = { host: body.host, binary: binaryOf(body) };
      await setServiceEnabled(context, { ...service, enabled: false, reason: null });
      return answer(told(service, false));
    },
  }),
  route({
    method: 'PUT',
    path: '/os-services/disable-log-reason',
    summary: 'Put a service out of use, and say why',
    status: 200,
    body: { 0: withReason },
    handle: async ({ context, body }) => {
      const service = { host: body.host, binary: binaryOf(body) };
      const reason = body.disabled_reason;
      await setServiceEnabled(context, { ...service, enabled: false, reason });
      return answer({ ...told(service, false), disabled_reason: reason });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-services/freeze',
    summary: 'Give a backend nothing new',
    status: 200,
    body: { 0: onHost },
    handle: async ({ context, body }) => {
      await setHostFrozen(context, body.host, true);
      return empty(200);
    },
  }),
  route({
    method: 'PUT',
    path: '/os-services/thaw',
    summary: 'Give a frozen backend work again',
    status: 200,
    body: { 0: onHost },
    handle: async ({ context, body }) => {
      await setHostFrozen(context, body.host, false);
      return empty(200);
    },
  }),
  ...(['failover_host', 'failover'] as const).map((word) =>
    route({
      method: 'PUT',
      path: `/os-services/${word}`,
      summary: 'Switch a backend over to its replica: refused, as none is replicated',
      status: null,
      ...(word === 'failover' ? { since: 26 } : {}),
      body: { 0: failing },
      handle: ({ context, body }) => failOver(context, body.host),
    }),
  ),
];
