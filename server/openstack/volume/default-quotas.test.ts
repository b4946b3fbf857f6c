/**
 * What projects may have that have no limits of their own, over the wires of both services.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operations } from '~/db/schema/operation';
import { defaultQuotas } from '~/db/schema/quota';
import { perform } from '~/server/services/perform';
import { getQuota } from '~/server/services/quota-rows';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
beforeEach(async () => {
  await cloud.runtime.database.orm.delete(defaultQuotas);
});
afterAll(() => cloud.close());

const STORAGE = '/volume/v3/os-quota-class-sets/default';
const COMPUTE = '/compute/v2.1/os-quota-class-sets/default';

function set(path: string, quota_class_set: object, microversion?: string) {
  return cloud.ask('admin', 'PUT', path, { quota_class_set }, microversion ? { microversion } : {});
}

describe('the default storage quota', () => {
  it('is changed, and every project without limits of its own follows', async () => {
    const own = `/volume/v3/os-quota-sets/${cloud.projectId}`;
    const alt = `/volume/v3/os-quota-sets/${cloud.altProject.id}`;
    await cloud.ask('admin', 'PUT', own, { quota_set: { volumes: 10 } });
    const answer = await set(STORAGE, { volumes: 3, gigabytes: '7' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ quota_class_set: { volumes: 3, gigabytes: 7, snapshots: 10 } });
    expect(answer.body).not.toHaveProperty('quota_class_set.id');
    expect((await cloud.ask('admin', 'GET', STORAGE)).body).toMatchObject({
      quota_class_set: { id: 'default', volumes: 3, gigabytes: 7 },
    });
    for (const path of [alt, `${alt}/defaults`]) {
      expect((await cloud.ask('alt', 'GET', path)).body).toMatchObject({
        quota_set: { volumes: 3, gigabytes: 7 },
      });
    }
    expect((await cloud.ask('alt', 'GET', '/volume/v3/limits')).body).toMatchObject({
      limits: { absolute: { maxTotalVolumes: 3, maxTotalVolumeGigabytes: 7 } },
    });
    // What a project was given stays, also where it is what the default was.
    expect((await cloud.ask('member', 'GET', own)).body).toMatchObject({
      quota_set: { volumes: 10, gigabytes: 7 },
    });
    await cloud.ask('admin', 'DELETE', own);
    expect((await cloud.ask('member', 'GET', own)).body).toMatchObject({ quota_set: { volumes: 3 } });
  });

  it('decides what may be made', async () => {
    await set(STORAGE, { gigabytes: 2 });
    const make = (size: number) => cloud.ask('alt', 'POST', '/volume/v3/volumes', { volume: { size } });
    expect(await make(3)).toMatchObject({ status: 413, body: { overLimit: { code: 413 } } });
    await set(STORAGE, { gigabytes: 3 });
    expect((await make(3)).status).toBe(202);
    await set(STORAGE, { volumes: 1 });
    expect((await make(1)).status).toBe(413);
  });

  it('has limits of each volume type', async () => {
    const type = { name: 'limited' };
    await cloud.ask('admin', 'POST', '/volume/v3/types', { volume_type: type });
    const answer = await set(STORAGE, { volumes_limited: 0 });
    expect(answer.body).toMatchObject({ quota_class_set: { volumes_limited: 0, gigabytes_limited: -1 } });
    const body = { volume: { size: 1, volume_type: 'limited' } };
    expect((await cloud.ask('alt', 'POST', '/volume/v3/volumes', body)).status).toBe(413);
  });

  it.each([
    ['an unknown resource', { bananas: 1 }],
    ['one of servers', { instances: 1 }],
    ['below minus one', { volumes: -2 }],
    ['a word', { volumes: 'many' }],
    ['a fraction', { volumes: 1.5 }],
    ['too much', { volumes: 2_147_483_648 }],
  ])('refuses %s, and stays', async (_, limits) => {
    expect((await set(STORAGE, { gigabytes: 5, ...limits })).status).toBe(400);
    expect((await cloud.ask('admin', 'GET', STORAGE)).body).toMatchObject({
      quota_class_set: { volumes: 10, gigabytes: 1000 },
    });
  });

  it('is the only class, and may be sent as it is', async () => {
    expect((await set('/volume/v3/os-quota-class-sets/gold', { volumes: 1 })).status).toBe(404);
    expect((await set(STORAGE, {})).status).toBe(200);
    expect((await set(STORAGE, { volumes: 10 })).status).toBe(200);
    expect(await cloud.runtime.database.orm.select().from(defaultQuotas)).toEqual([]);
  });
});

describe('the default compute quota', () => {
  it('is changed, and every project without limits of its own follows', async () => {
    const answer = await set(COMPUTE, { instances: 1, cores: '2', ram: 1024 }, '2.57');
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { quota_class_set: { instances: 1, cores: 2, ram: 1024, key_pairs: 100 } },
    ]);
    expect(answer.body).not.toHaveProperty('quota_class_set.id');
    const alt = `/compute/v2.1/os-quota-sets/${cloud.altProject.id}`;
    for (const path of [alt, `${alt}/defaults`]) {
      expect((await cloud.ask('alt', 'GET', path)).body).toMatchObject({
        quota_set: { instances: 1, cores: 2, ram: 1024 },
      });
    }
    expect((await cloud.ask('alt', 'GET', '/compute/v2.1/limits')).body).toMatchObject({
      limits: { absolute: { maxTotalInstances: 1, maxTotalCores: 2, maxTotalRAMSize: 1024 } },
    });
  });

  it('may be sent whole, with what is not counted as it was', async () => {
    const { body } = await cloud.ask('admin', 'GET', COMPUTE, undefined, { microversion: '2.57' });
    const { id: _, ...all } = (body as { quota_class_set: Record<string, unknown> }).quota_class_set;
    const answer = await set(COMPUTE, { ...all, cores: 21 }, '2.57');
    expect([answer.status, answer.body]).toEqual([200, { quota_class_set: { ...all, cores: 21 } }]);
  });

  it.each([
    ['one that is not counted here', { key_pairs: 1 }],
    ['one of storage', { volumes: 1 }],
    ['what is of projects', { force: true }],
    ['less than no limit', { cores: -2 }],
  ])('refuses %s', async (_, limits) => {
    expect((await set(COMPUTE, limits, '2.57')).status).toBe(400);
  });

  it('is the only class', async () => {
    expect((await set('/compute/v2.1/os-quota-class-sets/gold', { cores: 1 })).status).toBe(400);
  });
});

it('an operation tells who changed what, and the console shows it', async () => {
  await set(STORAGE, { volumes: 4, snapshots: 10 });
  const written = await cloud.runtime.database.orm.select().from(operations);
  expect(written.filter(({ action }) => action === 'quota.update-defaults').at(-1)).toMatchObject({
    outcome: 'succeeded',
    projectId: cloud.projectId,
    input: { limits: { volumes: 4, snapshots: 10 } },
  });
  const { resources } = await getQuota(cloud.admin, cloud.altProject.id);
  expect(resources.find(({ resource }) => resource === 'volumes')).toMatchObject({ limit: 4, default: 4 });
});

it('two who change different limits at once do not undo each other’s change', async () => {
  const change = (limits: Record<string, number>) =>
    perform(cloud.admin, { action: 'quota.update-defaults', id: cloud.projectId, input: { limits } });
  await Promise.all([change({ volumes: 4 }), change({ snapshots: 5 }), change({ cores: 6 })]);
  const rows = await cloud.runtime.database.sql`select resource, hard_limit from default_quotas order by 1`;
  expect(rows.map((row) => [row.resource, row.hard_limit])).toEqual([
    ['cores', 6],
    ['snapshots', 5],
    ['volumes', 4],
  ]);
});

it('the database keeps no limit below none', async () => {
  const row = { service: 'volume', resource: 'volumes', limit: -2 } as const;
  await expect(cloud.runtime.database.orm.insert(defaultQuotas).values(row)).rejects.toThrow();
});
