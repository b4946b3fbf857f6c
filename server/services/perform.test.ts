/**
 * Performing verbs on a real database: what is tried leaves nothing, what is bad spoils nothing else, and nobody gets to
 * see what is another project's.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  makeAttachment,
  makeHost,
  makeProject,
  makeServer,
  makeSnapshot,
  makeVolume,
  makeVolumeType,
  type ProjectRecord,
  type VolumeRecord,
} from '~/db/factories';
import { images } from '~/db/schema/compute';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { type Wanted, wantedOf } from './around';
import type { Context } from './context';
import { explainActions } from './explain-actions';
import { loadWorld } from './load-world';
import { perform, performMany } from './perform';
import { loadVerbWork } from './verb-work';

let cloud: TestCloud;
let demo: ProjectRecord;
let alt: ProjectRecord;
let member: Context;
let admin: Context;
let host: string;

beforeAll(async () => {
  cloud = await openTestCloud();
  const { database } = cloud.runtime;
  host = (await makeHost(database)).name;
  demo = await makeProject(database, { name: 'demo' });
  alt = await makeProject(database, { name: 'alt' });
  member = as('member', demo, cloud.runtime);
  admin = as('admin', demo, cloud.runtime);
});
afterAll(() => cloud.close());

const newVolume = (given: Partial<VolumeRecord> = {}) =>
  makeVolume(cloud.runtime.database, { projectId: demo.id, sizeGib: 10, ...given });

const extend = ({ id }: VolumeRecord, sizeGib = 20) =>
  ({ action: 'volume.extend', id, input: { sizeGib } }) as const;

/** @returns how many rows any verb could have written */
async function written(): Promise<unknown> {
  const [row] = await cloud.runtime.database.sql`
    select (select count(*)::int from operations) as operations, (select count(*)::int from changes) as changes,
      (select count(*)::int from operation_steps) as steps, (select count(*)::int from graphile_worker.jobs) as jobs,
      (select count(*)::int from quota_reservations) as reservations`;
  return row;
}

async function stateOf({ id }: VolumeRecord): Promise<unknown> {
  const [row] = await cloud.runtime.database.sql`
    select status, size_gib as size from volumes where id = ${id}`;
  return row;
}

/**
 * A running operation that owns the volume, which does not look as if it had one.
 * @param about the volume it says it is about; with none it is found by nobody, as one that has just begun
 */
async function owned(volume: VolumeRecord, about: string | null = volume.id): Promise<void> {
  const id = randomUUID();
  await cloud.runtime.database.sql`
    insert into operations (id, request_id, action, user_id, user_name, project_id, volume_id, owns, phase, outcome)
    values (${id}, 'req-1', 'volume.extend', 'u', 'somebody', ${volume.projectId}, ${about}, ${volume.id}, 'act',
      'running')`;
}

describe('a dry run', () => {
  it('tells what would be written, and writes nothing', async () => {
    const volume = await newVolume();
    const before = await written();
    const tried = await perform(member, extend(volume), { dryRun: true });
    expect(tried).toMatchObject({ running: true, effects: [{ table: 'volume', id: volume.id }] });
    expect(await written()).toEqual(before);
    expect(await stateOf(volume)).toEqual({ status: 'available', size: 10 });
    await perform(member, extend(volume));
    expect(await stateOf(volume)).toMatchObject({ status: 'extending' });
  });

  it('of an attach tells the device, and reserves nothing', async () => {
    const { id: serverId } = await makeServer(cloud.runtime.database, { projectId: demo.id, host });
    const volume = await newVolume();
    const [before, call] = [
      await written(),
      { action: 'volume.attach', id: serverId, input: { volumeId: volume.id } } as const,
    ];
    expect((await perform(member, call, { dryRun: true })).answer).toMatchObject({ device: '/dev/vdb' });
    expect(await written()).toEqual(before);
    expect(await stateOf(volume)).toMatchObject({ status: 'available' });
  });

  it('is refused like the real one', async () => {
    const volume = await newVolume({ status: 'error' });
    await expect(perform(member, extend(volume), { dryRun: true })).rejects.toMatchObject({
      refusals: [{ rule: 'volume.extend.volume-status' }],
    });
  });
});

it('one bad object of many spoils nothing', async () => {
  const [good, bad, other] = [await newVolume(), await newVolume({ status: 'error' }), await newVolume()];
  const ids = [good.id, bad.id, randomUUID(), other.id];
  const results = await performMany(member, { action: 'volume.extend', ids, input: { sizeGib: 20 } });
  expect(results.map(({ id, ok }) => [id, ok])).toEqual(ids.map((id, at) => [id, at === 0 || at === 3]));
  expect(results[2]).toMatchObject({ refusals: [{ code: 'not_found' }] });
  expect(await stateOf(bad)).toEqual({ status: 'error', size: 10 });
});

describe('an object that an operation owns already', () => {
  it('is refused by the database where no rule has seen it', async () => {
    const volume = await newVolume();
    await owned(volume, null);
    await expect(perform(member, extend(volume))).rejects.toMatchObject({
      refusals: [{ rule: 'volume.extend.operation-in-progress', code: 'conflict' }],
    });
    expect(await stateOf(volume)).toEqual({ status: 'available', size: 10 });
  });

  it('is relieved of it by a reset: operation and reservation end, and whoever watches is told', async () => {
    const volume = await newVolume();
    const { operationId } = await perform(member, extend(volume));
    await perform(admin, { action: 'volume.reset-status', id: volume.id, input: { status: 'available' } });
    const { sql } = cloud.runtime.database;
    const [ended] = await sql`
      select outcome, phase, (select count(*)::int from quota_reservations where operation_id = o.id) as held,
        (select count(*)::int from changes where object_id = o.id) as told,
        (select array_agg(result::text order by id) from operation_steps where operation_id = o.id) as steps
      from operations o where id = ${operationId}`;
    expect(ended).toEqual({ outcome: 'failed', phase: null, held: 0, told: 2, steps: ['started', 'failed'] });
    expect(await loadVerbWork(cloud.runtime, operationId)).toBeNull();
    await perform(member, extend(volume));
  });
});

describe('a member', () => {
  const worldOf = (wanted: Wanted) =>
    cloud.runtime.database.sql.begin((sql) => loadWorld(sql, member.actor, wanted, 'none'));

  it('has nothing of another project in sight, whatever is asked for', async () => {
    const { database } = cloud.runtime;
    const server = await makeServer(database, { projectId: alt.id, host });
    const volume = await newVolume({ projectId: alt.id });
    const attachment = await makeAttachment(database, volume, { serverId: server.id });
    const snapshot = await makeSnapshot(database, volume);
    await owned(volume);
    const world = await worldOf({
      servers: [server.id],
      volumes: [volume.id],
      attachments: [attachment.id],
      snapshots: [snapshot.id],
    });
    const seen = [world.server, world.volume, world.attachment, world.snapshot, world.operation];
    expect(seen.map((rows) => rows.size)).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not see the server of another project that holds the own volume', async () => {
    const { database } = cloud.runtime;
    const server = await makeServer(database, { projectId: alt.id, host, name: 'merger-db' });
    const volume = await newVolume();
    await makeAttachment(database, volume, { serverId: server.id });
    expect((await worldOf(wantedOf('volume', volume.id))).server.size).toBe(0);
    expect(JSON.stringify(await explainActions(member, 'volume', volume.id))).not.toContain('merger-db');
  });

  it('sees private types with access, and those of the own volumes', async () => {
    const { database } = cloud.runtime;
    const secret = await makeVolumeType(database, { name: 'secret', public: false });
    const shared = await makeVolumeType(database, { name: 'shared', public: false }, [demo]);
    const named = await worldOf({ volumeTypes: ['secret', 'shared', secret.id] });
    expect([...named.volumeType.keys()]).toEqual([shared.id]);
    const every = await worldOf({ everyVolumeType: true });
    expect(every.volumeType.has(secret.id)).toBe(false);
    const volume = await newVolume({ volumeTypeId: secret.id });
    const held = await worldOf(wantedOf('volume', volume.id));
    expect([...held.volumeType.keys()]).toEqual([secret.id]);
  });

  it('sees the own images and those that are open', async () => {
    const [own, open, foreign] = [randomUUID(), randomUUID(), randomUUID()];
    const image = { status: 'active', visibility: 'private' as const };
    await cloud.runtime.database.orm.insert(images).values([
      { ...image, id: own, owner: demo.id },
      { ...image, id: open, owner: alt.id, visibility: 'public' },
      { ...image, id: foreign, owner: alt.id },
    ]);
    const { image: seen } = await worldOf({ images: [own, open, foreign] });
    expect([...seen.keys()].toSorted()).toEqual([own, open].toSorted());
  });
});

it('an administrator extends within the quota of the volume’s project', async () => {
  const volume = await newVolume({ projectId: alt.id });
  await cloud.runtime.database.sql`
    insert into quotas (project_id, service, resource, hard_limit) values (${alt.id}, 'volume', 'gigabytes', 15)`;
  await expect(perform(admin, extend(volume))).rejects.toMatchObject({
    refusals: [{ rule: 'volume.extend.quota', code: 'over_quota' }],
  });
});
