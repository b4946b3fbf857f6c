/**
 * Volumes, snapshots, types and quotas from their acceptance to their end, as the product runs them: database, queue,
 * worker, simulator.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAttachment, makeSnapshot, makeVolumeType } from '~/db/factories';
import { images } from '~/db/schema/compute';
import { HERE, openVolumes, THERE } from '~/server/testing/volume-scene';

const here = openVolumes();
const { begin, createVolume, fail, limit, placed, run, snapshotNow, volumeNow, volumesOf } = here;

describe('creating', () => {
  it('an empty volume: available, in the pool with the most room', async () => {
    const { id, ended } = await createVolume({ name: 'logs', metadata: { tier: 'cold' } });
    expect(ended).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(id)).toMatchObject({
      status: 'available',
      attach: 'detached',
      pool: HERE,
      type: here.type,
    });
  });

  it('from an image: bootable, and it knows the image', async () => {
    const imageId = randomUUID();
    await here.cloud.runtime.database.orm.insert(images).values({
      id: imageId,
      name: 'tiny',
      owner: here.project.id,
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
    const snapshot = await makeSnapshot(here.cloud.runtime.database, source);
    for (const input of [{ sourceVolumeId: source.id }, { snapshotId: snapshot.id }]) {
      const { answer, operationId } = await begin('volume.create', here.project.id, input, here.member);
      expect(await here.cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
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
    await run('volume.delete', id, {}, here.member);
    expect((await createVolume()).ended).toMatchObject({ outcome: 'succeeded' });
  });

  it('of a type that no pool offers: accepted, then error', async () => {
    const { name } = await makeVolumeType(here.cloud.runtime.database, {
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
    expect(await volumesOf(here.project)).toBe(1);
  });

  it('in a project that is not there is refused', async () => {
    await expect(begin('volume.create', 'nobody', { sizeGib: 1, type: here.type })).rejects.toMatchObject({
      refusals: [{ rule: 'project.not-found' }],
    });
  });
});

describe('deleting', () => {
  it('takes its snapshots along when asked to', async () => {
    const volume = await placed();
    const snapshot = await makeSnapshot(here.cloud.runtime.database, volume);
    await expect(begin('volume.delete', volume.id, {}, here.member)).rejects.toMatchObject({
      refusals: [{ rule: 'volume.delete.has-snapshots' }],
    });
    expect(await run('volume.delete', volume.id, { cascade: true }, here.member)).toMatchObject({
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
    await makeAttachment(here.cloud.runtime.database, volume, { serverId: null, instanceId: randomUUID() });
    expect(await run('volume.force-delete', volume.id)).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(volume.id)).toBeNull();
  });

  it('twice at once: one is accepted', async () => {
    const volume = await placed();
    const answers = await Promise.allSettled([1, 2].map(() => run('volume.delete', volume.id)));
    expect(answers.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

it('a quota is set, and reset to what any project has', async () => {
  const limits = () => here.cloud.runtime.database.sql`
    select resource, hard_limit from quotas where project_id = ${here.project.id} order by resource`;
  await limit({ volumes: 3, [`gigabytes_${here.type}`]: 5 });
  expect(await limits()).toMatchObject([
    { resource: `gigabytes_${here.type}`, hard_limit: 5 },
    { resource: 'volumes', hard_limit: 3 },
  ]);
  await begin('quota.reset', here.project.id);
  expect(await limits()).toHaveLength(0);
});
