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

/** Told of a change, under both names of the service; the reason only where it is known which. */
function switchRoute(
  word: string,
  enabled: boolean,
  summary: string,
  body: typeof named | typeof withReason,
): Route {
  return route({
    method: 'PUT',
    path: `/os-services/${word}`,
    summary,
    status: 200,
    body: { 0: body },
    handle: async ({ context, body: given }) => {
      const binary = binaryOf(given);
      const reason = 'disabled_reason' in given ? given.disabled_reason : null;
      await setServiceEnabled(context, { host: given.host, binary, enabled, reason });
      return answer({
        host: given.host,
        service: binary,
        binary,
        disabled: !enabled,
        status: enabled ? 'enabled' : 'disabled',
        ...(enabled || reason !== null ? { disabled_reason: reason } : {}),
      });
    },
  });
}

function freezeRoute(word: string, frozen: boolean, summary: string): Route {
  return route({
    method: 'PUT',
    path: `/os-services/${word}`,
    summary,
    status: 200,
    body: { 0: onHost },
    handle: async ({ context, body }) => {
      await setHostFrozen(context, body.host, frozen);
      return empty(200);
    },
  });
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
  switchRoute('enable', true, 'Put a service in use', named),
  switchRoute('disable', false, 'Put a service out of use', named),
  switchRoute('disable-log-reason', false, 'Put a service out of use, and say why', withReason),
  freezeRoute('freeze', true, 'Give a backend nothing new'),
  freezeRoute('thaw', false, 'Give a frozen backend work again'),
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
