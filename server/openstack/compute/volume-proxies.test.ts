/**
 * Volumes and snapshots behind the compute API, for clients of before 2.36.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, makeSnapshot } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

const NOWHERE = '00000000-0000-0000-0000-000000000404';
const VOLUMES = '/compute/v2.1/os-volumes';
const SNAPSHOTS = '/compute/v2.1/os-snapshots';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);

describe('a volume', () => {
  it('has the names the compute API had for what it is', async () => {
    const [server, volume] = [
      await cloud.newServer(),
      await cloud.newVolume({ description: 'big', metadata: { a: 'b' } }),
    ];
    const shown = {
      id: volume.id,
      status: 'available',
      size: 1,
      availabilityZone: 'nova',
      createdAt: time,
      attachments: [{}],
      displayName: volume.name,
      displayDescription: 'big',
      volumeType: 'plain',
      snapshotId: null,
      metadata: { a: 'b' },
    };
    const path = `${VOLUMES}/${volume.id}`;
    expect((await cloud.ask('reader', 'GET', path)).body).toEqual({ volume: shown });
    await makeAttachment(cloud.runtime.database, volume, {
      serverId: server.id,
      device: '/dev/vdb',
      mountpoint: '/dev/vdb',
    });
    const attached = { id: volume.id, volumeId: volume.id, serverId: server.id, device: '/dev/vdb' };
    expect((await cloud.ask('reader', 'GET', path, undefined, { microversion: '2.35' })).body).toEqual({
      volume: { ...shown, status: 'in-use', attachments: [attached] },
    });
  });

  it('is created, listed and deleted', async () => {
    await cloud.newVolume();
    const wish = { size: '2', display_name: 'mine', metadata: { Type: 'work' }, volume_type: '__DEFAULT__' };
    const made = await cloud.ask('member', 'POST', VOLUMES, { volume: wish });
    expect([made.status, made.body]).toMatchObject([
      200,
      { volume: { status: 'creating', size: 2, displayName: 'mine', metadata: { Type: 'work' } } },
    ]);
    const path = `${VOLUMES}/${made.textAt('volume', 'id')}`;
    expect(made.headers.get('location')).toBe(`http://mooring.test${path}`);
    const shown = await eventually(async () => {
      const told = await cloud.ask('reader', 'GET', path);
      return told.textAt('volume', 'status') === 'available' ? told.body : undefined;
    }, 'the volume');
    const { volume } = shown as { volume: unknown };
    for (const list of [VOLUMES, `${VOLUMES}/detail`]) {
      expect((await cloud.ask('reader', 'GET', list)).body).toEqual({
        volumes: expect.arrayContaining([volume]),
      });
      const [all, one] = [
        await cloud.ask('reader', 'GET', list),
        await cloud.ask('reader', 'GET', `${list}?offset=1&limit=1`),
      ];
      expect(one.textAt('volumes', 0, 'id')).toBe(all.textAt('volumes', 1, 'id'));
      expect((one.body as { volumes: unknown[] }).volumes).toHaveLength(1);
    }
    const gone = await cloud.ask('member', 'DELETE', path);
    expect([gone.status, gone.body]).toEqual([202, null]);
    await eventually(
      async () => ((await cloud.ask('reader', 'GET', path)).status === 404 ? true : undefined),
      'its end',
    );
  });

  it.each<[unknown]>([
    [undefined],
    [{ volume: {} }],
    [{ volume: { size: '' } }],
    [{ volume: { size: '0' } }],
    [{ volume: { size: '#$%' } }],
    [{ volume: { size: -1 } }],
    [{ volume: { size: 1, extra: 1 } }],
    [{ volume: { size: 1 }, extra: 1 }],
    [{ volume: { size: 1, metadata: { a: 1 } } }],
  ])('is not made of %j', async (body) => {
    expect((await cloud.ask('member', 'POST', VOLUMES, body ?? '')).status).toBe(400);
  });
});

it('makes, shows and deletes snapshots', async () => {
  const volume = await cloud.newVolume({ pool: 'a@usual#pool' });
  const wish = { volume_id: volume.id, display_name: 'before', display_description: 'the change' };
  const made = await cloud.ask('member', 'POST', SNAPSHOTS, { snapshot: wish });
  const view = {
    id: expect.any(String),
    volumeId: volume.id,
    status: 'creating',
    size: 1,
    createdAt: time,
    displayName: 'before',
    displayDescription: 'the change',
  };
  expect([made.status, made.body]).toEqual([200, { snapshot: view }]);
  const path = `${SNAPSHOTS}/${made.textAt('snapshot', 'id')}`;
  await eventually(async () => {
    const told = await cloud.ask('reader', 'GET', path);
    return told.textAt('snapshot', 'status') === 'available' ? true : undefined;
  }, 'the snapshot');
  for (const list of [SNAPSHOTS, `${SNAPSHOTS}/detail`]) {
    const { body } = await cloud.ask('reader', 'GET', list);
    expect(body).toEqual({ snapshots: expect.arrayContaining([{ ...view, status: 'available' }]) });
  }
  expect((await cloud.ask('member', 'DELETE', path)).status).toBe(202);
  await eventually(
    async () => ((await cloud.ask('reader', 'GET', path)).status === 404 ? true : undefined),
    'its end',
  );
});

describe('from 2.36 on', () => {
  it.each([VOLUMES, `${VOLUMES}/detail`, `${VOLUMES}/${NOWHERE}`, SNAPSHOTS, `${SNAPSHOTS}/${NOWHERE}`])(
    '%s is not there',
    async (path) => {
      const { status, body } = await cloud.ask('admin', 'GET', path, undefined, { microversion: '2.36' });
      expect([status, body]).toEqual([404, { itemNotFound: { code: 404, message: expect.any(String) } }]);
    },
  );
});

describe('what is not there', () => {
  it.each([
    ['GET', `${VOLUMES}/${NOWHERE}`],
    ['GET', `${VOLUMES}/nonsense`],
    ['DELETE', `${VOLUMES}/${NOWHERE}`],
    ['DELETE', `${VOLUMES}/nonsense`],
    ['GET', `${VOLUMES}/`],
    ['DELETE', `${VOLUMES}/`],
    ['GET', `${SNAPSHOTS}/${NOWHERE}`],
    ['DELETE', `${SNAPSHOTS}/nonsense`],
  ])('%s %s', async (method, path) => {
    expect((await cloud.ask('member', method, path)).status).toBe(404);
  });
});

describe('who may', () => {
  const strangers = { nobody: 401, expired: 401, forged: 401, roleless: 401 };
  it('see and delete', async () => {
    const volume = await cloud.newVolume();
    const snapshot = await makeSnapshot(cloud.runtime.database, volume);
    const reads = { ...strangers, reader: 200, member: 200, admin: 200 };
    expect(await cloud.askAll('GET', VOLUMES)).toEqual({ ...reads, alt: 200 });
    expect(await cloud.askAll('GET', `${VOLUMES}/${volume.id}`)).toEqual({ ...reads, alt: 404 });
    expect(await cloud.askAll('GET', `${SNAPSHOTS}/${snapshot.id}`)).toEqual({ ...reads, alt: 404 });
    const deletes = { ...strangers, alt: 404, reader: 403, member: 202 };
    expect(await cloud.askAll('DELETE', `${SNAPSHOTS}/${snapshot.id}`)).toMatchObject(deletes);
    const { body } = await cloud.ask('alt', 'GET', VOLUMES);
    expect(JSON.stringify(body)).not.toContain(volume.id);
  });

  it('create', async () => {
    const codes = { ...strangers, alt: 200, reader: 403, member: 200, admin: 200 };
    expect(await cloud.askAll('POST', VOLUMES, { volume: { size: 1 } })).toEqual(codes);
  });
});
