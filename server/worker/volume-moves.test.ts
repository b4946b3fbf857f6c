/**
 * Volumes change their type and their pool, on a real database.
 */
import { describe, expect, it } from 'vitest';
import { makeAttachment, makeVolumeType } from '~/db/factories';
import type { DriverCall } from '~/server/domain/driver-call';
import type { RunningCloud } from '~/server/testing/running-cloud';
import { HERE, openVolumes, THERE } from '~/server/testing/volume-scene';

const here = openVolumes();
const { begin, fail, limit, placed, run, volumeNow, volumesOf } = here;

/** The same as a disk of a server. */
async function attached(given: Parameters<RunningCloud['newVolume']>[0] = {}) {
  const volume = await placed(given);
  const server = await here.cloud.newServer({ projectId: here.project.id });
  const disk = await makeAttachment(here.cloud.runtime.database, volume, {
    serverId: server.id,
    device: '/dev/vdb',
    tag: 'data',
    deleteOnTermination: true,
  });
  return { volume, server, disk };
}

describe('changing the type', () => {
  it('in place: multiattach comes with it, and nothing is held any more', async () => {
    const volume = await placed();
    const multi = await makeVolumeType(here.cloud.runtime.database, {
      extraSpecs: { multiattach: '<is> True' },
    });
    await limit({ [`volumes_${multi.name}`]: 1 });
    expect(await run('volume.retype', volume.id, { type: multi.name }, here.member)).toMatchObject({
      outcome: 'succeeded',
    });
    expect(await volumeNow(volume.id)).toMatchObject({
      status: 'available',
      type: multi.name,
      multiattach: true,
    });
    const held = await here.cloud.runtime.database.sql`
      select 1 from quota_reservations where project_id = ${here.project.id}`;
    expect(held).toHaveLength(0);
    const other = await placed();
    await expect(begin('volume.retype', other.id, { type: multi.name }, here.member)).rejects.toMatchObject({
      refusals: [{ rule: 'volume.retype.quota' }],
    });
  });

  it('fails: it is what it was', async () => {
    const { volume } = await attached();
    const before = await volumeNow(volume.id);
    await fail('retypeVolume', volume.id);
    expect(await run('volume.retype', volume.id, { type: here.type })).toMatchObject({ outcome: 'failed' });
    expect(await volumeNow(volume.id)).toEqual(before);
  });

  it('moves it when it must and may', async () => {
    const volume = await placed();
    const there = await makeVolumeType(here.cloud.runtime.database, {
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
    expect(await volumesOf(here.project)).toBe(1);
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
    expect(await volumesOf(here.project)).toBe(1);
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
    const disks = await here.cloud.runtime.database.sql`
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
    expect(await volumesOf(here.project)).toBe(1);
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
    expect(await volumesOf(here.project)).toBe(1);
  });
});
