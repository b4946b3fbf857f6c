/**
 * Events that other services of the cloud tell of servers.
 * Source: nova/api/openstack/compute/server_external_events.py and schemas/server_external_events.py
 */
import { z } from 'zod';
import { type EventFate, takeExternalEvents } from '~/server/services/external-events';
import { answer, type Route, route } from '../route';
import { storedId, text255, uuid } from './schema-types';

const from1 = [
  'network-changed',
  'network-vif-plugged',
  'network-vif-unplugged',
  'network-vif-deleted',
] as const;
const from51 = [...from1, 'volume-extended'] as const;
const from76 = [...from51, 'power-update'] as const;
const from82 = [...from76, 'accelerator-request-bound'] as const;
const from93 = [...from82, 'volume-reimaged'] as const;

function named<const Names extends readonly [string, ...string[]]>(names: Names) {
  const event = z.strictObject({
    name: z.enum(names),
    server_uuid: uuid,
    status: z.enum(['failed', 'completed', 'in-progress']).optional(),
    tag: text255.optional(),
  });
  return z.strictObject({ events: z.array(event).min(1) });
}

const CODES = { accepted: 200, 'no-server': 404, 'no-tag': 400, hostless: 422 } as const satisfies Record<
  EventFate,
  number
>;

const create = route({
  method: 'POST',
  path: '/os-server-external-events',
  summary: 'Tell events of servers',
  body: { 1: named(from1), 51: named(from51), 76: named(from76), 82: named(from82), 93: named(from93) },
  handle: async ({ context, body: { events } }) => {
    const fates = await takeExternalEvents(
      context,
      events.map(({ name, server_uuid: serverId, status = 'completed', tag = null }) => ({
        name,
        serverId: storedId(serverId),
        status,
        tag,
      })),
    );
    const told = events.map((event, at) => {
      const fate = fates[at] ?? 'no-server';
      return { ...event, status: fate === 'accepted' ? 'completed' : 'failed', code: CODES[fate] };
    });
    return answer({ events: told }, fates.every((fate) => fate === 'accepted') ? 200 : 207);
  },
});

export const EXTERNAL_EVENT_ROUTES: readonly Route[] = [create];
