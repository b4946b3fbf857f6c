/**
 * Flavors through the compute API.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const FLAVORS = '/compute/v2.1/flavors';
const SIZES = { ram: 64, vcpus: 1, disk: 1 };

function ask(
  person: 'admin' | 'member' | 'alt',
  method: string,
  path: string,
  body?: unknown,
  microversion = '2.1',
) {
  return cloud.ask(person, method, `${FLAVORS}${path}`, body, { microversion });
}

describe('flavors', () => {
  it('are made by administrators, and seen by all', async () => {
    const made = await ask('admin', 'POST', '', { flavor: { id: '1', name: 'm1.tiny', ...SIZES } });
    const flavor = {
      id: '1',
      name: 'm1.tiny',
      links: [
        { rel: 'self', href: 'http://mooring.test/compute/v2.1/flavors/1' },
        { rel: 'bookmark', href: 'http://mooring.test/compute/flavors/1' },
      ],
      ...SIZES,
      swap: '',
      'OS-FLV-EXT-DATA:ephemeral': 0,
      'OS-FLV-DISABLED:disabled': false,
      'os-flavor-access:is_public': true,
      rxtx_factor: 1,
    };
    expect([made.status, made.body]).toEqual([200, { flavor }]);
    expect((await ask('alt', 'GET', '/1')).body).toEqual({ flavor });
    expect((await ask('alt', 'GET', '/1', undefined, '2.75')).body).toEqual({
      flavor: { ...flavor, swap: 0, description: null, extra_specs: {} },
    });
  });

  it('have a name and an id of their own', async () => {
    const flavor = { id: 'own', name: 'own', ...SIZES };
    expect((await ask('admin', 'POST', '', { flavor })).status).toBe(200);
    expect((await ask('admin', 'POST', '', { flavor: { ...flavor, id: 'own-2' } })).status).toBe(409);
    expect((await ask('admin', 'POST', '', { flavor: { ...flavor, name: 'own-2' } })).status).toBe(409);
    const unnamed = await ask('admin', 'POST', '', { flavor: { name: 'unnamed', ...SIZES } });
    expect(unnamed.textAt('flavor', 'id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['no name', { ...SIZES }],
    ['no memory', { name: 'x', ...SIZES, ram: 0 }],
    ['a disk below nothing', { name: 'x', ...SIZES, disk: -1 }],
    ['more than there is room for', { name: 'x', ...SIZES, vcpus: 2 ** 31 }],
    ['an unknown member', { name: 'x', ...SIZES, nonsense: 1 }],
    ['a description before its version', { name: 'x', ...SIZES, description: 'x' }],
  ])('are refused with %s', async (_, flavor) => {
    expect((await ask('admin', 'POST', '', { flavor })).status).toBe(400);
  });

  it('are listed page by page, and by what they have at least', async () => {
    const page = await ask('member', 'GET', '?limit=1&sort_key=memory_mb&sort_dir=desc');
    const { flavors, flavors_links: links } = page.body as {
      flavors: { id: string }[];
      flavors_links: { href: string }[];
    };
    expect(flavors.map(({ id }) => id)).toEqual(['small']);
    expect(links[0]?.href).toContain('marker=small');
    const big = await ask('member', 'GET', '/detail?minRam=100');
    expect(big.body).toMatchObject({ flavors: [{ id: 'small', ram: 128 }] });
    const odd = ['?minRam=much', '?limit=-1', '?marker=nope', '?sort_key=nope', '?is_public=perhaps'];
    const told = await Promise.all(odd.map((query) => ask('admin', 'GET', query)));
    expect(told.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  });

  it('that are not public are for whoever is let in', async () => {
    await ask('admin', 'POST', '', {
      flavor: { id: 'closed', name: 'closed', ...SIZES, 'os-flavor-access:is_public': false },
    });
    const access = (name: string, tenant: string) =>
      ask('admin', 'POST', '/closed/action', { [name]: { tenant } });
    const seen = async () => (await ask('alt', 'GET', '/closed')).status;
    expect(await seen()).toBe(404);
    const granted = await access('addTenantAccess', cloud.altProject.id);
    const entry = { flavor_id: 'closed', tenant_id: cloud.altProject.id };
    expect([granted.status, granted.body]).toEqual([200, { flavor_access: [entry] }]);
    expect(await seen()).toBe(200);
    expect((await access('addTenantAccess', cloud.altProject.id)).status).toBe(409);
    expect((await access('addTenantAccess', 'nobody')).status).toBe(400);
    expect((await ask('admin', 'GET', '/closed/os-flavor-access')).body).toEqual({ flavor_access: [entry] });
    expect((await access('removeTenantAccess', cloud.altProject.id)).body).toEqual({ flavor_access: [] });
    expect(await seen()).toBe(404);
    expect((await access('removeTenantAccess', cloud.altProject.id)).status).toBe(404);
    expect((await ask('admin', 'GET', '/tiny/os-flavor-access')).status).toBe(404);
  });

  it('have extra specs', async () => {
    const set = await ask('admin', 'POST', '/tiny/os-extra_specs', { extra_specs: { a: '1', 'hw:b': '2' } });
    expect([set.status, set.body]).toEqual([200, { extra_specs: { a: '1', 'hw:b': '2' } }]);
    expect((await ask('admin', 'PUT', '/tiny/os-extra_specs/a', { a: '3' })).body).toEqual({ a: '3' });
    expect((await ask('admin', 'PUT', '/tiny/os-extra_specs/a', { b: '3' })).status).toBe(400);
    expect((await ask('member', 'GET', '/tiny/os-extra_specs/a')).body).toEqual({ a: '3' });
    expect((await ask('admin', 'DELETE', '/tiny/os-extra_specs/a')).status).toBe(200);
    expect((await ask('admin', 'DELETE', '/tiny/os-extra_specs/a')).status).toBe(404);
    expect((await ask('member', 'GET', '/tiny/os-extra_specs')).body).toEqual({
      extra_specs: { 'hw:b': '2' },
    });
    expect((await ask('admin', 'POST', '/tiny/os-extra_specs', { extra_specs: { 'a/b': '1' } })).status).toBe(
      400,
    );
  });

  it('leave a record of whatever is done to them', async () => {
    const flavor = { id: 'told', name: 'm1.told', ...SIZES, 'os-flavor-access:is_public': false };
    const access = { tenant: cloud.altProject.id };
    await ask('admin', 'POST', '', { flavor });
    await ask('admin', 'POST', '', { flavor });
    await ask('admin', 'POST', '/told/os-extra_specs', { extra_specs: { 'hw:cpu_policy': 'shared' } });
    await ask('admin', 'DELETE', '/told/os-extra_specs/hw:cpu_policy');
    await ask('admin', 'POST', '/told/action', { addTenantAccess: access });
    await ask('admin', 'POST', '/told/action', { removeTenantAccess: access });
    await ask('admin', 'PUT', '/told', { flavor: { description: 'small' } }, '2.55');
    await ask('admin', 'DELETE', '/told');
    const rows = await cloud.runtime.database.sql`
      select action, message from operations o join operation_steps s on s.operation_id = o.id
      where outcome = 'succeeded' and (input->>'flavorId' = 'told' or input->>'id' = 'told') order by s.id`;
    expect(rows.map(({ action, message }) => `${action}: ${message}`)).toEqual([
      'flavor.create: Flavor m1.told is made',
      'flavor.set-extra-specs: Extra specs of flavor told are set: hw:cpu_policy',
      'flavor.unset-extra-specs: Extra spec hw:cpu_policy of flavor told is removed',
      `flavor.add-access: Project ${cloud.altProject.id} may use flavor m1.told`,
      `flavor.remove-access: Project ${cloud.altProject.id} may not use flavor m1.told any more`,
      'flavor.update: Flavor told is described',
      'flavor.delete: Flavor told is deleted',
    ]);
  });

  it('are described from 2.55 on, and deleted', async () => {
    await ask('admin', 'POST', '', { flavor: { id: 'brief', name: 'brief', ...SIZES } });
    const body = { flavor: { description: 'for tests' } };
    expect((await ask('admin', 'PUT', '/brief', body, '2.54')).status).toBe(404);
    expect((await ask('admin', 'PUT', '/brief', body, '2.55')).body).toMatchObject(body);
    expect((await ask('admin', 'DELETE', '/brief')).status).toBe(202);
    expect((await ask('admin', 'DELETE', '/brief')).status).toBe(404);
  });
});
