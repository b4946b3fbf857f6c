/** What a volume can be asked for with. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import {
  availableSnapshot,
  availableVolume,
  createVolume,
  NOWHERE,
  raiseQuota,
  VOLUMES,
} from '~/server/testing/rest-volumes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
  await raiseQuota(cloud);
});
afterAll(() => cloud.close());

async function shown(id: string, microversion: string) {
  const { body } = await cloud.ask('member', 'GET', `${VOLUMES}/${id}`, undefined, { microversion });
  return (body as { volume: Record<string, unknown> }).volume;
}

describe('making one', () => {
  test('is accepted at once, and creating', async () => {
    expect(await createVolume(cloud, { size: 1, name: 'data' })).toMatchObject({
      status: 202,
      body: { volume: { name: 'data', status: 'creating', updated_at: null, attachments: [] } },
    });
  });

  test('empty, with all that can be said about it', async () => {
    const wish = { name: ' data ', description: 'of the shop', metadata: { tier: 'gold' }, size: '2' };
    const id = await availableVolume(cloud, {
      ...wish,
      volume_type: 'multi',
      availability_zone: 'nova',
      junk: true,
    });
    expect(await shown(id, '3.63')).toMatchObject({
      name: 'data',
      description: 'of the shop',
      size: 2,
      metadata: { tier: 'gold' },
      volume_type: 'multi',
      volume_type_id: cloud.shared.typeIds.multi,
      multiattach: true,
      bootable: 'false',
      encrypted: false,
    });
  });

  test('for several servers, by a type or by the flag of before there were types for it', async () => {
    for (const wish of [{}, { volume_type: 'multi' }]) {
      const id = await availableVolume(cloud, { size: 1, multiattach: true, ...wish });
      expect(await shown(id, '3.0')).toMatchObject({ volume_type: 'multi', multiattach: true });
    }
  });

  test('of a volume, a snapshot, and an image by its name', async () => {
    const source = await availableVolume(cloud, { size: 2 });
    const clone = await availableVolume(cloud, { size: undefined, source_volid: source.toUpperCase() });
    expect(await shown(clone, '3.0')).toMatchObject({ size: 2, source_volid: source });
    const snapshot = await availableSnapshot(cloud, source);
    const copy = await availableVolume(cloud, { size: undefined, snapshot_id: snapshot });
    expect(await shown(copy, '3.0')).toMatchObject({ size: 2, snapshot_id: snapshot });
    const bootable = await availableVolume(cloud, { imageRef: 'image' });
    expect(await shown(bootable, '3.0')).toMatchObject({
      bootable: 'true',
      volume_image_metadata: { image_id: cloud.shared.imageId, image_name: 'image', disk_format: 'raw' },
    });
  });

  test.each<[string, object, string, number]>([
    ['nothing', {}, '3.0', 400],
    ['no size', { name: 'x' }, '3.0', 400],
    ['no room at all', { size: 0 }, '3.0', 400],
    ['a negative size', { size: -1 }, '3.0', 400],
    ['half a GiB', { size: 0.5 }, '3.0', 400],
    ['a size in words', { size: 'ten' }, '3.0', 400],
    ['a size beyond all', { size: 2 ** 31 }, '3.0', 400],
    ['a long name', { size: 1, name: 'n'.repeat(256) }, '3.0', 400],
    ['a description of several lines', { size: 1, description: 'a\nb' }, '3.0', 400],
    ['metadata that are none', { size: 1, metadata: { a: 1 } }, '3.0', 400],
    ['metadata with a strange name', { size: 1, metadata: { ä: '1' } }, '3.0', 400],
    ['an unknown type', { size: 1, volume_type: 'gold' }, '3.0', 404],
    ['an unknown snapshot', { size: 1, snapshot_id: NOWHERE }, '3.0', 404],
    ['an unknown volume', { size: 1, source_volid: NOWHERE }, '3.0', 404],
    ['a source that is no id', { size: 1, source_volid: 'x' }, '3.0', 400],
    ['an unknown image', { size: 1, imageRef: 'windows' }, '3.0', 400],
    ['an unknown zone', { size: 1, availability_zone: 'moon' }, '3.0', 400],
    ['two sources', { size: 1, source_volid: NOWHERE, imageRef: 'image' }, '3.0', 404],
    ['the flag of a type', { size: 1, multiattach: true, volume_type: '__DEFAULT__' }, '3.0', 400],
    ['a group', { size: 1, group_id: NOWHERE }, '3.13', 404],
    ['a group too early', { size: 1, group_id: NOWHERE }, '3.12', 202],
    ['a backup', { size: 1, backup_id: NOWHERE }, '3.47', 404],
    ['a backup too early', { size: 1, backup_id: NOWHERE }, '3.46', 202],
    ['an unknown key', { size: 1, junk: 1 }, '3.53', 400],
    ['an unknown key before keys were closed', { size: 1, junk: 1 }, '3.52', 202],
    ['nulls, as clients send them', { size: 1, name: null, imageRef: null, volume_type: null }, '3.71', 202],
    ['more than the quota has', { size: 5000 }, '3.0', 413],
  ])('with %s (%o at %s) → %i', async (_what, wish, microversion, status) => {
    expect((await createVolume(cloud, wish, microversion)).status).toBe(status);
  });

  test('a full quota says when to try again', async () => {
    const told = await createVolume(cloud, { size: 5000 });
    expect(told).toMatchObject({ status: 413, body: { overLimit: { code: 413, retryAfter: '0' } } });
    expect(told.headers.get('retry-after')).toBe('0');
  });

  test.each([undefined, null, [], 'x', { volume: null }, { volume: { size: 1 }, junk: 1 }])(
    'a body that is none: %o',
    async (body) => {
      expect((await cloud.ask('member', 'POST', VOLUMES, body)).status).toBe(400);
    },
  );

  test('with hints to the scheduler', async () => {
    const hinted = (hints: unknown) =>
      cloud.ask('member', 'POST', VOLUMES, { volume: { size: 1 }, 'OS-SCH-HNT:scheduler_hints': hints });
    expect((await hinted({ same_host: [await availableVolume(cloud)] })).status).toBe(202);
    expect((await hinted({ same_host: 'x' })).status).toBe(400);
  });
});
