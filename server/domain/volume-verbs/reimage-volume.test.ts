import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  imageRecord,
  type Rows,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AttachmentRecord, ImageRecord, VolumeRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { admin, member, reader } from '../sound-facts';
import { reimageVolume } from './reimage-volume';

const GIB = 2 ** 30;

function refusals(rows: Rows = {}, input: Input = {}, actor: Actor = member): string[] {
  const decision = decideVerb(
    reimageVolume,
    ask(soundWorld(rows), 'volume-1', { imageId: 'image-1', ...input }, { actor }),
  );
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('volume.reimage.', '')}`);
}

function image(changes: Partial<ImageRecord>): Rows {
  return { image: [imageRecord(changes)] };
}

const reserved: Rows = {
  volume: [volumeRecord({ status: 'reserved' })],
  attachment: [attachmentRecord({ attachStatus: 'reserved' })],
};
const two = [
  attachmentRecord({ attachStatus: 'reserved' }),
  attachmentRecord({ id: 'attachment-2', attachStatus: 'error_attaching', serverId: null, bdmId: null }),
];

describe('what speaks against an image', () => {
  test.each<[string, Rows, Input, string[]]>([
    ['one that fits', {}, {}, []],
    ['one that is not there', {}, { imageId: 'image-9' }, ['not_found image-not-found']],
    [
      'another project’s private one',
      image({ visibility: 'private', owner: 'project-2' }),
      {},
      ['not_found image-not-found'],
    ],
    ['the project’s own private one', image({ visibility: 'private' }), {}, []],
    ['one that is queued', image({ status: 'queued' }), {}, ['invalid image-status']],
    ['one as large as the volume', image({ sizeBytes: 10 * GIB }), {}, []],
    ['one larger than the volume', image({ sizeBytes: 10 * GIB + 1 }), {}, ['invalid image-too-large']],
    ['one that needs a larger disk', image({ minDiskGib: 11 }), {}, ['invalid image-too-large']],
    ['a volume in error', { volume: [volumeRecord({ status: 'error' })] }, {}, []],
    ['a reserved volume', reserved, {}, ['invalid volume-status']],
    ['a reserved volume that may be', reserved, { reimageReserved: true }, []],
    [
      'several attachments, of whatever status',
      { ...reserved, attachment: two },
      { reimageReserved: true },
      ['conflict several-attachments'],
    ],
    [
      'everything at once, in the API’s order',
      {
        ...image({ status: 'killed', minDiskGib: 99 }),
        volume: [volumeRecord({ status: 'in-use' })],
        attachment: two,
      },
      {},
      [
        'conflict several-attachments',
        'invalid volume-status',
        'invalid image-status',
        'invalid image-too-large',
      ],
    ],
  ])('%s', (_, rows, input, expected) => {
    expect(refusals(rows, input)).toEqual(expected);
  });

  test('an administrator sees every image', () => {
    expect(refusals(image({ visibility: 'private', owner: 'project-2' }), {}, admin)).toEqual([]);
  });

  test('a reader reimages nothing', () => {
    expect(refusals({}, {}, reader)).toEqual(['forbidden policy.volume:reimage']);
  });

  test('a reserved volume has a permission of its own', () => {
    const denied: Actor = { ...member, policy: { 'volume:reimage_reserved': 'admin' } };
    expect(refusals(reserved, { reimageReserved: true }, denied)).toEqual([
      'forbidden policy.volume:reimage_reserved',
    ]);
    expect(refusals({}, { reimageReserved: true }, denied)).toEqual([]);
  });

  test('a larger volume would hold it', () => {
    const decision = decideVerb(
      reimageVolume,
      ask(soundWorld(image({ minDiskGib: 11 })), 'volume-1', { imageId: 'image-1' }),
    );
    expect(decision).toMatchObject({
      refusals: [
        {
          message: 'Image tiny needs 11 GiB, and volume data-1 has 10.',
          remedy: { action: 'volume.extend', args: { volumeId: 'volume-1', sizeGib: '11' } },
        },
      ],
    });
  });
});

describe('a reimage', () => {
  const asked = (rows: Rows = {}) =>
    ask(soundWorld(rows), 'volume-1', { imageId: 'image-1', reimageReserved: true });

  function nowIs(changes: Partial<VolumeRecord>) {
    return (world: World): World => ({ ...world, volume: new Map([['volume-1', volumeRecord(changes)]]) });
  }

  test('keeps the volume downloading', () => {
    const { world, operation } = accepted(reimageVolume, asked());
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'downloading',
      previousStatus: 'available',
    });
    expect(operation).toMatchObject({ owns: 'volume-1', phase: 'act' });
  });

  test.each<[string, Rows]>([
    ['available', {}],
    ['error', { volume: [volumeRecord({ status: 'error' })] }],
    ['reserved', reserved],
  ])('of a volume that was %s ends with that status', (status, rows) => {
    const played = play(reimageVolume, asked(rows));
    expect(played.tasks).toEqual([
      { call: 'reimageVolume', volumeId: 'volume-1', args: { imageId: 'image-1' } },
    ]);
    expect(played.outcome).toBe('succeeded');
    expect(played.world.volume.get('volume-1')).toMatchObject({
      status,
      previousStatus: null,
      bootable: true,
      imageMetadata: { image_id: 'image-1', image_name: 'tiny', disk_format: 'raw' },
    });
  });

  test.each<[string, Rows, AttachmentRecord[], string]>([
    ['comes', {}, reserved.attachment ?? [], 'reserved'],
    ['goes', reserved, [], 'available'],
  ])('knows of a reservation that %s meanwhile', (_, rows, attachments, status) => {
    const played = play(reimageVolume, asked(rows), {
      meanwhile: (world) => ({
        ...world,
        attachment: new Map(attachments.map((each) => [each.id, each])),
      }),
    });
    expect(played.outcome).toBe('succeeded');
    expect(played.world.volume.get('volume-1')?.status).toBe(status);
  });

  test('that fails leaves error, and what the volume said of its image', () => {
    const played = play(reimageVolume, asked(), { fails: () => true });
    expect(played.outcome).toBe('failed');
    expect(played.world.volume.get('volume-1')).toMatchObject({
      status: 'error',
      previousStatus: 'downloading',
      imageMetadata: null,
    });
  });

  test('keeps a reservation that came meanwhile', () => {
    const played = play(reimageVolume, asked(), { meanwhile: nowIs({ status: 'reserved' }) });
    expect(played.outcome).toBe('succeeded');
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'reserved', bootable: true });
  });

  test('leaves a status alone that somebody has set', () => {
    const played = play(reimageVolume, asked(), { meanwhile: nowIs({ status: 'maintenance' }) });
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Volume data-1 is maintenance by now.',
    });
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'maintenance', bootable: true });
  });
});
