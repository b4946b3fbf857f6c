/**
 * Volumes, snapshots, types and quotas from their acceptance to their end, as the product runs them: database, queue,
 * worker, simulator.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  makeAttachment,
  makeProject,
  makeSnapshot,
  makeVolumeType,
  type ProjectRecord,
} from '~/db/factories';
import { images } from '~/db/schema/compute';
import { pools } from '~/db/schema/volume';
import type { DriverCall } from '~/server/domain/driver-call';
import type { VerbName } from '~/server/domain/verb-catalogue';
import type { Context } from '~/server/services/context';
import { type Performed, perform } from '~/server/services/perform';
import { planFault } from '~/server/services/simulated-faults';
import { type EndedOperation, openRunningCloud, type RunningCloud } from '~/server/testing/running-cloud';
import { as } from '~/server/testing/test-cloud';

const HERE = 'stor-1@lvm#lvm';
const THERE = 'stor-2@lvm#lvm';

type Input = Readonly<Record<string, unknown>>;

let cloud: RunningCloud;
let project: ProjectRecord;
let member: Context;
let admin: Context;
let type: string;

beforeAll(async () => {
  cloud = await openRunningCloud();
  await cloud.runtime.database.orm.insert(pools).values(
    [HERE, THERE].map((name) => ({
      name,
      totalGib: 1000,
      freeGib: name === HERE ? 900 : 800,
      capabilities: { volume_backend_name: name, multiattach: true },
    })),
  );
});
afterAll(() => cloud.close());

beforeEach(async () => {
  project = await makeProject(cloud.runtime.database);
  member = as('member', project, cloud.runtime);
  admin = as('admin', project, cloud.runtime);
  type = (await makeVolumeType(cloud.runtime.database)).name;
});

function begin(action: VerbName, id: string, input: Input = {}, who = admin): Promise<Performed> {
  return perform(who, { action, id, input });
}

/** Waits for the end; what is done at once has one too. */
async function run(...call: Parameters<typeof begin>): Promise<EndedOperation> {
  return cloud.ended((await begin(...call)).operationId);
}

async function createVolume(input: Input = {}): Promise<{ id: string; ended: EndedOperation }> {
  const { operationId, answer } = await begin(
    'volume.create',
    project.id,
    { sizeGib: 2, type, ...input },
    member,
  );
  return { id: String(answer.volumeId), ended: await cloud.ended(operationId) };
}

function limit(limits: Record<string, number>): Promise<Performed> {
  return begin('quota.update', project.id, { limits });
}

/** The next such call fails for good. */
async function fail(call: DriverCall, volumeId: string | null = null): Promise<void> {
  const message = 'The array is on fire.';
  await planFault(cloud.admin, { call, volumeId, serverId: null, message, retryable: false, times: 1 });
}

/** @returns null when it is gone */
async function volumeNow(id: string) {
  const [row] = await cloud.runtime.database.sql<
    {
      status: string;
      attach: string;
      migration: string | null;
      pool: string | null;
      type: string;
      multiattach: boolean;
      bootable: boolean;
      previous: string | null;
      image: Record<string, string> | null;
    }[]
  >`
    select v.status, v.attach_status as attach, v.migration_status as migration, v.pool, t.name as type, v.multiattach,
      v.bootable, v.previous_status as previous, v.image_metadata as image
    from volumes v join volume_types t on t.id = v.volume_type_id where v.id = ${id} and v.deleted_at is null`;
  return row ?? null;
}

async function snapshotNow(id: string) {
  const [row] = await cloud.runtime.database.sql<{ status: string; progress: number }[]>`
    select status, progress from snapshots where id = ${id} and deleted_at is null`;
  return row ?? null;
}

async function volumesOf({ id }: ProjectRecord): Promise<number> {
  const [row] = await cloud.runtime.database.sql<{ count: number }[]>`
    select count(*)::int from volumes where project_id = ${id} and deleted_at is null`;
  return row?.count ?? 0;
}

/** A volume in a pool, with the type of this test. */
async function placed(given: Parameters<RunningCloud['newVolume']>[0] = {}) {
  const { id: volumeTypeId } = await makeVolumeType(cloud.runtime.database);
  return cloud.newVolume({ projectId: project.id, pool: HERE, volumeTypeId, ...given });
}

/** The same as a disk of a server. */
async function attached(given: Parameters<RunningCloud['newVolume']>[0] = {}) {
  const volume = await placed(given);
  const server = await cloud.newServer({ projectId: project.id });
  const disk = await makeAttachment(cloud.runtime.database, volume, {
    serverId: server.id,
    device: '/dev/vdb',
    tag: 'data',
    deleteOnTermination: true,
  });
  return { volume, server, disk };
}

describe('creating', () => {
  it('an empty volume: available, in the pool with the most room', async () => {
    const { id, ended } = await createVolume({ name: 'logs', metadata: { tier: 'cold' } });
    expect(ended).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(id)).toMatchObject({ status: 'available', attach: 'detached', pool: HERE, type });
  });

  it('from an image: bootable, and it knows the image', async () => {
    const imageId = randomUUID();
    await cloud.runtime.database.orm.insert(images).values({
      id: imageId,
      name: 'tiny',
      owner: project.id,
      status: 'active',
      visibility: 'private',
      diskFormat: 'raw',
      containerFormat: 'bare',
      minDiskGib: 1,
      sizeBytes: 1024,
    });
    const { id, ended } = await createVolume({ imageId });
    expect(ended.steps.map((each) => each.split(':')[0])).toEqual([
      'build started',
      'build succeeded',
      'copy succeeded',
    ]);
    expect(await volumeNow(id)).toMatchObject({
      status: 'available',
      bootable: true,
      image: { image_id: imageId, image_name: 'tiny' },
    });
  });

  it('from a volume and from its snapshot: as large, of the same type, in the same pool', async () => {
    const source = await placed({ pool: THERE, sizeGib: 3 });
    const snapshot = await makeSnapshot(cloud.runtime.database, source);
    for (const input of [{ sourceVolumeId: source.id }, { snapshotId: snapshot.id }]) {
      const { answer, operationId } = await begin('volume.create', project.id, input, member);
      expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
      expect(await volumeNow(String(answer.volumeId))).toMatchObject({ status: 'available', pool: THERE });
    }
  });

  it('fails: error, and it still counts', async () => {
    await limit({ volumes: 1 });
    await fail('createVolume');
    const { id, ended } = await createVolume();
    expect(ended).toMatchObject({ outcome: 'failed', reason: 'The array is on fire.' });
    expect(await volumeNow(id)).toMatchObject({ status: 'error' });
    await expect(createVolume()).rejects.toMatchObject({ refusals: [{ rule: 'volume.create.quota' }] });
    await run('volume.delete', id, {}, member);
    expect((await createVolume()).ended).toMatchObject({ outcome: 'succeeded' });
  });

  it('of a type that no pool offers: accepted, then error', async () => {
    const { name } = await makeVolumeType(cloud.runtime.database, {
      extraSpecs: { volume_backend_name: 'none' },
    });
    const { id, ended } = await createVolume({ type: name });
    expect(ended.outcome).toBe('failed');
    expect(await volumeNow(id)).toMatchObject({ status: 'error', pool: null });
  });

  it('two at once against a quota of one: one is made', async () => {
    await limit({ volumes: 1 });
    const answers = await Promise.allSettled([createVolume(), createVolume()]);
    expect(answers.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { refusals: [{ rule: 'volume.create.quota', code: 'over_quota' }] },
    });
    expect(await volumesOf(project)).toBe(1);
  });

  it('in a project that is not there is refused', async () => {
    await expect(begin('volume.create', 'nobody', { sizeGib: 1, type })).rejects.toMatchObject({
      refusals: [{ rule: 'project.not-found' }],
    });
  });
});

describe('deleting', () => {
  it('takes its snapshots along when asked to', async () => {
    const volume = await placed();
    const snapshot = await makeSnapshot(cloud.runtime.database, volume);
    await expect(begin('volume.delete', volume.id, {}, member)).rejects.toMatchObject({
      refusals: [{ rule: 'volume.delete.has-snapshots' }],
    });
    expect(await run('volume.delete', volume.id, { cascade: true }, member)).toMatchObject({
      outcome: 'succeeded',
    });
    expect(await volumeNow(volume.id)).toBeNull();
    expect(await snapshotNow(snapshot.id)).toBeNull();
  });

  it('fails: error_deleting, out of which an administrator deletes it by force', async () => {
    const volume = await placed();
    await fail('deleteVolume', volume.id);
    expect(await run('volume.delete', volume.id)).toMatchObject({ outcome: 'failed' });
    expect(await volumeNow(volume.id)).toMatchObject({ status: 'error_deleting' });
    expect(await run('volume.force-delete', volume.id)).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(volume.id)).toBeNull();
  });

  it('by force takes a reservation along', async () => {
    const volume = await placed();
    await makeAttachment(cloud.runtime.database, volume, { serverId: null, instanceId: randomUUID() });
    expect(await run('volume.force-delete', volume.id)).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(volume.id)).toBeNull();
  });

  it('twice at once: one is accepted', async () => {
    const volume = await placed();
    const answers = await Promise.allSettled([1, 2].map(() => run('volume.delete', volume.id)));
    expect(answers.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('changing the type', () => {
  it('in place: multiattach comes with it, and nothing is held any more', async () => {
    const volume = await placed();
    const multi = await makeVolumeType(cloud.runtime.database, { extraSpecs: { multiattach: '<is> True' } });
    await limit({ [`volumes_${multi.name}`]: 1 });
    expect(await run('volume.retype', volume.id, { type: multi.name }, member)).toMatchObject({
      outcome: 'succeeded',
    });
    expect(await volumeNow(volume.id)).toMatchObject({
      status: 'available',
      type: multi.name,
      multiattach: true,
    });
    const held = await cloud.runtime.database.sql`
      select 1 from quota_reservations where project_id = ${project.id}`;
    expect(held).toHaveLength(0);
    const other = await placed();
    await expect(begin('volume.retype', other.id, { type: multi.name }, member)).rejects.toMatchObject({
      refusals: [{ rule: 'volume.retype.quota' }],
    });
  });

  it('fails: it is what it was', async () => {
    const { volume } = await attached();
    const before = await volumeNow(volume.id);
    await fail('retypeVolume', volume.id);
    expect(await run('volume.retype', volume.id, { type })).toMatchObject({ outcome: 'failed' });
    expect(await volumeNow(volume.id)).toEqual(before);
  });

  it('moves it when it must and may', async () => {
    const volume = await placed();
    const there = await makeVolumeType(cloud.runtime.database, {
      extraSpecs: { volume_backend_name: THERE },
    });
    expect(await run('volume.retype', volume.id, { type: there.name })).toMatchObject({ outcome: 'failed' });
    expect(await volumeNow(volume.id)).toMatchObject({ status: 'available', pool: HERE });
    const input = { type: there.name, migrationPolicy: 'on-demand' };
    expect(await run('volume.retype', volume.id, input)).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(volume.id)).toMatchObject({
      status: 'available',
      pool: THERE,
      type: there.name,
      migration: 'success',
    });
    expect(await volumesOf(project)).toBe(1);
  });
});

describe('migrating', () => {
  it('by storage, locked meanwhile', async () => {
    const volume = await placed();
    expect(await run('volume.migrate', volume.id, { host: THERE, lockVolume: true })).toMatchObject({
      outcome: 'succeeded',
    });
    expect(await volumeNow(volume.id)).toMatchObject({
      status: 'available',
      pool: THERE,
      migration: 'success',
    });
  });

  it('by a hidden volume, of which nothing is left', async () => {
    const volume = await placed();
    expect(await run('volume.migrate', volume.id, { host: THERE, forceHostCopy: true })).toMatchObject({
      outcome: 'succeeded',
    });
    expect(await volumeNow(volume.id)).toMatchObject({ pool: THERE, migration: 'success' });
    expect(await volumesOf(project)).toBe(1);
  });

  it('under a server: the disk stays what it is, by another attachment', async () => {
    const { volume, server, disk } = await attached();
    expect(await run('volume.migrate', volume.id, { host: THERE })).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(volume.id)).toMatchObject({
      status: 'in-use',
      attach: 'attached',
      pool: THERE,
      migration: 'success',
    });
    const disks = await cloud.runtime.database.sql`
      select id, server_id, device, tag, delete_on_termination as mortal, bdm_id, attach_status from attachments
      where volume_id = ${volume.id} and deleted_at is null`;
    expect(disks).toMatchObject([
      {
        server_id: server.id,
        device: '/dev/vdb',
        tag: 'data',
        mortal: true,
        bdm_id: disk.bdmId,
        attach_status: 'attached',
      },
    ]);
    expect(disks[0]?.id).not.toBe(disk.id);
    expect(await volumesOf(project)).toBe(1);
  });

  it.each<[DriverCall, boolean]>([
    ['createVolume', false],
    ['copyVolume', false],
    ['swapDevice', true],
  ])('%s fails: it is where it was, as it was', async (call, inUse) => {
    const volume = inUse ? (await attached()).volume : await placed();
    const before = await volumeNow(volume.id);
    await fail(call);
    const ended = await run('volume.migrate', volume.id, { host: THERE, forceHostCopy: true });
    expect(ended).toMatchObject({ outcome: 'failed', reason: 'The array is on fire.' });
    expect(await volumeNow(volume.id)).toEqual({ ...before, migration: 'error' });
    expect(await volumesOf(project)).toBe(1);
  });
});

describe('a snapshot', () => {
  it('is made, and deleted', async () => {
    const volume = await placed();
    const { answer, operationId } = await begin('snapshot.create', volume.id, { name: 'now' }, member);
    const id = String(answer.snapshotId);
    expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(await snapshotNow(id)).toEqual({ status: 'available', progress: 100 });
    expect(await run('snapshot.delete', id, {}, member)).toMatchObject({ outcome: 'succeeded' });
    expect(await snapshotNow(id)).toBeNull();
  });

  it('fails to be made and to be deleted', async () => {
    const volume = await placed();
    await fail('createSnapshot', volume.id);
    const { answer, operationId } = await begin('snapshot.create', volume.id, {}, member);
    const id = String(answer.snapshotId);
    await cloud.ended(operationId);
    expect(await snapshotNow(id)).toMatchObject({ status: 'error' });
    await fail('deleteSnapshot', volume.id);
    await run('snapshot.delete', id, {}, member);
    expect(await snapshotNow(id)).toMatchObject({ status: 'error_deleting' });
    await run('snapshot.reset-status', id, { status: 'available' });
    expect(await snapshotNow(id)).toMatchObject({ status: 'available' });
  });

  it('two at once against a quota of one: one is made', async () => {
    const volume = await placed();
    await limit({ snapshots: 1 });
    const answers = await Promise.allSettled(
      [1, 2].map(() => begin('snapshot.create', volume.id, {}, member)),
    );
    expect(answers.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a volume type', () => {
  it('cannot go while a volume has it, and can when that is gone', async () => {
    const { answer } = await begin('volume-type.create', project.id, { name: `gold-${randomUUID()}` });
    const id = String(answer.volumeTypeId);
    const volume = await placed({ volumeTypeId: id });
    await expect(begin('volume-type.delete', id)).rejects.toMatchObject({
      refusals: [{ rule: 'volume-type.delete.in-use' }],
    });
    await run('volume.delete', volume.id);
    await begin('volume-type.delete', id);
    expect(await cloud.runtime.database.sql`select 1 from volume_types where id = ${id}`).toHaveLength(0);
  });

  it('is used by those who have access to it', async () => {
    const { id, name } = await makeVolumeType(cloud.runtime.database, { public: false });
    await expect(createVolume({ type: name })).rejects.toMatchObject({
      refusals: [{ rule: 'volume.create.type-not-found' }],
    });
    await expect(begin('volume-type.add-access', id, { project: 'nobody' })).rejects.toMatchObject({
      refusals: [{ rule: 'volume-type.add-access.project-not-found' }],
    });
    await begin('volume-type.add-access', id, { project: project.id });
    expect((await createVolume({ type: name })).ended).toMatchObject({ outcome: 'succeeded' });
    await begin('volume-type.remove-access', id, { project: project.id });
    await expect(createVolume({ type: name })).rejects.toMatchObject({ refusals: expect.anything() });
  });

  it('changes what it asks for while nobody has it', async () => {
    const { id } = await makeVolumeType(cloud.runtime.database, { extraSpecs: { a: '1' } });
    await begin('volume-type.set-extra-specs', id, { extraSpecs: { b: '2' } });
    await begin('volume-type.unset-extra-specs', id, { names: ['a'] });
    await begin('volume-type.update', id, { description: 'for logs', public: false });
    const [row] = await cloud.runtime.database.sql`
      select extra_specs, description, is_public from volume_types where id = ${id}`;
    expect(row).toEqual({ extra_specs: { b: '2' }, description: 'for logs', is_public: false });
    await placed({ volumeTypeId: id });
    await expect(begin('volume-type.set-extra-specs', id, { extraSpecs: { c: '3' } })).rejects.toMatchObject({
      refusals: [{ rule: 'volume-type.set-extra-specs.in-use' }],
    });
  });
});

it('a quota is set, and reset to what any project has', async () => {
  const limits = () => cloud.runtime.database.sql`
    select resource, hard_limit from quotas where project_id = ${project.id} order by resource`;
  await limit({ volumes: 3, [`gigabytes_${type}`]: 5 });
  expect(await limits()).toMatchObject([
    { resource: `gigabytes_${type}`, hard_limit: 5 },
    { resource: 'volumes', hard_limit: 3 },
  ]);
  await begin('quota.reset', project.id);
  expect(await limits()).toHaveLength(0);
});
