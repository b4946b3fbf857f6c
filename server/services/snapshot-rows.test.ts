/**
 * Snapshots as people find them: their own, by name, volume and status, page by page in the order they chose.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeProject, makeSnapshot, makeVolume, type ProjectRecord } from '~/db/factories';
import { operations } from '~/db/schema/operation';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Context } from './context';
import { listOperations, listOperationsInput } from './operation-rows';
import { perform } from './perform';
import {
  getSnapshot,
  listSnapshots,
  listSnapshotsInput,
  snapshotFacets,
  snapshotsByIds,
} from './snapshot-rows';

let cloud: TestCloud;
let project: ProjectRecord;
let other: ProjectRecord;
let member: Context;
let admin: Context;

beforeAll(async () => {
  cloud = await openTestCloud();
});

afterAll(() => cloud.close());

beforeEach(async () => {
  project = await makeProject(cloud.runtime.database);
  other = await makeProject(cloud.runtime.database);
  member = as('member', project, cloud.runtime);
  admin = as('admin', project, cloud.runtime);
});

/** Names of the snapshots on the page that is asked for. */
async function names(context: Context, input: Record<string, unknown> = {}): Promise<string[]> {
  const page = await listSnapshots(context, listSnapshotsInput.parse(input));
  return page.rows.map((row) => row.name);
}

function volumeOf({ id: projectId }: ProjectRecord, given: { name?: string; sizeGib?: number } = {}) {
  return makeVolume(cloud.runtime.database, { projectId, ...given });
}

describe('a project', () => {
  it('sees its own snapshots and nobody else’s', async () => {
    const { database } = cloud.runtime;
    const mine = await makeSnapshot(database, await volumeOf(project), { name: 'mine' });
    const theirs = await makeSnapshot(database, await volumeOf(other), { name: 'theirs' });
    expect(await names(member, { allProjects: true })).toEqual(['mine']);
    expect(await snapshotsByIds(member, [theirs.id, mine.id])).toMatchObject([{ id: mine.id }]);
    expect(await snapshotFacets(member, true)).toEqual({ statuses: [{ value: 'available', count: 1 }] });
    const message = `Snapshot ${theirs.id} could not be found.`;
    await expect(getSnapshot(member, theirs.id)).rejects.toThrow(message);
    await expect(getSnapshot(member, randomUUID())).rejects.toThrow('could not be found');
  });

  it('does not see what is deleted', async () => {
    const { database } = cloud.runtime;
    const gone = await makeSnapshot(database, await volumeOf(project), {
      status: 'deleted',
      deletedAt: new Date(),
    });
    expect(await names(member)).toEqual([]);
    await expect(getSnapshot(member, gone.id)).rejects.toThrow('could not be found');
  });

  it('does not learn the name of another project’s volume', async () => {
    const { database } = cloud.runtime;
    const secret = await volumeOf(other, { name: 'merger-data' });
    const { id } = await makeSnapshot(database, secret, { projectId: project.id });
    expect((await getSnapshot(member, id)).volume).toBeNull();
    expect(await names(member, { search: 'merger' })).toEqual([]);
    expect((await getSnapshot(admin, id)).volume).toEqual({ id: secret.id, name: 'merger-data' });
  });
});

it('an administrator sees all projects when asked to, and one otherwise', async () => {
  const { database } = cloud.runtime;
  const volume = await volumeOf(other);
  const { id } = await makeSnapshot(database, volume, { name: 'theirs' });
  await makeSnapshot(database, await volumeOf(project), { name: 'mine' });
  expect(await names(admin)).toEqual(['mine']);
  expect(await names(admin, { allProjects: true, volumeId: volume.id })).toEqual(['theirs']);
  expect((await getSnapshot(admin, id)).project).toEqual({ id: other.id, name: other.name });
});

it('is found by its name, its volume’s name, its id and its status', async () => {
  const { database } = cloud.runtime;
  const [orders, users] = [await volumeOf(project, { name: 'orders' }), await volumeOf(project)];
  const nightly = await makeSnapshot(database, orders, { name: 'nightly' });
  await makeSnapshot(database, users, { name: 'weekly', status: 'error' });
  expect(await names(member, { search: 'night' })).toEqual(['nightly']);
  expect(await names(member, { search: 'order' })).toEqual(['nightly']);
  expect(await names(member, { search: nightly.id })).toEqual(['nightly']);
  expect(await names(member, { search: orders.id })).toEqual(['nightly']);
  expect(await names(member, { status: ['error'] })).toEqual(['weekly']);
  expect(await names(member, { status: ['error'], volumeId: orders.id })).toEqual([]);
});

describe('the order', () => {
  const ORDERS = {
    name: ['a', 'b', 'c', 'd'],
    volume: ['d', 'c', 'b', 'a'],
    size: ['b', 'a', 'd', 'c'],
    status: ['c', 'a', 'd', 'b'],
    created: ['d', 'a', 'c', 'b'],
  };

  beforeEach(async () => {
    const { database } = cloud.runtime;
    const made = async (name: string, volume: string, sizeGib: number, status: string, day: number) =>
      makeSnapshot(database, await volumeOf(project, { name: volume, sizeGib }), {
        name,
        status: status as 'creating',
        createdAt: new Date(Date.UTC(2026, 0, day)),
      });
    // Statuses sort as they are declared: creating, available, deleting, error.
    await made('a', 'v4', 2, 'available', 2);
    await made('b', 'v3', 1, 'error', 4);
    await made('c', 'v2', 4, 'creating', 3);
    await made('d', 'v1', 3, 'deleting', 1);
  });

  it.each(Object.entries(ORDERS))('by %s holds across pages, there and back', async (sort, expected) => {
    const ask = { sort, direction: 'asc', limit: 3 };
    expect(await names(member, { ...ask, limit: 50 })).toEqual(expected);
    expect(await names(member, { ...ask, limit: 50, direction: 'desc' })).toEqual([...expected].reverse());
    const firstPage = await listSnapshots(member, listSnapshotsInput.parse(ask));
    expect(firstPage.total).toEqual({ count: 4, capped: false });
    const rest = await listSnapshots(
      member,
      listSnapshotsInput.parse({ ...ask, cursor: firstPage.next ?? '' }),
    );
    expect([...firstPage.rows, ...rest.rows].map((row) => row.name)).toEqual(expected);
    expect(rest.next).toBeNull();
    expect(await names(member, { ...ask, cursor: rest.previous ?? '' })).toEqual(expected.slice(0, 3));
  });

  it('by project goes by the project’s name', async () => {
    await makeSnapshot(cloud.runtime.database, await volumeOf(other), { name: 'e' });
    const page = await listSnapshots(
      admin,
      listSnapshotsInput.parse({ sort: 'project', direction: 'asc', allProjects: true, limit: 200 }),
    );
    const projects = page.rows.map((row) => row.project.name);
    expect(projects).toEqual([...projects].sort());
    expect(projects).toContain(other.name);
  });

  it('takes no page marker of another order', async () => {
    const { next } = await listSnapshots(member, listSnapshotsInput.parse({ sort: 'name', limit: 1 }));
    await expect(names(member, { sort: 'size', cursor: next })).rejects.toThrow('belongs to no page');
  });
});

it('shows one with its volume, and with what was done with it', async () => {
  const { database } = cloud.runtime;
  const volume = await volumeOf(project, { name: 'orders', sizeGib: 7 });
  const snapshot = await makeSnapshot(database, volume, { metadata: { keep: 'yes' }, description: 'Before' });
  await database.orm.insert(operations).values({
    id: randomUUID(),
    requestId: 'req-1',
    action: 'snapshot.update',
    userId: 'u',
    userName: 'Sam',
    projectId: project.id,
    snapshotId: snapshot.id,
    outcome: 'succeeded',
    endedAt: new Date(),
  });
  expect(await getSnapshot(member, snapshot.id)).toMatchObject({
    description: 'Before',
    sizeGib: 7,
    progress: 100,
    metadata: { keep: 'yes' },
    volume: { id: volume.id, name: 'orders' },
    volumeFacts: { status: 'available', sizeGib: 7 },
    operations: [{ action: 'snapshot.update', userName: 'Sam', snapshotId: snapshot.id }],
  });
  const timeline = await listOperations(member, listOperationsInput.parse({ snapshotId: randomUUID() }));
  expect(timeline.rows).toEqual([]);
});

it('its status is as old as the last change of it, whatever else changes', async () => {
  const longAgo = new Date(Date.UTC(2020, 0, 1));
  const volume = await volumeOf(project);
  const { id } = await makeSnapshot(cloud.runtime.database, volume, { statusSince: longAgo });
  const since = async () => (await getSnapshot(admin, id)).statusSince;
  await perform(admin, { action: 'snapshot.update', id, input: { name: 'renamed' } });
  expect(await since()).toBe(longAgo.toISOString());
  await perform(admin, { action: 'snapshot.reset-status', id, input: { status: 'error' } });
  expect(await since()).not.toBe(longAgo.toISOString());
});

it('is for nobody without a role', async () => {
  const nobody = { ...member, actor: { ...member.actor, roles: [] } };
  await expect(names(nobody)).rejects.toThrow('Policy volume:get_all_snapshots asks for the role reader');
});
