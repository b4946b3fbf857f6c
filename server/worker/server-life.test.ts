/**
 * Servers are made, shelved, resized and deleted with their volumes, on a real database and a cloud that remembers what
 * it exports.
 */
import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHost, makeProject, makeVolume, type ProjectRecord } from '~/db/factories';
import { attachments } from '~/db/schema/attachment';
import { flavors, images, servers } from '~/db/schema/compute';
import { pools, volumes } from '~/db/schema/volume';
import type { ActionName } from '~/server/domain/action';
import { getOperation } from '~/server/services/operation-rows';
import { type Call, perform } from '~/server/services/perform';
import { type ModelCloud, modelCloud } from '~/server/testing/model-cloud';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { runOperation } from './run-operation';

let cloud: TestCloud;
const IMAGE = randomUUID();
const HOSTS = ['cmp-a', 'cmp-b'];
const SIZES = { vcpus: 1, diskGib: 1 };

beforeAll(async () => {
  cloud = await openTestCloud();
  const { database } = cloud.runtime;
  for (const name of HOSTS) await makeHost(database, { name });
  await database.orm.insert(flavors).values([
    { id: '1', name: 'm1.tiny', ramMib: 64, ...SIZES },
    { id: '2', name: 'm1.small', ramMib: 128, ...SIZES },
  ]);
  await database.orm
    .insert(images)
    .values({ id: IMAGE, name: 'tiny', status: 'active', visibility: 'public' });
  await database.orm.insert(pools).values({ name: 'stor-1@lvm#lvm', totalGib: 1000, freeGib: 900 });
});
afterAll(() => cloud.close());

interface Scene {
  project: ProjectRecord;
  model: ModelCloud;
  /** Performs a verb, and whatever goes on after it. */
  does(
    action: ActionName,
    id: string,
    input?: Call['input'],
  ): Promise<{ answer: { serverId?: string }; outcome: string }>;
  /** A bootable volume. */
  volume(): Promise<string>;
}

async function scene(): Promise<Scene> {
  const { runtime } = cloud;
  const project = await makeProject(runtime.database);
  const model = modelCloud();
  return {
    project,
    model,
    does: async (action, id, input = {}) => {
      const context = as('admin', project, runtime);
      const { operationId, answer } = await perform(context, { action, id, input });
      await runOperation({ runtime, drivers: model }, operationId, true);
      // What failed for good goes on as a job of its own.
      await runOperation({ runtime, drivers: model }, operationId, true);
      const { outcome } = await getOperation(context, operationId);
      return { answer: answer as { serverId?: string }, outcome };
    },
    volume: async () =>
      (await makeVolume(runtime.database, { projectId: project.id, bootable: true, pool: 'stor-1@lvm#lvm' }))
        .id,
  };
}

async function serverRow(id: string) {
  const [row] = await cloud.runtime.database.orm.select().from(servers).where(eq(servers.id, id));
  if (row === undefined) throw new Error('the server is there');
  return row;
}

async function volumeRow(id: string) {
  const [row] = await cloud.runtime.database.orm.select().from(volumes).where(eq(volumes.id, id));
  if (row === undefined) throw new Error('the volume is there');
  return row;
}

/** Live disks of the server. */
function disks(serverId: string) {
  const live = and(eq(attachments.serverId, serverId), isNull(attachments.deletedAt));
  return cloud.runtime.database.orm.select().from(attachments).where(live).orderBy(attachments.device);
}

/** A server that boots from a volume. */
async function bootedFrom(volumeId: string, { does, project }: Scene, more: object = {}): Promise<string> {
  const device = {
    source_type: 'volume',
    destination_type: 'volume',
    uuid: volumeId,
    boot_index: 0,
    ...more,
  };
  const input = { name: 'web', flavor: '1', devices: { devices: [device] } };
  const { answer, outcome } = await does('server.create', project.id, input);
  expect(outcome).toBe('succeeded');
  return answer.serverId ?? '';
}

describe('a new server', () => {
  it('boots from a volume', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    expect(await serverRow(id)).toMatchObject({
      vmState: 'active',
      taskState: null,
      status: 'ACTIVE',
      imageId: null,
    });
    expect((await serverRow(id)).launchedAt).not.toBeNull();
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
    const [disk] = await disks(id);
    expect(disk).toMatchObject({
      device: '/dev/vda',
      bootIndex: 0,
      attachStatus: 'attached',
      instanceId: id,
    });
    expect([...here.model.exported]).toEqual([disk?.id]);
  });

  it('has volumes made for it, from an image and blank', async () => {
    const here = await scene();
    const devices = [
      { source_type: 'image', destination_type: 'volume', uuid: IMAGE, volume_size: 2, boot_index: 0 },
      {
        source_type: 'blank',
        destination_type: 'volume',
        volume_size: 3,
        volume_type: 'plain',
        boot_index: -1,
      },
    ];
    const input = {
      name: 'db',
      flavor: '1',
      devices: { devices: devices.map((each) => ({ ...each, volume_type: 'plain' })) },
    };
    await here.volume();
    const { answer, outcome } = await here.does('server.create', here.project.id, input);
    expect(outcome).toBe('succeeded');
    const [root, data] = await disks(answer.serverId ?? '');
    expect(await volumeRow(root?.volumeId ?? '')).toMatchObject({
      sizeGib: 2,
      status: 'in-use',
      bootable: true,
    });
    expect(await volumeRow(data?.volumeId ?? '')).toMatchObject({
      sizeGib: 3,
      status: 'in-use',
      name: `${answer.serverId}-blank-vol`,
    });
    expect(here.model.exported.size).toBe(2);
  });

  it('that cannot be made is in ERROR, and its volume is free again', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    here.model.plan({ call: 'spawn', moment: 'before', kind: 'fails' });
    const device = { source_type: 'volume', uuid: volumeId, boot_index: 0 };
    const { answer, outcome } = await here.does('server.create', here.project.id, {
      name: 'web',
      flavor: '1',
      devices: { devices: [device] },
    });
    expect(outcome).toBe('failed');
    expect(await serverRow(answer.serverId ?? '')).toMatchObject({
      vmState: 'error',
      status: 'ERROR',
      host: null,
    });
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'available', attachStatus: 'detached' });
    expect(here.model.exported.size).toBe(0);
  });
});

describe('shelving', () => {
  it('holds its volume without a connection, and unshelving connects it again', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const [before] = await disks(id);
    await here.does('server.shelve', id);
    expect(await serverRow(id)).toMatchObject({ status: 'SHELVED_OFFLOADED', host: null, taskState: null });
    const [held] = await disks(id);
    expect(held).toMatchObject({
      attachStatus: 'reserved',
      device: '/dev/vda',
      bdmId: before?.bdmId,
      connector: null,
    });
    expect(held?.id).not.toBe(before?.id);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'reserved' });
    expect(here.model.exported.size).toBe(0);

    await here.does('server.unshelve', id);
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', taskState: null });
    expect(HOSTS).toContain((await serverRow(id)).host);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
    expect([...here.model.exported]).toEqual([held?.id]);
  });

  it('an unshelve that storage does not follow leaves it as it was', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    await here.does('server.shelve', id);
    here.model.plan({ call: 'initializeConnection', moment: 'after', kind: 'fails' });
    expect((await here.does('server.unshelve', id)).outcome).toBe('failed');
    expect(await serverRow(id)).toMatchObject({ status: 'SHELVED_OFFLOADED', host: null, taskState: null });
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'reserved' });
    expect(here.model.exported.size).toBe(0);
  });
});

describe('a resize', () => {
  it('takes its volume along; reverted, it is where it was', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const { host } = await serverRow(id);
    await here.does('server.resize', id, { flavor: '2' });
    const moved = await serverRow(id);
    expect(moved).toMatchObject({ status: 'VERIFY_RESIZE', flavorId: '2', taskState: null });
    expect(moved.host).not.toBe(host);
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached', attachedHost: moved.host }]);

    await here.does('server.revert-resize', id);
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', flavorId: '1', host, former: null });
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached', attachedHost: host }]);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'in-use' });
    expect(here.model.exported.size).toBe(1);
  });

  it('that is confirmed stays', async () => {
    const here = await scene();
    const id = await bootedFrom(await here.volume(), here);
    await here.does('server.resize', id, { flavor: '2' });
    await here.does('server.confirm-resize', id);
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', flavorId: '2', former: null });
  });

  it('that cannot arrive goes back', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const { host } = await serverRow(id);
    here.model.plan({ call: 'resize', moment: 'before', kind: 'fails' });
    expect((await here.does('server.resize', id, { flavor: '2' })).outcome).toBe('failed');
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', flavorId: '1', host, former: null });
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached', attachedHost: host }]);
  });
});

describe('deleting', () => {
  it('deletes the volume that goes with it', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here, { delete_on_termination: true });
    expect((await here.does('server.delete', id)).outcome).toBe('succeeded');
    expect((await serverRow(id)).deletedAt).not.toBeNull();
    expect((await volumeRow(volumeId)).deletedAt).not.toBeNull();
    expect(here.model.exported.size).toBe(0);
  });

  it('is not stopped by storage that cannot delete it', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here, { delete_on_termination: true });
    here.model.plan({ call: 'deleteVolume', moment: 'before', kind: 'fails' });
    expect((await here.does('server.delete', id)).outcome).toBe('succeeded');
    expect((await serverRow(id)).deletedAt).not.toBeNull();
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'error_deleting', deletedAt: null });
  });

  it('is not stopped by storage that does not let it go', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here, { delete_on_termination: true });
    here.model.plan({ call: 'terminateConnection', moment: 'before', kind: 'fails' });
    expect((await here.does('server.delete', id)).outcome).toBe('succeeded');
    expect((await serverRow(id)).deletedAt).not.toBeNull();
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'in-use', deletedAt: null });
    const left = await cloud.runtime.database.orm
      .select()
      .from(attachments)
      .where(and(eq(attachments.volumeId, volumeId), isNull(attachments.deletedAt)));
    expect(left).toMatchObject([{ serverId: null, bdmId: null, instanceId: id, attachStatus: 'attached' }]);
  });

  it('frees a volume that its guest was given while it ran, and a resize takes it along', async () => {
    const here = await scene();
    const id = await bootedFrom(await here.volume(), here);
    const volumeId = await here.volume();
    await here.does('volume.attach', id, { volumeId });
    await here.does('server.resize', id, { flavor: '2' });
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached' }, { attachStatus: 'attached' }]);
    expect(here.model.exported.size).toBe(2);
    await here.does('server.delete', id);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'available', attachStatus: 'detached' });
    expect(here.model.exported.size).toBe(0);
  });

  it('takes over from what a server is busy with', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const shelving = await perform(as('admin', here.project, cloud.runtime), {
      action: 'server.shelve',
      id,
      input: {},
    });
    expect((await here.does('server.delete', id)).outcome).toBe('succeeded');
    const overtaken = await getOperation(as('admin', here.project, cloud.runtime), shelving.operationId);
    expect(overtaken).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^Overtaken/) });
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'available' });
  });
});
