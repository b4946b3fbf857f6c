/** Snapshots, from their creation to their end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSnapshot, makeVolume } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';
import {
  availableSnapshot,
  availableVolume,
  NOWHERE,
  raiseQuota,
  SNAPSHOTS,
  untilStatus,
} from '~/server/testing/rest-volumes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
  await raiseQuota(cloud);
});
afterAll(() => cloud.close());

const POOL = { pool: 'a@usual#pool' };

function create(wish: object, microversion = '3.0') {
  return cloud.ask('member', 'POST', SNAPSHOTS, { snapshot: wish }, { microversion });
}

describe('making one', () => {
  test('is accepted at once, and creating', async () => {
    const volume_id = await availableVolume(cloud);
    const told = await create({ volume_id, name: 'before', description: null, metadata: { a: '1' } });
    expect(told).toMatchObject({ status: 202 });
    expect(told.body).toEqual({
      snapshot: {
        id: expect.any(String),
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
        updated_at: null,
        name: 'before',
        description: null,
        volume_id,
        status: 'creating',
        size: 1,
        metadata: { a: '1' },
      },
    });
    await untilStatus(cloud, 'snapshot', told.textAt('snapshot', 'id'), 'available');
  });

  test.each<[string, object, string, number]>([
    ['available', {}, '3.0', 202],
    ['in-use', {}, '3.0', 400],
    ['in-use', { force: false }, '3.65', 400],
    ['in-use', { force: 'true' }, '3.0', 202],
    ['in-use', {}, '3.66', 202],
    ['in-use', { force: true }, '3.66', 202],
    ['available', { force: false }, '3.66', 400],
    ['error', { force: true }, '3.0', 400],
    ['maintenance', { force: true }, '3.66', 400],
    ['available', { name: 'n'.repeat(256) }, '3.0', 400],
    ['available', { junk: 1 }, '3.0', 400],
    ['available', { force: 'perhaps' }, '3.0', 400],
  ])('of a volume that is %s, with %o at %s → %i', async (status, wish, microversion, expected) => {
    const { id } = await cloud.newVolume({ ...POOL, status: status as 'available' });
    expect((await create({ volume_id: id, ...wish }, microversion)).status).toBe(expected);
  });

  test('of nothing, of another project’s volume, of no id', async () => {
    const foreign = await makeVolume(cloud.runtime.database, { projectId: cloud.altProject.id });
    expect((await create({ volume_id: NOWHERE })).status).toBe(404);
    expect((await create({ volume_id: NOWHERE, force: false }, '3.66')).status).toBe(404);
    expect((await create({ volume_id: foreign.id })).status).toBe(404);
    expect((await create({ volume_id: null })).status).toBe(404);
    expect((await create({ volume_id: 'x' })).status).toBe(400);
    expect((await create({})).status).toBe(400);
  });
});

describe('one', () => {
  test('is shown with more at later versions', async () => {
    const volume = await cloud.newVolume(POOL);
    const { id } = await makeSnapshot(cloud.runtime.database, volume, { progress: 100 });
    const keys = async (microversion: string) => {
      const { body } = await cloud.ask('reader', 'GET', `${SNAPSHOTS}/${id}`, undefined, { microversion });
      return Object.keys((body as { snapshot: object }).snapshot).sort();
    };
    const base = `created_at description id metadata name os-extended-snapshot-attributes:progress
      os-extended-snapshot-attributes:project_id size status updated_at volume_id`;
    const sorted = (words: string) => words.split(/\s+/).sort();
    expect(await keys('3.0')).toEqual(sorted(base));
    expect(await keys('3.14')).toEqual(sorted(`${base} group_snapshot_id`));
    expect(await keys('3.71')).toEqual(sorted(`${base} group_snapshot_id user_id consumes_quota`));
  });

  test('is described', async () => {
    const volume = await cloud.newVolume(POOL);
    const { id } = await makeSnapshot(cloud.runtime.database, volume, {});
    const put = (snapshot: object) => cloud.ask('member', 'PUT', `${SNAPSHOTS}/${id}`, { snapshot });
    expect(await put({ display_name: 'n', description: 'd' })).toMatchObject({
      status: 200,
      body: { snapshot: { id, name: 'n', description: 'd' } },
    });
    expect((await put({})).status).toBe(400);
    expect((await put({ metadata: {} })).status).toBe(400);
  });

  test('is deleted when it is available or in error, by force always', async () => {
    const id = await availableSnapshot(cloud, await availableVolume(cloud));
    expect(await cloud.ask('member', 'DELETE', `${SNAPSHOTS}/${id}`)).toMatchObject({
      status: 202,
      body: null,
    });
    await untilStatus(cloud, 'snapshot', id, 'gone');
    const volume = await cloud.newVolume(POOL);
    const stuck = await makeSnapshot(cloud.runtime.database, volume, { status: 'updating' });
    expect((await cloud.ask('member', 'DELETE', `${SNAPSHOTS}/${stuck.id}`)).status).toBe(400);
    const force = (person: Person) =>
      cloud.ask(person, 'POST', `${SNAPSHOTS}/${stuck.id}/action`, { 'os-force_delete': {} });
    expect((await force('member')).status).toBe(403);
    expect(await force('admin')).toMatchObject({ status: 202, body: null });
    await untilStatus(cloud, 'snapshot', stuck.id, 'gone');
  });

  test('is told a status by an administrator', async () => {
    const volume = await cloud.newVolume(POOL);
    const { id } = await makeSnapshot(cloud.runtime.database, volume, {});
    const reset = (person: Person, status: unknown) =>
      cloud.ask(person, 'POST', `${SNAPSHOTS}/${id}/action`, { 'os-reset_status': { status } });
    expect((await reset('admin', 'nonsense')).status).toBe(400);
    expect((await reset('member', 'nonsense')).status).toBe(400);
    expect((await reset('member', 'error')).status).toBe(403);
    expect((await reset('alt', 'error')).status).toBe(404);
    expect((await reset('admin', 'error')).status).toBe(202);
    await untilStatus(cloud, 'snapshot', id, 'error');
  });
});

test('a host reports on what it makes itself', async () => {
  const volume = await cloud.newVolume(POOL);
  const { id } = await makeSnapshot(cloud.runtime.database, volume, { status: 'creating' });
  const report = (report: object) =>
    cloud.ask('member', 'POST', `${SNAPSHOTS}/${id}/action`, { 'os-update_snapshot_status': report });
  expect((await report({ status: 'creating', progress: '80%' })).status).toBe(202);
  const shown = await cloud.ask('member', 'GET', `${SNAPSHOTS}/${id}`);
  expect(shown.textAt('snapshot', 'os-extended-snapshot-attributes:progress')).toBe('80%');
  expect((await report({ status: 'deleting' })).status).toBe(400);
  expect((await report({ status: 'available', progress: '101%' })).status).toBe(400);
  expect((await report({})).status).toBe(400);
  expect((await report({ status: 'available', progress: null })).status).toBe(202);
  await untilStatus(cloud, 'snapshot', id, 'available');
});

describe('a list', () => {
  interface Listed {
    snapshots: { name: string }[];
    snapshots_links?: { href: string }[];
    count?: number;
  }

  async function list(person: Person, query: string, microversion = '3.71') {
    const told = await cloud.ask(person, 'GET', `${SNAPSHOTS}${query}`, undefined, { microversion });
    const body = told.body as Listed;
    return { status: told.status, body, names: body.snapshots?.map(({ name }) => name).join('') };
  }

  test('has filters, orders and pages as that of volumes', async () => {
    const { database } = cloud.runtime;
    const volume = await cloud.newVolume({ ...POOL, availabilityZone: 'nova' });
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 7, minute));
    const here = `volume_id=${volume.id}`;
    await makeSnapshot(database, volume, { name: 'b', createdAt: at(0), metadata: { k: 'v' } });
    await makeSnapshot(database, volume, { name: 'a', createdAt: at(1), status: 'error' });
    await makeSnapshot(database, volume, { name: 'c', createdAt: at(2) });
    expect((await list('member', `?${here}`)).names).toBe('cab');
    expect((await list('member', `?${here}&status=error`)).names).toBe('a');
    expect((await list('member', `?${here}&name=b&availability_zone=nova`)).names).toBe('b');
    expect((await list('member', `?${here}&metadata=${encodeURIComponent("{'k':'v'}")}`)).names).toBe('b');
    expect((await list('member', `?${here}&metadata=x`, '3.21')).names).toBe('cab');
    expect((await list('member', `?${here}&sort=name:asc&offset=1`)).names).toBe('bc');
    const page = await list('member', `/detail?${here}&limit=2&with_count=true`);
    expect(page).toMatchObject({ names: 'ca', body: { count: 3 } });
    const next = new URL(page.body.snapshots_links?.[0]?.href ?? '');
    expect((await list('member', `/detail${next.search}`)).names).toBe('b');
    expect((await list('member', '?nonsense=1')).status).toBe(400);
    expect((await list('member', `?marker=${NOWHERE}`)).status).toBe(404);
    expect((await list('alt', `?${here}&all_tenants=1`)).names).toBe('');
    expect((await list('admin', `?${here}&all_tenants=1`)).names).toBe('cab');
  });

  test('in short has no more than the snapshot itself', async () => {
    const { body } = await list('reader', '?limit=1');
    expect(Object.keys(body.snapshots[0] ?? {}).sort()).toEqual(
      'created_at description id metadata name size status updated_at volume_id'.split(' '),
    );
  });
});
