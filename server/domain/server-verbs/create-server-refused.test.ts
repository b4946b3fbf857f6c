/**
 * What speaks against a new server.
 */
import { describe, expect, it } from 'vitest';
import { refusalsOfVerb } from '../engine/decide';
import { play } from '../engine/play-verb';
import { ask, attachmentRecord, imageRecord, settings, soundWorld } from '../engine/sound-world';
import {
  blank,
  bootable,
  CREATE,
  creating,
  fromImage,
  fromVolume,
  ID,
  image,
  imageRoot,
} from './create-server-scene';

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
  ['an unknown bus', [[imageRoot, { ...blank, disk_bus: 'scuzzy' }], image], 'devices-invalid invalid'],
  ['a known bus', [[imageRoot, { ...blank, disk_bus: 'scsi' }], image], null],
  ['an unknown type', [[fromVolume, { ...blank, volume_type: 'gold' }]], 'new-volume invalid'],
  [
    'an unknown snapshot',
    [[fromVolume, { source_type: 'snapshot', uuid: 'snapshot-9' }]],
    'new-volume invalid',
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
