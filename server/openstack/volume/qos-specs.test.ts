/**
 * Quality-of-service specs over the wire, and what hosts are told of them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud, type Told } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const ROOT = '/volume/v3';
let made = 0;

const ask = (method: string, path: string, body?: unknown): Promise<Told> =>
  cloud.ask('admin', method, `${ROOT}${path}`, body);

async function newQos(given: object = {}): Promise<string> {
  made += 1;
  return (await ask('POST', '/qos-specs', { qos_specs: { name: `qos-${made}`, ...given } })).textAt(
    'qos_specs',
    'id',
  );
}

async function newType(): Promise<string> {
  made += 1;
  return (await ask('POST', '/types', { volume_type: { name: `type-${made}` } })).textAt('volume_type', 'id');
}

const give = (qos: string, type: string) => ask('GET', `/qos-specs/${qos}/associate?vol_type_id=${type}`);
const associations = async (qos: string) => (await ask('GET', `/qos-specs/${qos}/associations`)).body;

describe('specs', () => {
  it('are created, shown and listed', async () => {
    const body = { qos_specs: { name: ' gold ', consumer: 'front-end', total_iops_sec: '100' } };
    const told = await ask('POST', '/qos-specs', body);
    const id = told.textAt('qos_specs', 'id');
    const gold = { id, name: 'gold', consumer: 'front-end', specs: { total_iops_sec: '100' } };
    expect([told.status, told.body]).toMatchObject([200, { qos_specs: gold, links: [{ rel: 'self' }, {}] }]);
    expect((await ask('GET', `/qos-specs/${id}`)).body).toEqual(told.body);
    expect((await ask('GET', '/qos-specs?name=gold')).body).toEqual({ qos_specs: [gold] });
    expect((await ask('GET', '/qos-specs?consumer=both&name=gold')).body).toEqual({ qos_specs: [] });
  });

  it('are kept by storage unless said otherwise', async () => {
    const id = await newQos();
    expect((await ask('GET', `/qos-specs/${id}`)).body).toMatchObject({
      qos_specs: { consumer: 'back-end' },
    });
  });

  it('are listed in pages', async () => {
    const ids = [await newQos(), await newQos()];
    const first = await ask('GET', '/qos-specs?limit=1&sort=created_at:desc');
    expect(first.body).toMatchObject({ qos_specs: [{ id: ids[1] }], qos_specs_links: [{ rel: 'next' }] });
    const next = await ask('GET', `/qos-specs?limit=1&marker=${ids[1]}&sort=created_at:desc`);
    expect(next.body).toMatchObject({ qos_specs: [{ id: ids[0] }] });
    expect((await ask('GET', '/qos-specs?limit=0')).body).toEqual({ qos_specs: [] });
    expect((await ask('GET', `/qos-specs?marker=${randomUUID()}`)).status).toBe(404);
    expect((await ask('GET', '/qos-specs?sort_key=size')).status).toBe(400);
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: '  ' }],
    ['a long name', { name: 'n'.repeat(256) }],
    ['an unknown consumer', { name: 'n', consumer: 'middle' }],
    ['a number', { name: 'n', iops: 5 }],
    ['a long text', { name: 'n', iops: 'x'.repeat(256) }],
    ['an odd key', { name: 'n', 'a=b': '1' }],
  ])('are not created with %s', async (_, qos_specs) => {
    expect((await ask('POST', '/qos-specs', { qos_specs })).status).toBe(400);
  });

  it('have a name of their own', async () => {
    await ask('POST', '/qos-specs', { qos_specs: { name: 'only' } });
    expect((await ask('POST', '/qos-specs', { qos_specs: { name: 'only' } })).status).toBe(409);
  });

  it('are given keys, and lose them: all that are named, or none', async () => {
    const id = await newQos();
    const set = await ask('PUT', `/qos-specs/${id}`, { qos_specs: { a: '1', b: '2', consumer: 'both' } });
    expect([set.status, set.body]).toEqual([200, { qos_specs: { a: '1', b: '2', consumer: 'both' } }]);
    const drop = (keys: unknown) => ask('PUT', `/qos-specs/${id}/delete_keys`, { keys });
    expect((await drop(['a', 'x'])).status).toBe(404);
    expect((await drop(['a', 'a'])).status).toBe(400);
    expect((await drop('a')).status).toBe(400);
    expect(await drop(['a'])).toMatchObject({ status: 202, body: null });
    expect((await ask('GET', `/qos-specs/${id}`)).body).toMatchObject({
      qos_specs: { consumer: 'both', specs: { b: '2' } },
    });
    expect((await ask('PUT', `/qos-specs/${id}`, { qos_specs: { 'a=b': '1' } })).status).toBe(400);
    expect((await ask('PUT', `/qos-specs/${id}`, { qos_specs: { name: 'other' } })).status).toBe(400);
  });

  it('that are not there are not found', async () => {
    const nowhere = `/qos-specs/${randomUUID()}`;
    const type = await newType();
    const told = await Promise.all([
      ask('GET', nowhere),
      ask('PUT', nowhere, { qos_specs: { a: '1' } }),
      ask('PUT', `${nowhere}/delete_keys`, { keys: ['a'] }),
      ask('DELETE', nowhere),
      ask('GET', '/qos-specs/no-uuid'),
      ask('GET', `${nowhere}/associations`),
      ask('GET', `${nowhere}/associate?vol_type_id=${type}`),
      ask('GET', `${nowhere}/disassociate?vol_type_id=${type}`),
      ask('GET', `${nowhere}/disassociate_all`),
    ]);
    expect(told.map(({ status }) => status)).toEqual(told.map(() => 404));
  });
});

describe('volume types', () => {
  it('are given specs, and show them to administrators', async () => {
    const [qos, type] = [await newQos(), await newType()];
    expect(await give(qos, type)).toMatchObject({ status: 202, body: null });
    expect((await give(qos, type)).status).toBe(202);
    expect(await associations(qos)).toEqual({
      qos_associations: [{ association_type: 'volume_type', id: type, name: expect.any(String) }],
    });
    expect((await ask('GET', `/types/${type}`)).body).toMatchObject({ volume_type: { qos_specs_id: qos } });
    const { body } = await cloud.ask('member', 'GET', `${ROOT}/types/${type}`);
    expect(body).not.toHaveProperty('volume_type.qos_specs_id');
  });

  it('have one set of specs at most', async () => {
    const [one, other, type] = [await newQos(), await newQos(), await newType()];
    await give(one, type);
    expect((await give(other, type)).status).toBe(400);
    expect((await give(one, randomUUID())).status).toBe(404);
    expect((await ask('GET', `/qos-specs/${one}/associate`)).status).toBe(400);
    // What it has not got cannot be taken from it, and nobody is told.
    expect((await ask('GET', `/qos-specs/${other}/disassociate?vol_type_id=${type}`)).status).toBe(202);
    expect(await associations(one)).toMatchObject({ qos_associations: [{ id: type }] });
    expect((await ask('GET', `/qos-specs/${one}/disassociate?vol_type_id=${type}`)).status).toBe(202);
    expect((await give(other, type)).status).toBe(202);
  });

  it('keep specs from being deleted, unless by force', async () => {
    const [qos, type, second] = [await newQos(), await newType(), await newType()];
    await give(qos, type);
    await give(qos, second);
    expect((await ask('DELETE', `/qos-specs/${qos}`)).status).toBe(400);
    expect((await ask('DELETE', `/qos-specs/${qos}?force=False`)).status).toBe(400);
    expect((await ask('DELETE', `/qos-specs/${qos}?force=perhaps`)).status).toBe(400);
    expect(await ask('DELETE', `/qos-specs/${qos}?force=True`)).toMatchObject({ status: 202, body: null });
    expect((await ask('GET', `/types/${type}`)).body).toMatchObject({ volume_type: { qos_specs_id: null } });
  });

  it('lose them all at once', async () => {
    const [qos, type, second] = [await newQos(), await newType(), await newType()];
    await give(qos, type);
    await give(qos, second);
    expect((await ask('GET', `/qos-specs/${qos}/disassociate_all`)).status).toBe(202);
    expect(await associations(qos)).toEqual({ qos_associations: [] });
    expect((await ask('DELETE', `/qos-specs/${qos}`)).status).toBe(202);
  });

  it('given and deleted at once: the type never has specs that are gone', async () => {
    const [qos, type] = [await newQos(), await newType()];
    const [given, gone] = await Promise.all([give(qos, type), ask('DELETE', `/qos-specs/${qos}`)]);
    expect([
      [202, 400],
      [404, 202],
    ]).toContainEqual([given.status, gone.status]);
  });
});

describe('a host that connects a volume', () => {
  const connector = { host: 'h', ip: '10.0.0.1', initiator: 'iqn.1993-08.org.debian:01:abc' };

  async function connected(qos: string | null): Promise<unknown> {
    const type = await newType();
    if (qos !== null) await give(qos, type);
    const volume = await cloud.newVolume({ volumeTypeId: type, pool: 'a@usual#pool' });
    const body = { attachment: { volume_uuid: volume.id, instance_uuid: randomUUID(), connector } };
    const told = await cloud.ask('member', 'POST', `${ROOT}/attachments`, body, { microversion: '3.27' });
    expect(told.status).toBe(200);
    return (told.body as { attachment: { connection_info: { qos_specs?: unknown } } }).attachment
      .connection_info.qos_specs;
  }

  it.each([
    ['front-end', { total_iops_sec: '100' }],
    ['both', { total_iops_sec: '100' }],
    ['back-end', null],
  ])('is told specs of %s: %j', async (consumer, told) => {
    expect(await connected(await newQos({ consumer, total_iops_sec: '100' }))).toEqual(told);
  });

  it('is told none where the type has none', async () => {
    expect(await connected(null)).toBeNull();
  });

  it('is told them through the older call too', async () => {
    const [qos, type] = [await newQos({ consumer: 'front-end', iops: '7' }), await newType()];
    await give(qos, type);
    const volume = await cloud.newVolume({ volumeTypeId: type, pool: 'a@usual#pool' });
    const told = await cloud.ask('member', 'POST', `${ROOT}/volumes/${volume.id}/action`, {
      'os-initialize_connection': { connector },
    });
    expect(told.body).toMatchObject({ connection_info: { data: { qos_specs: { iops: '7' } } } });
  });
});
