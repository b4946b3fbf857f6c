import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import {
  ask,
  imageRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  typeRecord,
  volumeRecord,
} from '../engine/sound-world';
import { DEFAULT_QUOTA } from '../quota';
import { reader } from '../sound-facts';
import { createVolume } from './create-volume';

function refusals(input: Input, rows: Rows = {}): string[] {
  const decision = decideVerb(createVolume, ask(soundWorld(rows), 'project-1', input));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace('volume.create.', ''));
}

function quota(
  limits: Record<string, number>,
  inUse: Record<string, number> = { volumes: 2, gigabytes: 20 },
) {
  return {
    quota: [{ id: 'project-1', limits: { ...DEFAULT_QUOTA.volume, ...limits }, inUse, reserved: {} }],
  };
}

const snapshot = snapshotRecord();

const private1 = typeRecord({ id: 'type-private', name: 'private', public: false, access: ['project-2'] });

describe('what speaks against a new volume', () => {
  test.each<[string, Input, Rows, string[]]>([
    ['an empty one of 1 GiB', { sizeGib: 1 }, {}, []],
    ['a type by id', { sizeGib: 1, type: 'type-multi' }, {}, []],
    ['a type by name', { sizeGib: 1, type: 'multi' }, {}, []],
    ['no such type', { sizeGib: 1, type: 'gold' }, {}, ['type-not-found']],
    [
      'another project’s type',
      { sizeGib: 1, type: 'private' },
      { volumeType: [private1] },
      ['type-not-found'],
    ],
    [
      'a private type with access',
      { sizeGib: 1, type: 'private' },
      { volumeType: [{ ...private1, access: ['project-1'] }] },
      [],
    ],
    ['no size', {}, {}, ['size-missing']],
    ['an image without a size', { imageId: 'image-1' }, {}, ['size-missing']],
    ['a snapshot without a size', { snapshotId: 'snapshot-1' }, { snapshot: [snapshot] }, []],
    ['no such snapshot', { sizeGib: 1, snapshotId: 'nothing' }, {}, ['snapshot-not-found']],
    ['no such source', { sizeGib: 1, sourceVolumeId: 'nothing' }, {}, ['source-not-found']],
    ['no such image', { sizeGib: 1, imageId: 'nothing' }, {}, ['image-not-found']],
    [
      'another project’s image',
      { sizeGib: 1, imageId: 'image-1' },
      { image: [imageRecord({ visibility: 'private', owner: 'project-2' })] },
      ['image-not-found'],
    ],
    ['two sources', { sizeGib: 10, sourceVolumeId: 'volume-1', imageId: 'image-1' }, {}, ['several-sources']],
    [
      'smaller than its snapshot',
      { sizeGib: 9, snapshotId: 'snapshot-1' },
      { snapshot: [snapshot] },
      ['smaller-than-source'],
    ],
    ['smaller than its source', { sizeGib: 9, sourceVolumeId: 'volume-1' }, {}, ['smaller-than-source']],
    [
      'smaller than its image says',
      { sizeGib: 4, imageId: 'image-1' },
      { image: [imageRecord({ minDiskGib: 5 })] },
      ['smaller-than-source'],
    ],
    [
      'smaller than its image is',
      { sizeGib: 2, imageId: 'image-1' },
      { image: [imageRecord({ sizeBytes: 2 * 2 ** 30 + 1 })] },
      ['smaller-than-source'],
    ],
    [
      'smaller than its type allows',
      { sizeGib: 4, type: 'big' },
      {
        volumeType: [typeRecord({ id: 't', name: 'big', extraSpecs: { 'provisioning:min_vol_size': '5' } })],
      },
      ['size-of-type'],
    ],
    [
      'bigger than its type allows',
      { sizeGib: 6, type: 'small' },
      {
        volumeType: [
          typeRecord({ id: 't', name: 'small', extraSpecs: { 'provisioning:max_vol_size': '5' } }),
        ],
      },
      ['size-of-type'],
    ],
    [
      'a copy on another backend',
      { sourceVolumeId: 'volume-1', type: 'far' },
      { volumeType: [typeRecord({ id: 't', name: 'far', extraSpecs: { volume_backend_name: 'nfs' } })] },
      ['type-of-source'],
    ],
    ['an unknown zone', { sizeGib: 1, availabilityZone: 'mars' }, {}, ['zone']],
    ['a copy in another zone', { sourceVolumeId: 'volume-1', availabilityZone: 'mars' }, {}, ['zone']],
    [
      'an encrypted source and a multiattach type',
      { sourceVolumeId: 'volume-1', type: 'multi' },
      { volume: [volumeRecord({ encrypted: true })] },
      ['multiattach-encrypted'],
    ],
    [
      'a snapshot that is not ready',
      { snapshotId: 'snapshot-1' },
      { snapshot: [snapshotRecord({ status: 'creating' })] },
      ['snapshot-status'],
    ],
    [
      'an image that is not ready',
      { sizeGib: 1, imageId: 'image-1' },
      { image: [imageRecord({ status: 'queued' })] },
      ['image-status'],
    ],
    ['a volume too big', { sizeGib: 6 }, quota({ per_volume_gigabytes: 5 }), ['per-volume-quota']],
  ])('%s', (_, input, rows, expected) => {
    expect(refusals(input, rows)).toEqual(expected);
  });

  test.each([
    ['available', []],
    ['in-use', []],
    ['error', ['source-status']],
    ['reserved', ['source-status']],
    ['attaching', ['source-status']],
    ['detaching', ['source-status']],
    ['creating', ['source-status']],
    ['downloading', ['source-status']],
    ['uploading', ['source-status']],
    ['extending', ['source-status']],
    ['retyping', ['source-status']],
    ['maintenance', ['source-status']],
    ['deleting', ['source-status']],
  ] as const)('a source that is %s', (status, expected) => {
    const rows = { volume: [volumeRecord({ status })] };
    expect(refusals({ sourceVolumeId: 'volume-1' }, rows)).toEqual(expected);
  });

  test('a reader may not', () => {
    const decision = decideVerb(
      createVolume,
      ask(soundWorld(), 'project-1', { sizeGib: 1 }, { actor: reader }),
    );
    expect(decision).toMatchObject({
      allowed: false,
      refusals: [{ code: 'forbidden', rule: 'policy.volume:create' }],
    });
  });
});

describe('quota', () => {
  test.each([
    ['the tenth of ten', { volumes: 10 }, { volumes: 9, gigabytes: 9 }, {}, []],
    ['the eleventh of ten', { volumes: 10 }, { volumes: 10, gigabytes: 10 }, {}, ['quota']],
    ['exactly the last GiB', { gigabytes: 100 }, { volumes: 1, gigabytes: 95 }, {}, []],
    ['one GiB too many', { gigabytes: 100 }, { volumes: 1, gigabytes: 96 }, {}, ['quota']],
    [
      'GiB that an operation holds',
      { gigabytes: 100 },
      { volumes: 1, gigabytes: 90 },
      { gigabytes: 6 },
      ['quota'],
    ],
    ['no limit', { volumes: -1, gigabytes: -1 }, { volumes: 500, gigabytes: 90_000 }, {}, []],
    ['none at all', { volumes: 0 }, {}, {}, ['quota']],
    ['a limit of its type', { volumes_plain: 1 }, { volumes: 1, volumes_plain: 1 }, {}, ['quota']],
    ['a limit of another type', { volumes_multi: 1 }, { volumes: 1, volumes_multi: 1 }, {}, []],
    ['GiB of its type', { gigabytes_plain: 7 }, { gigabytes_plain: 3 }, {}, ['quota']],
  ] as const)('%s', (_, limits, inUse, reserved, expected) => {
    const record = { id: 'project-1', limits: { ...DEFAULT_QUOTA.volume, ...limits }, inUse, reserved };
    expect(refusals({ sizeGib: 5 }, { quota: [record] })).toEqual(expected);
  });
});
