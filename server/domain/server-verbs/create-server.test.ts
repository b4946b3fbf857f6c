/**
 * New servers: from an image, from volumes that are there, from volumes that are made for them; and what is left when a
 * call fails.
 */
import { describe, expect, it } from 'vitest';
import type { Json } from '../connection';
import { refusalsOfVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  imageRecord,
  type Rows,
  settings,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import { disksOf, type World } from '../engine/world';
import { host } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

const CREATE: AnyVerb = SERVER_LIFE_VERBS['server.create'];
const ID = 'fresh-1';
const bootable = volumeRecord({ id: 'volume-9', name: 'root-9', bootable: true });
const sealed = { answer: ({ call }: { call: string }) => `sealed ${call}` };

type Item = Record<string, Json>;

function creating(devices: Item[], more: Record<string, Json> = {}, rows: Rows = {}) {
  const input = {
    name: 'web-9',
    flavor: '1',
    ...(devices.length > 0 ? { devices: { devices } } : {}),
    ...more,
  };
  return ask(soundWorld({ volume: [bootable], ...rows }), 'project-1', input);
}

const fromVolume: Item = {
  source_type: 'volume',
  destination_type: 'volume',
  uuid: 'volume-9',
  boot_index: 0,
};
const imageRoot: Item = { source_type: 'image', destination_type: 'local', uuid: 'image-1', boot_index: 0 };
const blank: Item = { source_type: 'blank', destination_type: 'volume', volume_size: 5 };
const fromImage: Item = { source_type: 'image', destination_type: 'volume', uuid: 'image-1', volume_size: 8 };
const image = { image: 'image-1' };

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

describe('when a call fails', () => {
  const devices = [fromVolume, { ...blank, delete_on_termination: true }, { ...blank, volume_size: 6 }];
  const made = (failing: string, nth = 1) => {
    let seen = 0;
    return play(CREATE, creating(devices), {
      ...sealed,
      fails: ({ call }) => {
        seen += call === failing ? 1 : 0;
        return call === failing && seen === nth;
      },
    });
  };

  it.each(['getConnector', 'initializeConnection', 'spawn'])(
    '%s: ERROR, its disks let go; volumes that go with it are deleted, the others are free',
    (failing) => {
      const { world, outcome, reason } = made(failing);
      expect({ outcome, reason }).toEqual({ outcome: 'failed', reason: 'storage said no' });
      expect(world.server.get(ID)).toMatchObject({
        vmState: 'error',
        taskState: null,
        host: null,
        launched: false,
      });
      expect(disksOf(world, ID)).toEqual([]);
      expect(world.volume.get('volume-9')).toMatchObject({ status: 'available', attachStatus: 'detached' });
      const left = [...world.volume.values()].filter(({ name }) => name.endsWith('-blank-vol'));
      expect(left).toMatchObject([{ sizeGib: 6, status: 'available' }]);
    },
  );

  it('the first createVolume: it goes, for it would have gone with the server; the second was never begun', () => {
    const { world } = made('createVolume');
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error' });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'available' });
    expect([...world.volume.values()].filter(({ name }) => name.endsWith('-blank-vol'))).toEqual([]);
  });

  it('the second createVolume: it stays in error, to be looked at', () => {
    const { world } = made('createVolume', 2);
    const left = [...world.volume.values()].filter(({ name }) => name.endsWith('-blank-vol'));
    expect(left).toMatchObject([{ sizeGib: 6, status: 'error', attachStatus: 'detached' }]);
  });

  it('spawn, when the host cannot remove it either: ERROR, with its disks, for it may run', () => {
    const { world, tasks } = play(CREATE, creating([fromVolume]), {
      ...sealed,
      fails: ({ call }) => call === 'spawn' || call === 'destroy',
    });
    expect(tasks.slice(-2).map(({ call }) => call)).toEqual(['spawn', 'destroy']);
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error', taskState: null, host: 'cmp-1' });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'in-use' });
  });

  it('when storage does not let go either, the server is in ERROR all the same', () => {
    const { world, outcome } = play(CREATE, creating([fromVolume]), {
      ...sealed,
      fails: ({ call }) => call === 'spawn' || call === 'terminateConnection',
    });
    expect(outcome).toBe('failed');
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error', taskState: null });
    expect([...world.attachment.values()]).toMatchObject([
      { serverId: null, instanceId: ID, attachStatus: 'attached' },
    ]);
  });

  it('no pool has room: as if storage had said so', () => {
    const full = [...soundWorld().pool.values()].map((pool) => ({ ...pool, freeGib: 1 }));
    const played = play(CREATE, creating([fromVolume, blank], {}, { pool: full }), sealed);
    expect(played.reason).toBe('No storage pool can take the volume.');
    expect(played.world.server.get(ID)).toMatchObject({ vmState: 'error' });
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

describe('more disks than are allowed', () => {
  it('end in ERROR, with the disks let go', () => {
    const one = { ...creating([fromVolume, blank]), settings: { ...settings, maxDisksPerServer: 1 } };
    const { world, reason } = play(CREATE, one);
    expect(reason).toBe('web-9 would have more disks than are allowed.');
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error' });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'available' });
  });
});

/** Input, rows → the rule, or none. */
const REFUSED: [string, Parameters<typeof creating>, string | null][] = [
  ['neither image nor volume', [[]], 'no-boot-source invalid'],
  ['blanks around the name', [[], { ...image, name: ' web' }], 'name-invalid invalid'],
  ['an unknown flavor', [[], { ...image, flavor: '9' }], 'flavor-not-found invalid'],
  ['an unknown image', [[], { image: 'image-9' }], 'image-not-found invalid'],
  [
    'an image that is not active',
    [[], image, { image: [imageRecord({ status: 'queued' })] }],
    'image-status invalid',
  ],
  [
    'an image too big for the flavor',
    [[], image, { image: [imageRecord({ minDiskGib: 2 })] }],
    'flavor-too-small invalid',
  ],
  ['a root that is not bootable', [[{ ...fromVolume, uuid: 'volume-1' }]], 'root-not-bootable invalid'],
  ['a blank root', [[{ ...blank, boot_index: 0 }]], 'root-not-bootable invalid'],
  ['an unknown volume', [[{ ...fromVolume, uuid: 'volume-7' }]], 'volume-not-found invalid'],
  ['an image with volumes, not listed', [[blank], image], 'boot-order invalid'],
  ['an image with volumes, listed', [[imageRoot, blank], image], null],
  ['a gap in the order', [[fromVolume, { ...blank, boot_index: 2 }]], 'boot-order invalid'],
  ['the same index twice', [[fromVolume, { ...blank, boot_index: 0 }]], 'boot-order invalid'],
  ['no index 0', [[{ ...fromVolume, boot_index: 1 }]], 'boot-order invalid'],
  ['the same volume twice', [[fromVolume, { ...fromVolume, boot_index: 1 }]], 'volume-twice invalid'],
  [
    'a volume in use',
    [[fromVolume], {}, { volume: [{ ...bootable, status: 'in-use' }] }],
    'volume-unfit invalid',
  ],
  [
    'a volume in error',
    [[fromVolume], {}, { volume: [{ ...bootable, status: 'error' }] }],
    'volume-unfit invalid',
  ],
  [
    'a reserved volume',
    [[fromVolume], {}, { volume: [{ ...bootable, status: 'reserved' }] }],
    'volume-unfit invalid',
  ],
  [
    'an available one that a server has',
    [[fromVolume], {}, { attachment: [attachmentRecord({ volumeId: 'volume-9' })] }],
    'volume-unfit invalid',
  ],
  ['a blank one without a size', [[fromVolume, { ...blank, volume_size: null }]], 'new-volume invalid'],
  [
    'a volume too small for its image',
    [[{ ...fromImage, boot_index: 0, volume_size: 1 }], {}, { image: [imageRecord({ minDiskGib: 4 })] }],
    'new-volume invalid',
  ],
  ['an unknown type', [[fromVolume, { ...blank, volume_type: 'gold' }]], 'new-volume not_found'],
  [
    'an unknown snapshot',
    [[fromVolume, { source_type: 'snapshot', uuid: 'snapshot-9' }]],
    'new-volume not_found',
  ],
  [
    'the root’s name for a volume',
    [[imageRoot, { ...blank, device_name: '/dev/sda' }], image],
    'root-device-taken invalid',
  ],
  [
    'the same letter twice',
    [[imageRoot, { ...blank, device_name: '/dev/sdb' }, { ...blank, device_name: '/dev/vdb1' }], image],
    'device-taken invalid',
  ],
  [
    'no quota for servers',
    [
      [],
      image,
      { quota: [{ id: 'project-1', limits: { instances: 2 }, inUse: { instances: 2 }, reserved: {} }] },
    ],
    'over-quota over_quota',
  ],
  [
    'no quota for two volumes',
    [
      [imageRoot, blank, blank],
      image,
      { quota: [{ id: 'project-1', limits: { gigabytes: 9 }, inUse: {}, reserved: {} }] },
    ],
    'volume-quota over_quota',
  ],
];

describe('refused', () => {
  it.each(REFUSED)('%s', (_, given, expected) => {
    const found = refusalsOfVerb(CREATE, creating(...given)).map(
      ({ rule, code }) => `${rule.replace('server.create.', '')} ${code}`,
    );
    expect(found).toEqual(expected === null ? [] : [expected]);
  });

  it('nothing, while nobody has filled the form', () => {
    const found = refusalsOfVerb(CREATE, ask(soundWorld(), 'project-1'));
    expect(found.map(({ rule }) => rule)).toEqual(['server.create.no-boot-source']);
  });
});
