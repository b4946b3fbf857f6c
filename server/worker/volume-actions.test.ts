/**
 * Actions on a volume from their acceptance to their end, as the product runs them: database, queue, worker, simulator.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, makeSnapshot } from '~/db/factories';
import { images } from '~/db/schema/compute';
import type { DriverCall } from '~/server/domain/driver-call';
import type { VerbName } from '~/server/domain/verb-catalogue';
import { perform } from '~/server/services/perform';
import { planFault } from '~/server/services/simulated-faults';
import { type EndedOperation, openRunningCloud, type RunningCloud } from '~/server/testing/running-cloud';

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await openRunningCloud();
});
afterAll(() => cloud.close());

type Volume = Awaited<ReturnType<RunningCloud['newVolume']>>;

async function begin(action: VerbName, { id }: Volume, input: Readonly<Record<string, unknown>>) {
  return perform(cloud.admin, { action, id, input });
}

async function run(...call: Parameters<typeof begin>): Promise<EndedOperation> {
  return cloud.ended((await begin(...call)).operationId);
}

/** The next such call about the volume fails for good. */
async function fail(call: DriverCall, volume: Volume): Promise<void> {
  const message = 'The array is on fire.';
  await planFault(cloud.admin, {
    call,
    volumeId: volume.id,
    serverId: null,
    message,
    retryable: false,
    times: 1,
  });
}

async function stateOf({ id }: Volume) {
  const [row] = await cloud.runtime.database.sql<
    {
      status: string;
      size: number;
      previous: string | null;
      bootable: boolean;
      image: Record<string, string> | null;
      held: number;
      deleted: boolean;
    }[]
  >`
    select status, size_gib as size, previous_status as previous, bootable, image_metadata as image,
      deleted_at is not null as deleted,
      (select count(*)::int from quota_reservations r join operations o on o.id = r.operation_id
        where o.volume_id = v.id) as held
    from volumes v where id = ${id}`;
  if (row === undefined) throw new Error('the volume is gone for good');
  return row;
}

async function attached(volume: Volume): Promise<Volume> {
  const { id: serverId } = await cloud.newServer();
  await makeAttachment(cloud.runtime.database, volume, { serverId, device: '/dev/vdb' });
  return volume;
}

describe('extending', () => {
  it('an available volume: it is larger, and nothing is held any more', async () => {
    const volume = await cloud.newVolume({ sizeGib: 10 });
    expect(await run('volume.extend', volume, { sizeGib: 30 })).toMatchObject({ outcome: 'succeeded' });
    expect(await stateOf(volume)).toMatchObject({ status: 'available', size: 30, previous: null, held: 0 });
  });

  it('an attached volume: its server is told before it is in-use again', async () => {
    const volume = await attached(await cloud.newVolume({ sizeGib: 10 }));
    const { outcome, steps } = await run('volume.extend', volume, { sizeGib: 20 });
    expect(outcome).toBe('succeeded');
    expect(steps.map((each) => each.split(':')[0])).toEqual([
      'act started',
      'act succeeded',
      'tell succeeded',
    ]);
    expect(await stateOf(volume)).toMatchObject({ status: 'in-use', size: 20, held: 0 });
  });

  it('fails: the size stays, and what was held is free again', async () => {
    const volume = await cloud.newVolume({ sizeGib: 10 });
    await fail('extendVolume', volume);
    expect(await run('volume.extend', volume, { sizeGib: 20 })).toMatchObject({
      outcome: 'failed',
      reason: 'The array is on fire.',
    });
    expect(await stateOf(volume)).toMatchObject({ status: 'error_extending', size: 10, held: 0 });
  });

  it('is larger although its server could not be told', async () => {
    const volume = await attached(await cloud.newVolume({ sizeGib: 10 }));
    await fail('extendDevice', volume);
    expect(await run('volume.extend', volume, { sizeGib: 20 })).toMatchObject({ outcome: 'failed' });
    expect(await stateOf(volume)).toMatchObject({ status: 'in-use', size: 20, held: 0 });
  });

  it('is refused over the quota of the volume’s project, also for an administrator', async () => {
    const volume = await cloud.newVolume({ sizeGib: 10 });
    await expect(begin('volume.extend', volume, { sizeGib: 100_000 })).rejects.toMatchObject({
      refusals: [{ rule: 'volume.extend.quota', code: 'over_quota' }],
    });
    expect(await stateOf(volume)).toMatchObject({ status: 'available', held: 0 });
  });

  it('does not go on when an administrator has reset the volume', async () => {
    const idle = await openRunningCloud({ idle: true });
    try {
      const volume = await idle.newVolume({ sizeGib: 10 });
      const call = (action: VerbName, input: Readonly<Record<string, unknown>>) =>
        perform(idle.admin, { action, id: volume.id, input });
      const { operationId } = await call('volume.extend', { sizeGib: 20 });
      await call('volume.reset-status', { status: 'available' });
      expect(await idle.ended(operationId)).toMatchObject({
        outcome: 'failed',
        cause: 'overtaken',
        reason: 'Overtaken by volume.reset-status of admin.',
      });
      await idle.startWorker();
      const { operationId: next } = await call('volume.extend', { sizeGib: 15 });
      expect(await idle.ended(next)).toMatchObject({ outcome: 'succeeded' });
      const [row] = await idle.runtime.database.sql`
        select status, size_gib, (select count(*)::int from quota_reservations) as held
        from volumes where id = ${volume.id}`;
      expect(row).toEqual({ status: 'available', size_gib: 15, held: 0 });
    } finally {
      await idle.close();
    }
  });
});

describe('reverting', () => {
  async function snapshotStatus(id: string): Promise<unknown> {
    const [row] = await cloud.runtime.database.sql`select status from snapshots where id = ${id}`;
    return row?.status;
  }

  it('ends with volume and snapshot available', async () => {
    const volume = await cloud.newVolume();
    await makeSnapshot(cloud.runtime.database, volume, { createdAt: new Date('2026-01-01') });
    const { id: snapshotId } = await makeSnapshot(cloud.runtime.database, volume);
    expect(await run('volume.revert', volume, { snapshotId })).toMatchObject({ outcome: 'succeeded' });
    expect((await stateOf(volume)).status).toBe('available');
    expect(await snapshotStatus(snapshotId)).toBe('available');
  });

  it('only goes back to the latest snapshot', async () => {
    const volume = await cloud.newVolume();
    const older = await makeSnapshot(cloud.runtime.database, volume, { createdAt: new Date('2026-01-01') });
    await makeSnapshot(cloud.runtime.database, volume);
    await expect(begin('volume.revert', volume, { snapshotId: older.id })).rejects.toMatchObject({
      refusals: [{ rule: 'volume.revert.not-latest', code: 'invalid' }],
    });
  });

  it('that fails leaves the volume in error, and the snapshot available', async () => {
    const volume = await cloud.newVolume();
    const { id: snapshotId } = await makeSnapshot(cloud.runtime.database, volume);
    await fail('revertToSnapshot', volume);
    expect(await run('volume.revert', volume, { snapshotId })).toMatchObject({ outcome: 'failed' });
    expect((await stateOf(volume)).status).toBe('error');
    expect(await snapshotStatus(snapshotId)).toBe('available');
  });
});

describe('uploading', () => {
  async function image(id: unknown) {
    const [row] = await cloud.runtime.database.sql`
      select name, owner, status, visibility, disk_format, size_bytes::int8::text as bytes
      from images where id = ${String(id)}`;
    return row;
  }

  it('makes an image of the volume', async () => {
    const volume = await cloud.newVolume({ sizeGib: 2 });
    const input = { imageName: 'golden', diskFormat: 'qcow2', visibility: 'public' };
    const { operationId, answer } = await begin('volume.upload-to-image', volume, input);
    expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
    expect((await stateOf(volume)).status).toBe('available');
    expect(await image(answer.imageId)).toEqual({
      name: 'golden',
      owner: cloud.projectId,
      status: 'active',
      visibility: 'public',
      disk_format: 'qcow2',
      bytes: String(2 * 2 ** 30),
    });
  });

  it('that fails leaves no image', async () => {
    const volume = await cloud.newVolume();
    await fail('copyVolumeToImage', volume);
    const { operationId, answer } = await begin('volume.upload-to-image', volume, { imageName: 'broken' });
    expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'failed' });
    expect((await stateOf(volume)).status).toBe('available');
    expect(await image(answer.imageId)).toBeUndefined();
  });
});

describe('reimaging', () => {
  async function newImage(): Promise<string> {
    const id = randomUUID();
    await cloud.runtime.database.orm.insert(images).values({
      id,
      name: 'debian-12',
      status: 'active',
      visibility: 'public',
      diskFormat: 'raw',
      containerFormat: 'bare',
      sizeBytes: 2 ** 20,
    });
    return id;
  }

  it('makes the volume one of the image', async () => {
    const volume = await cloud.newVolume({ status: 'error' });
    const imageId = await newImage();
    expect(await run('volume.reimage', volume, { imageId })).toMatchObject({ outcome: 'succeeded' });
    expect(await stateOf(volume)).toMatchObject({
      status: 'error',
      previous: null,
      bootable: true,
      image: { image_id: imageId, image_name: 'debian-12' },
    });
  });

  it('that fails leaves error', async () => {
    const volume = await cloud.newVolume();
    await fail('reimageVolume', volume);
    expect(await run('volume.reimage', volume, { imageId: await newImage() })).toMatchObject({
      outcome: 'failed',
    });
    expect(await stateOf(volume)).toMatchObject({ status: 'error', bootable: false, image: null });
  });
});

describe('unmanaging', () => {
  it('forgets the volume', async () => {
    const volume = await cloud.newVolume();
    expect(await run('volume.unmanage', volume, {})).toMatchObject({ outcome: 'succeeded' });
    expect(await stateOf(volume)).toMatchObject({ status: 'deleted', deleted: true });
  });
});

describe('resetting', () => {
  it('detached forgets what storage knows; the disk stays the server’s', async () => {
    const volume = await attached(await cloud.newVolume());
    await run('volume.reset-status', volume, { attachStatus: 'detached' });
    expect((await stateOf(volume)).status).toBe('available');
    const left = await cloud.runtime.database.sql`
      select attach_status, device from attachments where volume_id = ${volume.id} and deleted_at is null`;
    expect([...left]).toEqual([{ attach_status: null, device: '/dev/vdb' }]);
  });

  it('an upload takes its unfinished image away', async () => {
    const idle = await openRunningCloud({ idle: true });
    try {
      const { id } = await idle.newVolume();
      await perform(idle.admin, { action: 'volume.upload-to-image', id, input: { imageName: 'golden' } });
      await perform(idle.admin, { action: 'volume.reset-status', id, input: { status: 'available' } });
      expect([...(await idle.runtime.database.sql`select id from images`)]).toEqual([]);
    } finally {
      await idle.close();
    }
  });
});
