/**
 * Snapshots as people find them: their own, by name, volume and status, page by page in the order they chose.
 */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeSnapshot, makeVolume, type ProjectRecord } from '~/db/factories';
import { operations } from '~/db/schema/operation';
import { openTwoProjects } from '~/server/testing/two-projects';
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

const here = openTwoProjects();

/** Names of the snapshots on the page that is asked for. */
async function names(context: Context, input: Record<string, unknown> = {}): Promise<string[]> {
  const page = await listSnapshots(context, listSnapshotsInput.parse(input));
  return page.rows.map((row) => row.name);
}

function volumeOf({ id: projectId }: ProjectRecord, given: { name?: string; sizeGib?: number } = {}) {
  return makeVolume(here.cloud.runtime.database, { projectId, ...given });
}

describe('a project', () => {
  it('sees its own snapshots and nobody else’s', async () => {
    const { database } = here.cloud.runtime;
    const mine = await makeSnapshot(database, await volumeOf(here.project), { name: 'mine' });
    const theirs = await makeSnapshot(database, await volumeOf(here.other), { name: 'theirs' });
    expect(await names(here.member, { allProjects: true })).toEqual(['mine']);
    expect(await snapshotsByIds(here.member, [theirs.id, mine.id])).toMatchObject([{ id: mine.id }]);
    expect(await snapshotFacets(here.member, true)).toEqual({
      statuses: [{ value: 'available', count: 1, capped: false }],
    });
    const message = `Snapshot ${theirs.id} could not be found.`;
    await expect(getSnapshot(here.member, theirs.id)).rejects.toThrow(message);
    await expect(getSnapshot(here.member, randomUUID())).rejects.toThrow('could not be found');
  });

  it('does not see what is deleted', async () => {
    const { database } = here.cloud.runtime;
    const gone = await makeSnapshot(database, await volumeOf(here.project), {
      status: 'deleted',
      deletedAt: new Date(),
    });
    expect(await names(here.member)).toEqual([]);
    await expect(getSnapshot(here.member, gone.id)).rejects.toThrow('could not be found');
  });

  it('does not learn the name of another project’s volume', async () => {
    const { database } = here.cloud.runtime;
    const secret = await volumeOf(here.other, { name: 'merger-data' });
    const { id } = await makeSnapshot(database, secret, { projectId: here.project.id });
    expect((await getSnapshot(here.member, id)).volume).toBeNull();
    expect(await names(here.member, { search: 'merger' })).toEqual([]);
    expect((await getSnapshot(here.admin, id)).volume).toEqual({ id: secret.id, name: 'merger-data' });
  });
});

it('an administrator sees all projects when asked to, and one otherwise', async () => {
  const { database } = here.cloud.runtime;
  const volume = await volumeOf(here.other);
  const { id } = await makeSnapshot(database, volume, { name: 'theirs' });
  await makeSnapshot(database, await volumeOf(here.project), { name: 'mine' });
  expect(await names(here.admin)).toEqual(['mine']);
  expect(await names(here.admin, { allProjects: true, volumeId: volume.id })).toEqual(['theirs']);
  expect((await getSnapshot(here.admin, id)).project).toEqual({ id: here.other.id, name: here.other.name });
});

it('is found by its name, its volume’s name, its id and its status', async () => {
  const { database } = here.cloud.runtime;
  const [orders, users] = [await volumeOf(here.project, { name: 'orders' }), await volumeOf(here.project)];
  const nightly = await makeSnapshot(database, orders, { name: 'nightly' });
  await makeSnapshot(database, users, { name: 'weekly', status: 'error' });
  expect(await names(here.member, { search: 'night' })).toEqual(['nightly']);
  expect(await names(here.member, { search: 'order' })).toEqual(['nightly']);
  expect(await names(here.member, { search: nightly.id })).toEqual(['nightly']);
  expect(await names(here.member, { search: orders.id })).toEqual(['nightly']);
  expect(await names(here.member, { status: ['error'] })).toEqual(['weekly']);
  expect(await names(here.member, { status: ['error'], volumeId: orders.id })).toEqual([]);
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
    const { database } = here.cloud.runtime;
    const made = async (name: string, volume: string, sizeGib: number, status: string, day: number) =>
      makeSnapshot(database, await volumeOf(here.project, { name: volume, sizeGib }), {
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
    expect(await names(here.member, { ...ask, limit: 50 })).toEqual(expected);
    expect(await names(here.member, { ...ask, limit: 50, direction: 'desc' })).toEqual(
      [...expected].reverse(),
    );
    const firstPage = await listSnapshots(here.member, listSnapshotsInput.parse(ask));
    expect(firstPage.total).toEqual({ count: 4, capped: false });
    const rest = await listSnapshots(
      here.member,
      listSnapshotsInput.parse({ ...ask, cursor: firstPage.next ?? '' }),
    );
    expect([...firstPage.rows, ...rest.rows].map((row) => row.name)).toEqual(expected);
    expect(rest.next).toBeNull();
    expect(await names(here.member, { ...ask, cursor: rest.previous ?? '' })).toEqual(expected.slice(0, 3));
  });

  it('by project goes by the project’s name', async () => {
    await makeSnapshot(here.cloud.runtime.database, await volumeOf(here.other), { name: 'e' });
    const page = await listSnapshots(
      here.admin,
      listSnapshotsInput.parse({ sort: 'project', direction: 'asc', allProjects: true, limit: 200 }),
    );
    const projects = page.rows.map((row) => row.project.name);
    expect(projects).toEqual([...projects].sort());
    expect(projects).toContain(here.other.name);
  });

  it('takes no page marker of another order', async () => {
    const { next } = await listSnapshots(here.member, listSnapshotsInput.parse({ sort: 'name', limit: 1 }));
    await expect(names(here.member, { sort: 'size', cursor: next })).rejects.toThrow('belongs to no page');
  });
});

it('shows one with its volume, and with what was done with it', async () => {
  const { database } = here.cloud.runtime;
  const volume = await volumeOf(here.project, { name: 'orders', sizeGib: 7 });
  const snapshot = await makeSnapshot(database, volume, { metadata: { keep: 'yes' }, description: 'Before' });
  await database.orm.insert(operations).values({
    id: randomUUID(),
    requestId: 'req-1',
    action: 'snapshot.update',
    userId: 'u',
    userName: 'Sam',
    projectId: here.project.id,
    snapshotId: snapshot.id,
    outcome: 'succeeded',
    endedAt: new Date(),
  });
  expect(await getSnapshot(here.member, snapshot.id)).toMatchObject({
    description: 'Before',
    sizeGib: 7,
    progress: 100,
    metadata: { keep: 'yes' },
    volume: { id: volume.id, name: 'orders' },
    volumeFacts: { status: 'available', sizeGib: 7 },
    operations: [{ action: 'snapshot.update', userName: 'Sam', snapshotId: snapshot.id }],
  });
  const timeline = await listOperations(here.member, listOperationsInput.parse({ snapshotId: randomUUID() }));
  expect(timeline.rows).toEqual([]);
});

it('its status is as old as the last change of it, whatever else changes', async () => {
  const longAgo = new Date(Date.UTC(2020, 0, 1));
  const volume = await volumeOf(here.project);
  const { id } = await makeSnapshot(here.cloud.runtime.database, volume, { statusSince: longAgo });
  const since = async () => (await getSnapshot(here.admin, id)).statusSince;
  await perform(here.admin, { action: 'snapshot.update', id, input: { name: 'renamed' } });
  expect(await since()).toBe(longAgo.toISOString());
  await perform(here.admin, { action: 'snapshot.reset-status', id, input: { status: 'error' } });
  expect(await since()).not.toBe(longAgo.toISOString());
});

it('is for nobody without a role', async () => {
  const nobody = { ...here.member, actor: { ...here.member.actor, roles: [] } };
  await expect(names(nobody)).rejects.toThrow('Policy volume:get_all_snapshots asks for the role reader');
});
