/**
 * Encryption by volume type over the wire, and what volumes of such a type say.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const ROOT = '/volume/v3';
const LUKS = { provider: 'luks', cipher: 'aes-xts-plain64', key_size: 256, control_location: 'front-end' };
let made = 0;

const ask = (method: string, path: string, body?: unknown) =>
  cloud.ask('admin', method, `${ROOT}${path}`, body);

async function newType(encryption?: object): Promise<string> {
  made += 1;
  const told = await ask('POST', '/types', { volume_type: { name: `encrypted-${made}` } });
  const id = told.textAt('volume_type', 'id');
  if (encryption !== undefined) await ask('POST', `/types/${id}/encryption`, { encryption });
  return id;
}

describe('a type', () => {
  it('is encrypted, shown, changed, and encrypted no longer', async () => {
    const type = await newType();
    const path = `/types/${type}/encryption`;
    expect((await ask('GET', path)).body).toEqual({});
    const created = await ask('POST', path, { encryption: LUKS });
    const id = created.textAt('encryption', 'encryption_id');
    expect([created.status, created.body]).toEqual([
      200,
      { encryption: { ...LUKS, volume_type_id: type, encryption_id: id } },
    ]);
    expect((await ask('GET', path)).body).toEqual({
      ...LUKS,
      volume_type_id: type,
      encryption_id: id,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      updated_at: null,
      deleted: false,
      deleted_at: null,
    });
    const changed = await ask('PUT', `${path}/${id}`, { encryption: { key_size: '128', provider: 'other' } });
    expect([changed.status, changed.body]).toEqual([
      200,
      { encryption: { key_size: 128, provider: 'other' } },
    ]);
    expect((await ask('GET', `${path}/key_size`)).body).toEqual({ key_size: 128 });
    expect((await ask('GET', `${path}/cipher`)).body).toEqual({ cipher: LUKS.cipher });
    await ask('PUT', `${path}/${id}`, { encryption: { cipher: null } });
    expect((await ask('GET', `${path}/cipher`)).body).toEqual({ cipher: null });
    expect((await ask('GET', `${path}/secret`)).status).toBe(404);
    expect((await ask('POST', path, { encryption: LUKS })).status).toBe(400);
    expect(await ask('DELETE', `${path}/${id}`)).toMatchObject({ status: 202, body: null });
    expect((await ask('GET', path)).body).toEqual({});
    expect((await ask('DELETE', `${path}/${id}`)).status).toBe(404);
    expect((await ask('PUT', `${path}/${id}`, { encryption: {} })).status).toBe(404);
  });

  it.each([
    ['no provider', { control_location: 'front-end' }],
    ['no location', { provider: 'luks' }],
    ['an unknown location', { provider: 'luks', control_location: 'both' }],
    ['a negative key', { ...LUKS, key_size: -1 }],
    ['a word for a key', { ...LUKS, key_size: 'long' }],
    ['a long cipher', { ...LUKS, cipher: 'x'.repeat(256) }],
  ])('is not encrypted with %s', async (_, encryption) => {
    expect((await ask('POST', `/types/${await newType()}/encryption`, { encryption })).status).toBe(400);
  });

  it('that is not there is not found', async () => {
    const path = `/types/${randomUUID()}/encryption`;
    const told = await Promise.all([
      ask('GET', path),
      ask('POST', path, { encryption: LUKS }),
      ask('PUT', `${path}/any`, { encryption: {} }),
      ask('DELETE', `${path}/any`),
    ]);
    expect(told.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });
});

describe('volumes of an encrypted type', () => {
  async function newVolume(type: string): Promise<string> {
    const body = { volume: { size: 1, volume_type: type } };
    const told = await cloud.ask('member', 'POST', `${ROOT}/volumes`, body);
    const id = told.textAt('volume', 'id');
    await eventually(async () => {
      const { body } = await cloud.ask('member', 'GET', `${ROOT}/volumes/${id}`);
      return (body as { volume: { status: string } }).volume.status === 'available' ? true : undefined;
    }, 'it to be made');
    return id;
  }

  it('say so, each with a key of its own, and keep the type as it is', async () => {
    const type = await newType(LUKS);
    const [one, other] = [await newVolume(type), await newVolume(type)];
    const shown = await cloud.ask('member', 'GET', `${ROOT}/volumes/${one}`, undefined, {
      microversion: '3.64',
    });
    expect(shown.body).toMatchObject({ volume: { encrypted: true, status: 'available' } });
    const keys = await Promise.all(
      [one, other].map((id) => cloud.ask('member', 'GET', `${ROOT}/volumes/${id}/encryption`)),
    );
    expect(keys[0]?.body).toEqual({
      ...LUKS,
      encryption_key_id: shown.textAt('volume', 'encryption_key_id'),
    });
    expect(keys[0]?.textAt('encryption_key_id')).not.toBe(keys[1]?.textAt('encryption_key_id'));
    const path = `/types/${type}/encryption`;
    expect((await ask('PUT', `${path}/any`, { encryption: { key_size: 1 } })).status).toBe(400);
    expect((await ask('DELETE', `${path}/any`)).status).toBe(400);
  });

  it('are connected as such', async () => {
    const volume = await newVolume(await newType(LUKS));
    const connector = { host: 'h', ip: '10.0.0.1', initiator: 'iqn.1993-08.org.debian:01:abc' };
    const body = { attachment: { volume_uuid: volume, instance_uuid: randomUUID(), connector } };
    const told = await cloud.ask('member', 'POST', `${ROOT}/attachments`, body, { microversion: '3.27' });
    expect(told.body).toMatchObject({ attachment: { connection_info: { encrypted: true } } });
  });

  it('a type that has volumes is not encrypted any more', async () => {
    const type = await newType();
    await newVolume(type);
    expect((await ask('POST', `/types/${type}/encryption`, { encryption: LUKS })).status).toBe(400);
  });
});
