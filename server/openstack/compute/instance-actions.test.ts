/**
 * What was done to a server, over the compute API: made of operations, told by version.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, type ServerRecord } from '~/db/factories';
import { operations } from '~/db/schema/operation';
import { perform } from '~/server/services/perform';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const base = ({ id }: { id: string }) => `/compute/v2.1/servers/${id}/os-instance-actions`;
const ask = (person: Person, path: string, microversion: string) =>
  cloud.ask(person, 'GET', path, undefined, { microversion });

/** An operation that has ended, as the worker leaves it. */
async function done(
  server: ServerRecord,
  action: string,
  at: string,
  more: Partial<typeof operations.$inferInsert> = {},
): Promise<string> {
  const requestId = `req-${randomUUID()}`;
  await cloud.runtime.database.orm.insert(operations).values({
    id: randomUUID(),
    requestId,
    action,
    userId: 'user-1',
    userName: 'somebody',
    projectId: server.projectId,
    serverId: server.id,
    outcome: 'succeeded',
    startedAt: new Date(at),
    updatedAt: new Date(at),
    endedAt: new Date(at),
    ...more,
  });
  return requestId;
}

const namesIn = (body: unknown) =>
  (body as { instanceActions: { action: string }[] }).instanceActions.map(({ action }) => action);

describe('the list', () => {
  it('has the names of the compute API, newest first, and nothing of storage alone', async () => {
    const server = await cloud.newServer();
    const minute = (n: number) => `2026-01-01T00:0${n}:00Z`;
    await done(server, 'server.create', minute(0));
    await done(server, 'volume.attach', minute(1), {
      outcome: 'failed',
      cause: 'fault',
      reason: 'The host is on fire.',
    });
    await done(server, 'attachment.set-delete-on-termination', minute(2));
    await done(server, 'attachment.swap', minute(3));
    await done(server, 'server.shelve-offload', minute(4));
    await done(server, 'live-migration', minute(5));
    const { body } = await ask('reader', base(server), '2.1');
    expect(namesIn(body)).toEqual([
      'live-migration',
      'shelveOffload',
      'swap_volume',
      'attach_volume',
      'create',
    ]);
    expect((body as { instanceActions: unknown[] }).instanceActions[3]).toEqual({
      action: 'attach_volume',
      instance_uuid: server.id,
      request_id: expect.stringMatching(/^req-/),
      user_id: 'user-1',
      project_id: cloud.project.id,
      start_time: '2026-01-01T00:01:00.000000',
      message: 'Error',
    });
  });

  it('has pages from 2.58 on', async () => {
    const server = await cloud.newServer();
    const asked: string[] = [];
    for (const n of [1, 2, 3]) asked.push(await done(server, 'server.lock', `2026-01-0${n}T00:00:00Z`));
    const path = base(server);
    const page = async (query: string, microversion = '2.66') =>
      (await ask('reader', path + query, microversion)).body;
    const ids = async (query: string) =>
      ((await page(query)) as { instanceActions: { request_id: string }[] }).instanceActions.map((each) =>
        asked.indexOf(each.request_id),
      );
    expect(await ids('')).toEqual([2, 1, 0]);
    expect(await ids('?limit=0')).toEqual([]);
    expect(await ids('?limit=2')).toEqual([2, 1]);
    expect(await ids(`?marker=${asked[1]}`)).toEqual([0]);
    expect(await ids('?changes-since=2026-01-02T00:00:00Z')).toEqual([2, 1]);
    expect(await ids('?changes-since=2026-01-02&changes-before=2026-01-02T12:00:00%2B00:00')).toEqual([1]);
    expect(await page('?limit=1')).toMatchObject({
      links: [{ rel: 'next', href: `http://mooring.test${path}?limit=1&marker=${asked[2]}` }],
    });
    expect(await page('?limit=2&marker=nothing', '2.57')).not.toHaveProperty('links');
  });

  it.each<[string, string, number]>([
    ['?limit=1&limit=2', '2.58', 400],
    ['?limit=-1', '2.58', 400],
    ['?marker=nothing', '2.58', 400],
    ['?nonsense=1', '2.57', 200],
    ['?nonsense=1', '2.58', 400],
    ['?changes-since=yesterday', '2.58', 400],
    ['?changes-before=2026-01-01', '2.65', 400],
    ['?changes-since=2026-01-02&changes-before=2026-01-01', '2.66', 400],
  ])('%s at %s is %d', async (query, microversion, status) => {
    const server = await cloud.newServer();
    expect((await ask('reader', base(server) + query, microversion)).status).toBe(status);
  });

  it('is of a deleted server too, from 2.21 on', async () => {
    const server = await cloud.newServer({ deletedAt: new Date(), vmState: 'deleted', host: null });
    expect((await ask('reader', base(server), '2.20')).status).toBe(404);
    expect((await ask('reader', base(server), '2.21')).status).toBe(200);
  });
});

describe('one action', () => {
  const plain = ['event', 'start_time', 'finish_time', 'result'];
  it.each<[string, Person, string[] | null]>([
    ['2.50', 'reader', null],
    ['2.50', 'admin', [...plain, 'traceback']],
    ['2.51', 'reader', plain],
    ['2.51', 'admin', [...plain, 'traceback']],
    ['2.62', 'reader', [...plain, 'hostId']],
    ['2.62', 'admin', [...plain, 'traceback', 'host', 'hostId']],
    ['2.84', 'reader', [...plain, 'hostId']],
    ['2.84', 'admin', [...plain, 'traceback', 'host', 'hostId', 'details']],
  ])('at %s has for the %s the events of that version', async (microversion, person, keys) => {
    const server = await cloud.newServer();
    const failed = { outcome: 'failed', cause: 'fault', reason: 'The host is on fire.' } as const;
    const id = await done(server, 'volume.detach', '2026-01-01T00:00:00Z', failed);
    const { body } = await ask(person, `${base(server)}/${id}`, microversion);
    const all: Record<string, unknown> = {
      event: 'compute_detach_volume',
      start_time: '2026-01-01T00:00:00.000000',
      finish_time: '2026-01-01T00:00:00.000000',
      result: 'Error',
      traceback: null,
      host: cloud.host,
      hostId: expect.stringMatching(/^[0-9a-f]{56}$/),
      details: 'The host is on fire.',
    };
    const shown = keys === null ? {} : { events: [Object.fromEntries(keys.map((key) => [key, all[key]]))] };
    const changed = microversion < '2.58' ? {} : { updated_at: '2026-01-01T00:00:00.000000' };
    expect(body).toEqual({
      instanceAction: {
        action: 'detach_volume',
        instance_uuid: server.id,
        request_id: id,
        user_id: 'user-1',
        project_id: cloud.project.id,
        start_time: '2026-01-01T00:00:00.000000',
        message: 'Error',
        ...changed,
        ...shown,
      },
    });
  });

  it('tells of an extend to every server that had the volume then, and to no other', async () => {
    const [server, later] = [await cloud.newServer(), await cloud.newServer()];
    const volume = await cloud.newVolume();
    await makeAttachment(cloud.runtime.database, volume, { serverId: server.id, device: '/dev/vdb' });
    await perform(cloud.admin, { action: 'volume.extend', id: volume.id, input: { sizeGib: 2 } });
    const list = await eventually(async () => {
      const { body } = await ask('admin', base(server), '2.1');
      return namesIn(body).length > 0 ? (body as { instanceActions: { request_id: string }[] }) : undefined;
    }, 'the extend');
    const one = `${base(server)}/${list.instanceActions[0]?.request_id}`;
    const ended = await eventually(async () => {
      const { body } = await ask('admin', one, '2.1');
      return JSON.stringify(body).includes('Success') ? body : undefined;
    }, 'the end of it');
    expect(ended).toMatchObject({
      instanceAction: {
        action: 'extend_volume',
        message: null,
        events: [{ event: 'compute_extend_volume', result: 'Success', finish_time: expect.any(String) }],
      },
    });
    expect(namesIn((await ask('admin', base(later), '2.1')).body)).toEqual([]);
  });

  it('is not there for a request that did nothing to the server', async () => {
    const [server, other] = [await cloud.newServer(), await cloud.newServer()];
    const id = await done(other, 'server.lock', '2026-01-01T00:00:00Z');
    for (const path of [`${base(server)}/${id}`, `${base(server)}/nonsense`, base({ id: 'nonsense' })]) {
      const { status, body } = await ask('member', path, '2.93');
      expect([status, body]).toEqual([404, { itemNotFound: { code: 404, message: expect.any(String) } }]);
    }
  });

  it('is for whoever may read in its project', async () => {
    const server = await cloud.newServer();
    const id = await done(server, 'server.lock', '2026-01-01T00:00:00Z');
    const codes = {
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt: 404,
      reader: 200,
      member: 200,
      admin: 200,
    };
    expect(await cloud.askAll('GET', base(server))).toEqual(codes);
    expect(await cloud.askAll('GET', `${base(server)}/${id}`)).toEqual(codes);
  });
});
