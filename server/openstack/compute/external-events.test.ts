/**
 * What other services tell of servers: names by version, what becomes of each event, and who may.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perform } from '~/server/services/perform';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

const NOWHERE = '00000000-0000-0000-0000-000000000404';
const PATH = '/compute/v2.1/os-server-external-events';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const tell = (events: unknown, microversion = '2.93') =>
  cloud.ask('admin', 'POST', PATH, { events }, { microversion });

describe('a name', () => {
  it.each([
    ['network-changed', 1, 1],
    ['network-vif-plugged', 1, 1],
    ['volume-extended', 50, 51],
    ['power-update', 75, 76],
    ['accelerator-request-bound', 81, 82],
    ['volume-reimaged', 92, 93],
  ])('%s is unknown at 2.%d and known at 2.%d', async (name, before, since) => {
    const server = await cloud.newServer();
    const event = { name, server_uuid: server.id, tag: NOWHERE };
    if (before < since) expect((await tell([event], `2.${before}`)).status).toBe(400);
    const { status, body } = await tell([event], `2.${since}`);
    expect([status, body]).toEqual([200, { events: [{ ...event, status: 'completed', code: 200 }] }]);
  });
});

it('answers each event for itself, in order', async () => {
  const server = await cloud.newServer({ vmState: 'error', taskState: 'deleting', lockedBy: 'admin' });
  const homeless = await cloud.newServer({ vmState: 'shelved_offloaded', host: null });
  const volume = await cloud.newVolume();
  const about = (server_uuid: string, more = {}) => ({ name: 'volume-extended', server_uuid, ...more });
  const events = [
    about(server.id, { tag: volume.id, status: 'in-progress' }),
    about(NOWHERE),
    about(homeless.id),
    about(homeless.id, { tag: volume.id }),
  ];
  const { status, body } = await tell(events, '2.51');
  expect([status, body]).toEqual([
    207,
    {
      events: [
        { ...events[0], status: 'completed', code: 200 },
        { ...events[1], status: 'failed', code: 404 },
        { ...events[2], status: 'failed', code: 400 },
        { ...events[3], status: 'failed', code: 422 },
      ],
    },
  ]);
});

it('is noted as an action of the server', async () => {
  const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
  await tell([{ name: 'volume-extended', server_uuid: server.id.toUpperCase(), tag: volume.id }]);
  const { body } = await cloud.ask('member', 'GET', `/compute/v2.1/servers/${server.id}/os-instance-actions`);
  expect(body).toMatchObject({ instanceActions: [{ action: 'extend_volume', message: null }] });
});

it('ends an extend that waits for its host', async () => {
  const { sql } = cloud.runtime.database;
  const server = await cloud.newServer();
  const volume = await cloud.newVolume();
  const { operationId } = await perform(cloud.admin, {
    action: 'volume.extend',
    id: volume.id,
    input: { sizeGib: 2 },
  });
  await sql`update operations set phase = 'complete' where id = ${operationId}`;
  const event = { name: 'volume-extended', server_uuid: server.id, tag: volume.id };
  await tell([{ ...event, status: 'in-progress' }]);
  const now = async () => (await sql`select status, size_gib from volumes where id = ${volume.id}`)[0];
  expect(await now()).toEqual({ status: 'extending', size_gib: 1 });
  await tell([event]);
  expect(await now()).toEqual({ status: 'available', size_gib: 2 });
});

it.each<[string, unknown]>([
  ['no events', { events: [] }],
  ['no list', { events: {} }],
  ['a key too many', { events: [{ name: 'network-changed', server_uuid: NOWHERE, extra: 1 }] }],
  ['a key too many outside', { events: [{ name: 'network-changed', server_uuid: NOWHERE }], extra: 1 }],
  ['no server', { events: [{ name: 'network-changed' }] }],
  ['no UUID', { events: [{ name: 'network-changed', server_uuid: 'x' }] }],
  ['another status', { events: [{ name: 'network-changed', server_uuid: NOWHERE, status: 'done' }] }],
  ['a long tag', { events: [{ name: 'network-changed', server_uuid: NOWHERE, tag: 'a'.repeat(256) }] }],
  ['nothing', null],
])('refuses %s', async (_, body) => {
  const { status, body: said } = await cloud.ask('admin', 'POST', PATH, body);
  expect([status, Object.keys(said as object)]).toEqual([400, ['badRequest']]);
});

it('is for administrators and services', async () => {
  const server = await cloud.newServer();
  const body = { events: [{ name: 'network-changed', server_uuid: server.id }] };
  expect(await cloud.askAll('POST', PATH, body)).toEqual({
    nobody: 401,
    expired: 401,
    forged: 401,
    roleless: 401,
    alt: 403,
    reader: 403,
    member: 403,
    admin: 200,
  });
  const asService = await cloud.ask('alt', 'POST', PATH, body, { serviceToken: 'good' });
  expect(asService.status).toBe(200);
});
