/**
 * Compute quotas and limits through the compute API.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await openRestCloud();
  await cloud.newServer();
});
afterAll(() => cloud.close());

const ROOT = '/compute/v2.1';

function ask(
  person: 'admin' | 'member',
  method: string,
  path: string,
  body?: unknown,
  microversion = '2.57',
) {
  return cloud.ask(person, method, `${ROOT}${path}`, body, { microversion });
}

const DEFAULTS = {
  instances: 10,
  cores: 20,
  ram: 51_200,
  metadata_items: 128,
  key_pairs: 100,
  server_groups: 10,
  server_group_members: 10,
};

describe('limits', () => {
  it('tell what a project may have, and has', async () => {
    const told = await ask('member', 'GET', '/limits');
    expect(told.body).toEqual({
      limits: {
        rate: [],
        absolute: {
          maxTotalInstances: 10,
          totalInstancesUsed: 1,
          maxTotalCores: 20,
          totalCoresUsed: 1,
          maxTotalRAMSize: 51_200,
          totalRAMUsed: 512,
          maxServerMeta: 128,
          maxTotalKeypairs: 100,
          maxServerGroups: 10,
          maxServerGroupMembers: 10,
          totalServerGroupsUsed: 0,
        },
      },
    });
  });

  it.each([
    ['2.1', 19],
    ['2.36', 14],
    ['2.39', 13],
    ['2.57', 11],
  ])('at %s are %i', async (microversion, count) => {
    const { body } = await ask('member', 'GET', '/limits', undefined, microversion);
    expect(Object.keys((body as { limits: { absolute: object } }).limits.absolute)).toHaveLength(count);
  });

  it('of another project are for administrators', async () => {
    const of = `/limits?tenant_id=${cloud.altProject.id}`;
    expect((await ask('member', 'GET', of)).status).toBe(403);
    expect((await ask('admin', 'GET', of)).body).toMatchObject({
      limits: { absolute: { totalInstancesUsed: 0 } },
    });
  });
});

describe('a quota', () => {
  it('is shown, with what is used of it, and as it is by default', async () => {
    const id = cloud.projectId;
    expect((await ask('member', 'GET', `/os-quota-sets/${id}`)).body).toEqual({
      quota_set: { id, ...DEFAULTS },
    });
    expect((await ask('member', 'GET', `/os-quota-sets/${id}/detail`)).body).toMatchObject({
      quota_set: { id, instances: { limit: 10, in_use: 1, reserved: 0 } },
    });
    expect((await ask('member', 'GET', `/os-quota-sets/${id}/defaults`)).body).toEqual({
      quota_set: { id, ...DEFAULTS },
    });
    expect((await ask('admin', 'GET', '/os-quota-class-sets/default')).body).toEqual({
      quota_class_set: { id: 'default', ...DEFAULTS },
    });
    const old = await ask('member', 'GET', `/os-quota-sets/${id}`, undefined, '2.1');
    expect(old.body).toMatchObject({ quota_set: { floating_ips: -1, injected_files: 5 } });
  });

  it('is changed, and set back', async () => {
    const path = `/os-quota-sets/${cloud.altProject.id}`;
    const told = await ask('admin', 'PUT', path, { quota_set: { instances: 3, cores: '-1' } });
    expect([told.status, told.body]).toEqual([200, { quota_set: { ...DEFAULTS, instances: 3, cores: -1 } }]);
    expect((await ask('admin', 'DELETE', path)).status).toBe(202);
    expect((await ask('admin', 'GET', path)).body).toMatchObject({ quota_set: DEFAULTS });
  });

  it.each([
    ['less than no limit', { instances: -2 }],
    ['more than there is room for', { instances: 2 ** 31 }],
    ['less than is used', { instances: 0 }],
    ['no number', { instances: 'many' }],
    ['an unknown resource', { nonsense: 1 }],
    ['one that is not counted here', { key_pairs: 1 }],
    ['one that is gone at this version', { floating_ips: 1 }],
  ])('is refused with %s', async (_, limits) => {
    const told = await ask('admin', 'PUT', `/os-quota-sets/${cloud.projectId}`, { quota_set: limits });
    expect([told.status, told.body]).toEqual([
      400,
      { badRequest: { code: 400, message: expect.any(String) } },
    ]);
  });

  it('is of a project there is', async () => {
    const told = await Promise.all([
      ask('admin', 'GET', '/os-quota-sets/nobody'),
      ask('admin', 'PUT', '/os-quota-sets/nobody', { quota_set: { instances: 1 } }),
    ]);
    expect(told.map(({ status }) => status)).toEqual([400, 400]);
  });
});
