/** A volume goes from one project to another. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSnapshot } from '~/db/factories';
import { quotas } from '~/db/schema/identity';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';
import { NOWHERE, VOLUMES } from '~/server/testing/rest-volumes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const NEW = '/volume/v3/volume-transfers';
const OLD = '/volume/v3/os-volume-transfer';

const ask = (person: Person, method: string, path: string, body?: unknown, microversion = '3.57') =>
  cloud.ask(person, method, path, body, { microversion });

const newVolume = (given: object = {}) => cloud.newVolume({ pool: 'a@usual#pool', ...given });

/** A member offers it. */
async function offered(volumeId: string) {
  const told = await ask('member', 'POST', NEW, { transfer: { volume_id: volumeId, name: 'gift' } });
  expect(told.status).toBe(202);
  return { id: told.textAt('transfer', 'id'), key: told.textAt('transfer', 'auth_key') };
}

const accept = (person: Person, id: string, auth_key: string) =>
  ask(person, 'POST', `${NEW}/${id}/accept`, { accept: { auth_key } });

async function statusOf(person: Person, id: string): Promise<string> {
  const { status, textAt } = await ask(person, 'GET', `${VOLUMES}/${id}`);
  return status === 404 ? 'gone' : textAt('volume', 'status');
}

test('it is offered, found, and taken by who knows the key', async () => {
  const volume = await newVolume();
  const snapshot = await makeSnapshot(cloud.runtime.database, volume, {});
  const { id, key } = await offered(volume.id);
  expect(await statusOf('member', volume.id)).toBe('awaiting-transfer');
  expect(await statusOf('alt', volume.id)).toBe('gone');
  expect((await ask('reader', 'GET', `${NEW}/${id}`)).body).toMatchObject({
    transfer: { id, name: 'gift', volume_id: volume.id, source_project_id: cloud.projectId, accepted: false },
  });
  expect((await ask('alt', 'GET', `${NEW}/${id}`)).status).toBe(404);
  expect((await accept('alt', id, 'guessed')).status).toBe(400);
  expect((await accept('reader', id, key)).status).toBe(403);
  expect(await accept('alt', id, key)).toMatchObject({
    status: 202,
    body: { transfer: { id, name: 'gift', volume_id: volume.id } },
  });
  expect(await statusOf('member', volume.id)).toBe('gone');
  expect(await statusOf('alt', volume.id)).toBe('available');
  const taken = await ask('alt', 'GET', `${VOLUMES}/${volume.id}`);
  expect(taken.textAt('volume', 'os-vol-tenant-attr:tenant_id')).toBe(cloud.altProject.id);
  expect((await ask('alt', 'GET', `/volume/v3/snapshots/${snapshot.id}`)).status).toBe(200);
  expect((await accept('alt', id, key)).status).toBe(404);
});

test('it is withdrawn, and available again', async () => {
  const volume = await newVolume();
  const { id, key } = await offered(volume.id);
  expect((await ask('alt', 'DELETE', `${NEW}/${id}`)).status).toBe(404);
  expect((await ask('reader', 'DELETE', `${NEW}/${id}`)).status).toBe(403);
  expect(await ask('member', 'DELETE', `${OLD}/${id}`)).toMatchObject({ status: 202, body: null });
  expect(await statusOf('member', volume.id)).toBe('available');
  expect((await accept('alt', id, key)).status).toBe(404);
});

test('of several who take it at once one gets it', async () => {
  const volume = await newVolume();
  const { id, key } = await offered(volume.id);
  const people: Person[] = ['alt', 'member', 'alt', 'admin'];
  const told = await Promise.all(people.map((person) => accept(person, id, key)));
  expect(told.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(told.filter(({ status }) => ![202, 400, 404].includes(status))).toEqual([]);
  const seen = await Promise.all([statusOf('alt', volume.id), statusOf('member', volume.id)]);
  expect(seen.sort()).toEqual(['available', 'gone']);
});

test('the key is nowhere to be read', async () => {
  const { id, key } = await offered((await newVolume()).id);
  const { sql } = cloud.runtime.database;
  const rows = await sql`select to_jsonb(t)::text as kept from volume_transfers t where id = ${id}
    union all select to_jsonb(o)::text from operations o`;
  expect(rows.some(({ kept }) => String(kept).includes(key))).toBe(false);
});

test('an offer goes with its volume', async () => {
  const volume = await newVolume({ pool: null });
  const { id } = await offered(volume.id);
  const force = await ask('admin', 'POST', `${VOLUMES}/${volume.id}/action`, { 'os-force_delete': {} });
  expect(force.status).toBe(202);
  expect((await ask('member', 'GET', `${NEW}/${id}`)).status).toBe(404);
});

describe('what speaks against an offer', () => {
  test.each<[string, object, object, number]>([
    ['a volume in use', { status: 'in-use', attachStatus: 'attached' }, {}, 400],
    ['a volume in error', { status: 'error' }, {}, 400],
    ['a volume offered already', { status: 'awaiting-transfer' }, {}, 400],
    ['an unknown volume', {}, { volume_id: NOWHERE }, 404],
    ['what is no id', {}, { volume_id: 'x' }, 400],
    ['an unknown key', {}, { junk: 1 }, 400],
    ['a long name', {}, { name: 'n'.repeat(256) }, 400],
  ])('%s', async (_what, given, wish, status) => {
    const { id } = await newVolume(given);
    expect((await ask('member', 'POST', NEW, { transfer: { volume_id: id, ...wish } })).status).toBe(status);
  });

  test('snapshots that were to stay, or are not done', async () => {
    const [whole, busy] = [await newVolume(), await newVolume()];
    await makeSnapshot(cloud.runtime.database, whole, {});
    await makeSnapshot(cloud.runtime.database, busy, { status: 'creating' });
    const offer = (volume_id: string, no_snapshots: boolean) =>
      ask('member', 'POST', NEW, { transfer: { volume_id, no_snapshots } });
    expect((await offer(whole.id, true)).status).toBe(400);
    expect((await offer(busy.id, false)).status).toBe(400);
    expect((await offer((await newVolume()).id, true)).status).toBe(202);
  });

  test('a reader, and another project', async () => {
    const body = { transfer: { volume_id: (await newVolume()).id } };
    expect(await cloud.askAll('POST', OLD, body)).toMatchObject({
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt: 404,
      reader: 403,
      member: 202,
    });
  });
});

test('the quota of who takes it is what counts', async () => {
  const volume = await newVolume({ sizeGib: 2 });
  const { id, key } = await offered(volume.id);
  await cloud.runtime.database.orm
    .insert(quotas)
    .values({ projectId: cloud.altProject.id, service: 'volume', resource: 'gigabytes', limit: 1 });
  expect(await accept('alt', id, key)).toMatchObject({ status: 413, body: { overLimit: { code: 413 } } });
  expect(await statusOf('member', volume.id)).toBe('awaiting-transfer');
});

test('lists are of one’s own, with more at later versions', async () => {
  const volume = await newVolume();
  const { id } = await offered(volume.id);
  const keys = async (path: string, microversion: string) => {
    const { body } = await ask('reader', 'GET', `${path}?volume_id=${volume.id}`, undefined, microversion);
    const [first] = (body as { transfers: object[] }).transfers;
    return Object.keys(first ?? {})
      .sort()
      .join(' ');
  };
  expect(await keys(OLD, '3.0')).toBe('id links name volume_id');
  expect(await keys(`${OLD}/detail`, '3.57')).toBe('created_at id links name volume_id');
  expect(await keys(`${NEW}/detail`, '3.55')).toBe('created_at id links name no_snapshots volume_id');
  expect(await keys(`${NEW}/detail`, '3.57')).toBe(
    'accepted created_at destination_project_id id links name no_snapshots source_project_id volume_id',
  );
  expect((await ask('member', 'GET', NEW, undefined, '3.54')).status).toBe(404);
  expect((await ask('alt', 'GET', `${NEW}?all_tenants=1`)).body).toEqual({ transfers: [] });
  const all = await ask('admin', 'GET', `${NEW}?all_tenants=1&limit=1`);
  expect((all.body as { transfers: { id: string }[] }).transfers.map((each) => each.id)).toEqual([id]);
});
