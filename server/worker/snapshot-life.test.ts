/**
 * Snapshots and volume types come and go, on a real database.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeVolumeType } from '~/db/factories';
import { openVolumes } from '~/server/testing/volume-scene';

const here = openVolumes();
const { begin, createVolume, fail, limit, placed, run, snapshotNow } = here;

describe('a snapshot', () => {
  it('is made, and deleted', async () => {
    const volume = await placed();
    const { answer, operationId } = await begin('snapshot.create', volume.id, { name: 'now' }, here.member);
    const id = String(answer.snapshotId);
    expect(await here.cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(await snapshotNow(id)).toEqual({ status: 'available', progress: 100 });
    expect(await run('snapshot.delete', id, {}, here.member)).toMatchObject({ outcome: 'succeeded' });
    expect(await snapshotNow(id)).toBeNull();
  });

  it('fails to be made and to be deleted', async () => {
    const volume = await placed();
    await fail('createSnapshot', volume.id);
    const { answer, operationId } = await begin('snapshot.create', volume.id, {}, here.member);
    const id = String(answer.snapshotId);
    await here.cloud.ended(operationId);
    expect(await snapshotNow(id)).toMatchObject({ status: 'error' });
    await fail('deleteSnapshot', volume.id);
    await run('snapshot.delete', id, {}, here.member);
    expect(await snapshotNow(id)).toMatchObject({ status: 'error_deleting' });
    await run('snapshot.reset-status', id, { status: 'available' });
    expect(await snapshotNow(id)).toMatchObject({ status: 'available' });
  });

  it('two at once against a quota of one: one is made', async () => {
    const volume = await placed();
    await limit({ snapshots: 1 });
    const answers = await Promise.allSettled(
      [1, 2].map(() => begin('snapshot.create', volume.id, {}, here.member)),
    );
    expect(answers.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a volume type', () => {
  it('cannot go while a volume has it, and can when that is gone', async () => {
    const { answer } = await begin('volume-type.create', here.project.id, { name: `gold-${randomUUID()}` });
    const id = String(answer.volumeTypeId);
    const volume = await placed({ volumeTypeId: id });
    await expect(begin('volume-type.delete', id)).rejects.toMatchObject({
      refusals: [{ rule: 'volume-type.delete.in-use' }],
    });
    await run('volume.delete', volume.id);
    await begin('volume-type.delete', id);
    expect(await here.cloud.runtime.database.sql`select 1 from volume_types where id = ${id}`).toHaveLength(
      0,
    );
  });

  it('is used by those who have access to it', async () => {
    const { id, name } = await makeVolumeType(here.cloud.runtime.database, { public: false });
    await expect(createVolume({ type: name })).rejects.toMatchObject({
      refusals: [{ rule: 'volume.create.type-not-found' }],
    });
    await expect(begin('volume-type.add-access', id, { project: 'nobody' })).rejects.toMatchObject({
      refusals: [{ rule: 'volume-type.add-access.project-not-found' }],
    });
    await begin('volume-type.add-access', id, { project: here.project.id });
    expect((await createVolume({ type: name })).ended).toMatchObject({ outcome: 'succeeded' });
    await begin('volume-type.remove-access', id, { project: here.project.id });
    await expect(createVolume({ type: name })).rejects.toMatchObject({ refusals: expect.anything() });
  });

  it('changes what it asks for while nobody has it', async () => {
    const { id } = await makeVolumeType(here.cloud.runtime.database, { extraSpecs: { a: '1' } });
    await begin('volume-type.set-extra-specs', id, { extraSpecs: { b: '2' } });
    await begin('volume-type.unset-extra-specs', id, { names: ['a'] });
    await begin('volume-type.update', id, { description: 'for logs', public: false });
    const [row] = await here.cloud.runtime.database.sql`
      select extra_specs, description, is_public from volume_types where id = ${id}`;
    expect(row).toEqual({ extra_specs: { b: '2' }, description: 'for logs', is_public: false });
    await placed({ volumeTypeId: id });
    await expect(begin('volume-type.set-extra-specs', id, { extraSpecs: { c: '3' } })).rejects.toMatchObject({
      refusals: [{ rule: 'volume-type.set-extra-specs.in-use' }],
    });
  });
});
