/**
 * Storage quotas, limits and zones over the wire.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '~/db/schema/compute';
import { pools } from '~/db/schema/volume';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const sets = '/volume/v3/os-quota-sets';
const USUAL = {
  volumes: 10,
  snapshots: 10,
  gigabytes: 1000,
  per_volume_gigabytes: -1,
  backups: 10,
  backup_gigabytes: 1000,
  groups: 10,
};

function quotaIn(body: unknown): Record<string, unknown> {
  return (body as { quota_set: Record<string, unknown> }).quota_set;
}

describe('the storage quota of a project', () => {
  it('names every resource, and three more for each volume type', async () => {
    const { body } = await cloud.ask('reader', 'GET', `${sets}/${cloud.projectId}`);
    const types = await cloud.ask('admin', 'GET', '/volume/v3/types?is_public=None');
    const { volume_types: all } = types.body as { volume_types: { name: string }[] };
    const perType = all.flatMap(({ name }) => [`volumes_${name}`, `snapshots_${name}`, `gigabytes_${name}`]);
    expect(quotaIn(body)).toEqual({
      id: cloud.projectId,
      ...USUAL,
      ...Object.fromEntries(perType.map((resource) => [resource, -1])),
    });
  });

  it('tells what is in use when it is asked', async () => {
    await cloud.newVolume({ sizeGib: 3 });
    const { body } = await cloud.ask('member', 'GET', `${sets}/${cloud.projectId}?usage=True`);
    expect(quotaIn(body)).toMatchObject({
      volumes: { limit: 10, in_use: 1, reserved: 0 },
      gigabytes: { limit: 1000, in_use: 3, reserved: 0 },
    });
  });

  it('is changed and set back by an administrator, and servers keep theirs', async () => {
    const path = `${sets}/${cloud.altProject.id}`;
    const quota_set = { tenant_id: cloud.altProject.id, volumes: 12, gigabytes: '-1' };
    const changed = await cloud.ask('admin', 'PUT', path, { quota_set });
    expect(changed.status).toBe(200);
    expect(quotaIn(changed.body)).toMatchObject({ ...USUAL, volumes: 12, gigabytes: -1 });
    expect(quotaIn(changed.body)).not.toHaveProperty('id');
    expect(quotaIn((await cloud.ask('alt', 'GET', `${path}/defaults`)).body)).toMatchObject(USUAL);
    const reset = await cloud.ask('admin', 'DELETE', path);
    expect(reset).toMatchObject({ status: 200, body: null });
    expect(quotaIn((await cloud.ask('alt', 'GET', path)).body)).toMatchObject(USUAL);
  });

  it.each([
    ['no limit', { quota_set: {} }],
    ['an unknown resource', { quota_set: { bananas: 1 } }],
    ['one of servers', { quota_set: { instances: 1 } }],
    ['below minus one', { quota_set: { volumes: -2 } }],
    ['a word', { quota_set: { volumes: 'many' } }],
    ['too much', { quota_set: { volumes: 2_147_483_648 } }],
    ['a fraction', { quota_set: { volumes: 1.5 } }],
    ['no object', { quota_set: [] }],
    ['nothing', undefined],
  ])('refuses %s', async (_, body) => {
    expect((await cloud.ask('admin', 'PUT', `${sets}/${cloud.projectId}`, body)).status).toBe(400);
  });

  it('of another project is for administrators, and of none is not there', async () => {
    expect(await cloud.askAll('GET', `${sets}/${cloud.projectId}`)).toMatchObject({ alt: 403, admin: 200 });
    expect((await cloud.ask('admin', 'GET', `${sets}/nowhere`)).status).toBe(404);
    const nowhere = await cloud.ask('admin', 'PUT', `${sets}/nowhere`, { quota_set: { volumes: 1 } });
    expect(nowhere.status).toBe(404);
  });

  it('has one class', async () => {
    const classes = '/volume/v3/os-quota-class-sets';
    expect((await cloud.ask('admin', 'GET', `${classes}/default`)).body).toMatchObject({
      quota_class_set: { id: 'default', ...USUAL },
    });
    expect((await cloud.ask('admin', 'GET', `${classes}/gold`)).status).toBe(404);
    expect((await cloud.ask('member', 'GET', `${classes}/default`)).status).toBe(403);
  });
});

describe('limits', () => {
  it('are those of the own project, or of another one for an administrator from 3.39 on', async () => {
    await cloud.newVolume({ projectId: cloud.altProject.id, sizeGib: 7 });
    const alt = await cloud.ask('alt', 'GET', '/volume/v3/limits');
    expect(alt.body).toEqual({
      limits: {
        rate: [],
        absolute: {
          maxTotalVolumes: 10,
          totalVolumesUsed: 1,
          maxTotalSnapshots: 10,
          totalSnapshotsUsed: 0,
          maxTotalVolumeGigabytes: 1000,
          totalGigabytesUsed: 7,
          maxTotalBackups: 10,
          totalBackupsUsed: 0,
          maxTotalBackupGigabytes: 1000,
          totalBackupGigabytesUsed: 0,
        },
      },
    });
    const path = `/volume/v3/limits?project_id=${cloud.altProject.id}`;
    const asked = (person: 'admin' | 'reader', microversion: string) =>
      cloud.ask(person, 'GET', path, undefined, { microversion });
    expect((await asked('admin', '3.39')).body).toEqual(alt.body);
    expect((await asked('admin', '3.38')).body).not.toEqual(alt.body);
    expect((await asked('reader', '3.39')).body).not.toEqual(alt.body);
  });
});

describe('zones', () => {
  it('are the usual one and those of the pools, with whether a backend in them works', async () => {
    const zones = async () => (await cloud.ask('reader', 'GET', '/volume/v3/os-availability-zone')).body;
    const zone = (zoneName: string, available: boolean) => ({ zoneName, zoneState: { available } });
    const { orm } = cloud.runtime.database;
    await orm.delete(pools);
    expect(await zones()).toEqual({ availabilityZoneInfo: [zone('nova', true)] });
    await orm.insert(pools).values([
      { name: 'a@one#one', capabilities: { availability_zone: 'north' } },
      { name: 'a@two#two', capabilities: { availability_zone: 'south' } },
    ]);
    await orm.insert(services).values([
      { binary: 'cinder-volume', host: 'a@one', zone: 'north' },
      { binary: 'cinder-volume', host: 'a@two', zone: 'south', up: false },
    ]);
    expect(await zones()).toEqual({
      availabilityZoneInfo: [zone('nova', false), zone('north', true), zone('south', false)],
    });
  });
});
