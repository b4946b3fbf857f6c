/**
 * What clients ask of a server besides itself.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
let id: string;

beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  id = (await cloud.newServer()).id;
});
afterAll(() => cloud.close());

const SERVERS = '/compute/v2.1/servers';
const NOBODY = { nobody: 401, expired: 401, forged: 401, roleless: 401 };

describe('parts of a server', () => {
  it.each([
    ['ips', { addresses: {} }],
    ['os-interface', { interfaceAttachments: [] }],
    ['os-security-groups', { security_groups: [] }],
  ])('%s are none', async (part, body) => {
    const path = `${SERVERS}/${id}/${part}`;
    const told = await cloud.ask('member', 'GET', path, undefined, { microversion: '2.23' });
    expect([told.status, told.body]).toEqual([200, body]);
    const all = await cloud.askAll('GET', path, undefined, { microversion: '2.23' });
    expect(all).toEqual({ ...NOBODY, alt: 404, reader: 200, member: 200, admin: 200 });
  });

  it('are no migrations either, for administrators', async () => {
    const path = `${SERVERS}/${id}/migrations`;
    const told = await cloud.ask('admin', 'GET', path, undefined, { microversion: '2.23' });
    expect([told.status, told.body]).toEqual([200, { migrations: [] }]);
  });

  it('has no address in any network', async () => {
    expect((await cloud.ask('member', 'GET', `${SERVERS}/${id}/ips/private`)).status).toBe(404);
  });
});

describe('diagnostics of a server', () => {
  const ask = (server: string, microversion: string) =>
    cloud.ask('admin', 'GET', `${SERVERS}/${server}/diagnostics`, undefined, { microversion });

  it('are what is known of it', async () => {
    expect((await ask(id, '2.1')).body).toEqual({ memory: 512 * 1024 });
    expect((await ask(id, '2.48')).body).toMatchObject({
      state: 'pending',
      num_cpus: 1,
      num_disks: 0,
      nic_details: [],
    });
  });

  it('are of a server that is ACTIVE', async () => {
    const stopped = await cloud.newServer({ vmState: 'stopped' });
    expect((await ask(stopped.id, '2.48')).status).toBe(409);
  });
});

describe('metadata of a server', () => {
  const ask = (method: string, path = '', body?: unknown) =>
    cloud.ask('member', method, `${SERVERS}/${id}/metadata${path}`, body);

  it('is set besides what there is, replaced, and removed', async () => {
    expect((await ask('POST', '', { metadata: { a: '1', b: '2' } })).body).toEqual({
      metadata: { a: '1', b: '2' },
    });
    expect((await ask('POST', '', { metadata: { b: '3' } })).body).toEqual({ metadata: { a: '1', b: '3' } });
    expect((await ask('PUT', '/c', { meta: { c: '4' } })).body).toEqual({ meta: { c: '4' } });
    expect((await ask('GET', '/c')).body).toEqual({ meta: { c: '4' } });
    expect((await ask('DELETE', '/c')).status).toBe(204);
    expect((await ask('PUT', '', { metadata: { d: '5' } })).body).toEqual({ metadata: { d: '5' } });
    expect((await ask('GET')).body).toEqual({ metadata: { d: '5' } });
  });

  it('is refused when it is bad', async () => {
    expect((await ask('POST', '', { metadata: { a: 1 } })).status).toBe(400);
    expect((await ask('POST', '', { metadata: { 'a/b': '1' } })).status).toBe(400);
    expect((await ask('POST', '', {})).status).toBe(400);
    expect((await ask('PUT', '/a', { meta: { b: '1' } })).status).toBe(400);
    expect((await ask('GET', '/nope')).status).toBe(404);
    expect((await ask('DELETE', '/nope')).status).toBe(404);
    const many = Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`key-${at}`, '']));
    expect((await ask('PUT', '', { metadata: many })).status).toBe(403);
  });

  it('stays as it is while the server is locked, or in no state to', async () => {
    const locked = await cloud.newServer({ lockedBy: 'owner' });
    const shelved = await cloud.newServer({ vmState: 'shelved' });
    const told = await Promise.all(
      [locked, shelved].map((server) =>
        cloud.ask('member', 'POST', `${SERVERS}/${server.id}/metadata`, { metadata: { a: '1' } }),
      ),
    );
    expect(told.map(({ status }) => status)).toEqual([409, 409]);
  });

  it('is changed by members of its project', async () => {
    const told = await cloud.askAll('POST', `${SERVERS}/${id}/metadata`, { metadata: { a: '1' } });
    expect(told).toEqual({ ...NOBODY, alt: 404, reader: 403, member: 200, admin: 200 });
    const seen = await cloud.askAll('GET', `${SERVERS}/${id}/metadata`);
    expect(seen).toEqual({ ...NOBODY, alt: 404, reader: 200, member: 200, admin: 200 });
  });
});

describe('tags of a server', () => {
  const ask = (method: string, path = '', body?: unknown, microversion = '2.26') =>
    cloud.ask('member', method, `${SERVERS}/${id}/tags${path}`, body, { microversion });

  it('are set, added, looked at and removed', async () => {
    expect((await ask('PUT', '', { tags: ['a', 'b', 'a'] })).body).toEqual({ tags: ['a', 'b'] });
    const added = await ask('PUT', '/c');
    expect([added.status, added.headers.get('location')]).toEqual([
      201,
      `http://mooring.test/compute/v2.1/servers/${id}/tags/c`,
    ]);
    expect((await ask('PUT', '/c')).status).toBe(204);
    expect((await ask('GET', '/c')).status).toBe(204);
    expect((await ask('DELETE', '/a')).status).toBe(204);
    expect((await ask('GET')).body).toEqual({ tags: ['b', 'c'] });
    expect((await ask('DELETE')).status).toBe(204);
    expect((await ask('GET')).body).toEqual({ tags: [] });
  });

  it('are refused when they are bad', async () => {
    expect((await ask('PUT', '', { tags: ['a,b'] })).status).toBe(400);
    expect((await ask('PUT', '', { tags: Array.from({ length: 51 }, (_, at) => `t${at}`) })).status).toBe(
      400,
    );
    expect((await ask('PUT', `/${'x'.repeat(61)}`)).status).toBe(400);
    expect((await ask('GET', '/nope')).status).toBe(404);
    expect((await ask('DELETE', '/nope')).status).toBe(404);
    expect((await ask('GET', '', undefined, '2.25')).status).toBe(404);
  });

  it('are changed by members of its project', async () => {
    const path = `${SERVERS}/${id}/tags`;
    const told = await cloud.askAll('PUT', path, { tags: ['a'] }, { microversion: '2.26' });
    expect(told).toEqual({ ...NOBODY, alt: 404, reader: 403, member: 200, admin: 200 });
  });
});
