/**
 * Servers are made, shelved, resized and deleted with their volumes, on a real database and a cloud that remembers what
 * it exports.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { attachments } from '~/db/schema/attachment';
import { getOperation } from '~/server/services/operation-rows';
import { perform } from '~/server/services/perform';
import { bootedFrom, IMAGE, openServers } from '~/server/testing/server-scene';
import { as } from '~/server/testing/test-cloud';

const site = openServers();
const { disks, scene, serverRow, volumeRow } = site;

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
    const left = await site.cloud.runtime.database.orm
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
    const shelving = await perform(as('admin', here.project, site.cloud.runtime), {
      action: 'server.shelve',
      id,
      input: {},
    });
    expect((await here.does('server.delete', id)).outcome).toBe('succeeded');
    const overtaken = await getOperation(as('admin', here.project, site.cloud.runtime), shelving.operationId);
    expect(overtaken).toMatchObject({ outcome: 'failed', cause: 'overtaken' });
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'available' });
  });
});
