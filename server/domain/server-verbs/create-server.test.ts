/**
 * New servers: from an image, from volumes that are there, from volumes that are made for them; and what is left when a
 * call fails.
 */
import { describe, expect, it } from 'vitest';
import { accepted, play } from '../engine/play-verb';
import { attachmentRecord, snapshotRecord, volumeRecord } from '../engine/sound-world';
import { disksOf, type World } from '../engine/world';
import { host } from '../sound-facts';
import {
  blank,
  CREATE,
  creating,
  fromImage,
  fromVolume,
  ID,
  image,
  imageRoot,
  sealed,
} from './create-server-scene';

function volumeOf(world: World, device: string) {
  const disk = disksOf(world, ID).find((each) => each.device === device);
  return disk && { ...world.volume.get(disk.volumeId), disk };
}

describe('a new server', () => {
  it('from an image alone asks its host and nobody else', () => {
    const { world, tasks } = play(CREATE, creating([], image));
    expect(tasks).toEqual([{ call: 'spawn', serverId: ID, args: { imageId: 'image-1', flavorId: '1' } }]);
    expect(world.server.get(ID)).toMatchObject({
      name: 'web-9',
      projectId: 'project-1',
      vmState: 'active',
      taskState: null,
      powerState: 1,
      launched: true,
      host: 'cmp-1',
      imageId: 'image-1',
      rootDeviceName: '/dev/vda',
      flavor: { name: 'm1.tiny' },
    });
  });

  it('from a volume reserves it at once, and has it in use before it runs', () => {
    const call = creating([fromVolume]);
    const begun = accepted(CREATE, call);
    expect(begun.world.volume.get('volume-9')).toMatchObject({ status: 'reserved' });
    expect(begun.world.server.get(ID)).toMatchObject({
      vmState: 'building',
      taskState: 'block_device_mapping',
    });
    const { world, tasks, outcome } = play(CREATE, creating([fromVolume]), sealed);
    expect(outcome).toBe('succeeded');
    expect(tasks.map((task) => task.call)).toEqual(['getConnector', 'initializeConnection', 'spawn']);
    expect(world.server.get(ID)).toMatchObject({ vmState: 'active', imageId: null });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
    expect(disksOf(world, ID)).toMatchObject([
      {
        device: '/dev/vda',
        bootIndex: 0,
        attachStatus: 'attached',
        instanceId: ID,
        deleteOnTermination: false,
      },
    ]);
  });

  it('makes volumes from an image and blank ones, each in its turn', () => {
    const devices = [{ ...fromImage, boot_index: 0, delete_on_termination: true }, blank];
    const { world, tasks } = play(CREATE, creating(devices), sealed);
    expect(tasks.map(({ call }) => call)).toEqual([
      'createVolume',
      'reimageVolume',
      'createVolume',
      'getConnector',
      'getConnector',
      'initializeConnection',
      'initializeConnection',
      'spawn',
    ]);
    expect(volumeOf(world, '/dev/vda')).toMatchObject({
      status: 'in-use',
      sizeGib: 8,
      bootable: true,
      imageMetadata: { image_id: 'image-1' },
      disk: { deleteOnTermination: true },
    });
    expect(volumeOf(world, '/dev/vdb')).toMatchObject({
      status: 'in-use',
      sizeGib: 5,
      name: `${ID}-blank-vol`,
    });
  });

  it('makes a volume from a snapshot, as big as that', () => {
    const device = { source_type: 'snapshot', uuid: 'snapshot-1', boot_index: 0 };
    const rows = { volume: [volumeRecord({ bootable: true })], snapshot: [snapshotRecord()] };
    const { world, tasks } = play(CREATE, creating([device], {}, rows), sealed);
    expect(tasks[0]).toMatchObject({ call: 'createVolume', args: { sizeGib: 10, snapshotId: 'snapshot-1' } });
    expect(volumeOf(world, '/dev/vda')).toMatchObject({
      status: 'in-use',
      snapshotId: 'snapshot-1',
      bootable: true,
    });
  });

  it('shares a multiattach volume that another server has', () => {
    const shared = volumeRecord({
      id: 'volume-9',
      multiattach: true,
      bootable: true,
      status: 'in-use',
      attachStatus: 'attached',
    });
    const other = attachmentRecord({
      volumeId: 'volume-9',
      multiattach: true,
      instanceId: 'server-2',
      serverId: 'server-2',
    });
    const { world } = play(
      CREATE,
      creating([fromVolume], {}, { volume: [shared], attachment: [other] }),
      sealed,
    );
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'in-use' });
    expect([...world.attachment.values()].map(({ serverId }) => serverId)).toEqual(['server-2', ID]);
  });

  it('gives the names that are asked for, and what is free to the others', () => {
    const third = { ...blank, device_name: '/dev/sdb' };
    const { world } = play(CREATE, creating([imageRoot, blank, third], image), sealed);
    expect(disksOf(world, ID).map(({ device }) => device)).toEqual(['/dev/vdc', '/dev/vdb']);
  });
});

describe('when no host takes it', () => {
  it('it is in ERROR, its volume stays reserved for it, and none is made', () => {
    const { world, tasks, outcome } = play(
      CREATE,
      creating([fromVolume, blank], {}, { host: [host({ enabled: false })] }),
    );
    expect(outcome).toBe('failed');
    expect(tasks).toEqual([]);
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error', taskState: null, host: null });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'reserved' });
    expect(disksOf(world, ID)).toHaveLength(1);
  });

  it('says so beforehand', () => {
    const call = creating([fromVolume], {}, { host: [host({ up: false })] });
    expect(CREATE.warnings?.(call)).toEqual([
      'No host that is up and enabled can take it: it will be in ERROR.',
    ]);
  });
});
