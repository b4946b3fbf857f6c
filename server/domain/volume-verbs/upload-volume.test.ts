import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  imageRecord,
  type Rows,
  settings,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { Ask } from '../engine/verb';
import type { World } from '../engine/world';
import { admin, member, reader } from '../sound-facts';
import { uploadVolume } from './upload-volume';

function uploadAsk(
  input: Input = {},
  rows: Rows = {},
  changes: Partial<Pick<Ask, 'actor' | 'settings'>> = {},
) {
  return ask(soundWorld(rows), 'volume-1', { imageName: 'golden', ...input }, changes);
}

function refusals(...args: Parameters<typeof uploadAsk>): string[] {
  const decision = decideVerb(uploadVolume, uploadAsk(...args));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('volume.upload-to-image.', '')}`);
}

const encrypted: Rows = { volume: [volumeRecord({ encrypted: true })] };
const inUse: Rows = {
  volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
  attachment: [attachmentRecord()],
};
const forcing = { settings: { ...settings, forceUpload: true } };

describe('what speaks against an upload', () => {
  test.each<[string, Parameters<typeof uploadAsk>, string[]]>([
    ['of an available volume', [], []],
    ['in another format', [{ diskFormat: 'qcow2', containerFormat: 'ovf' }], []],
    ['in a container there is not', [{ containerFormat: 'zzz' }], ['invalid container-format']],
    ['of an encrypted one', [{}, encrypted], []],
    [
      'of an encrypted one in another disk format',
      [{ diskFormat: 'qcow2' }, encrypted],
      ['invalid encrypted-format'],
    ],
    [
      'of an encrypted one in another container',
      [{ containerFormat: 'ovf' }, encrypted],
      ['invalid encrypted-format'],
    ],
    ['shown to nobody else', [{ visibility: 'private' }], []],
    [
      'shown to all, by a member',
      [{ visibility: 'public' }],
      ['forbidden policy.volume_extension:volume_actions:upload_public'],
    ],
    ['shown to all, by an administrator', [{ visibility: 'public' }, {}, { actor: admin }], []],
    [
      'by a reader',
      [{}, {}, { actor: reader }],
      ['forbidden policy.volume_extension:volume_actions:upload_image'],
    ],
    ['of a volume in use', [{}, inUse], ['invalid volume-status']],
    ['of a volume in use, by force', [{ force: true }, inUse], ['invalid volume-status']],
    ['of a volume in use, by force, where that is allowed', [{ force: true }, inUse, forcing], []],
    [
      'of a volume in use, without force, where force is allowed',
      [{}, inUse, forcing],
      ['invalid volume-status'],
    ],
    [
      'everything at once, in the API’s order',
      [
        { diskFormat: 'vdi', visibility: 'public' },
        { volume: [volumeRecord({ encrypted: true, status: 'error' })] },
      ],
      [
        'invalid encrypted-format',
        'forbidden policy.volume_extension:volume_actions:upload_public',
        'invalid volume-status',
      ],
    ],
  ])('%s', (_, args, expected) => {
    expect(refusals(...args)).toEqual(expected);
  });
});

describe('an upload', () => {
  test('queues an image of the caller’s project, and tells its id', () => {
    const volume = volumeRecord({
      imageMetadata: {
        image_id: 'image-1',
        min_disk: '5',
        min_ram: '512',
        os_type: 'linux',
        disk_format: 'qcow2',
      },
    });
    const decision = decideVerb(uploadVolume, uploadAsk({ protected: true }, { volume: [volume] }));
    expect(decision).toMatchObject({
      effects: { answer: { imageId: 'fresh-1', diskFormat: 'raw', containerFormat: 'bare' } },
    });
    const { world, operation } = accepted(uploadVolume, uploadAsk({ protected: true }, { volume: [volume] }));
    expect(world.image.get('fresh-1')).toEqual(
      imageRecord({
        id: 'fresh-1',
        name: 'golden',
        owner: member.projectId,
        status: 'queued',
        visibility: 'private',
        minDiskGib: 5,
        minRamMib: 512,
        sizeBytes: null,
        protected: true,
        properties: { os_type: 'linux' },
      }),
    );
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'uploading', previousStatus: 'available' });
    expect(operation).toMatchObject({ owns: 'volume-1', carry: { images: ['fresh-1'] } });
  });

  function end(world: World) {
    const image = world.image.get('fresh-1');
    return [world.volume.get('volume-1')?.status, image?.status, image?.sizeBytes];
  }

  test('ends with an active image and the volume as before', () => {
    const played = play(uploadVolume, uploadAsk({ diskFormat: 'qcow2' }));
    expect(played.tasks).toEqual([
      {
        call: 'copyVolumeToImage',
        volumeId: 'volume-1',
        args: { imageId: 'fresh-1', diskFormat: 'qcow2', containerFormat: 'bare' },
      },
    ]);
    expect(played.outcome).toBe('succeeded');
    expect(end(played.world)).toEqual(['available', 'active', 10 * 2 ** 30]);
  });

  test('takes the size from storage where it says so', () => {
    const played = play(uploadVolume, uploadAsk(), { answer: () => ({ sizeBytes: 4096 }) });
    expect(end(played.world)).toEqual(['available', 'active', 4096]);
  });

  test('of an attached volume ends in-use', () => {
    expect(end(play(uploadVolume, uploadAsk({ force: true }, inUse, forcing)).world)[0]).toBe('in-use');
  });

  test('that fails takes its image away', () => {
    const played = play(uploadVolume, uploadAsk(), { fails: () => true });
    expect(played).toMatchObject({ outcome: 'failed', reason: 'storage said no' });
    expect(end(played.world)).toEqual(['available', undefined, undefined]);
    expect(played.world.volume.get('volume-1')?.previousStatus).toBeNull();
  });

  test('leaves a volume alone that somebody has reset; its image is whole all the same', () => {
    const meanwhile = (world: World) => ({
      ...world,
      volume: new Map([['volume-1', volumeRecord({ status: 'error' })]]),
    });
    expect(end(play(uploadVolume, uploadAsk(), { meanwhile }).world).slice(0, 2)).toEqual([
      'error',
      'active',
    ]);
    const failed = play(uploadVolume, uploadAsk(), { meanwhile, fails: () => true });
    expect(end(failed.world).slice(0, 2)).toEqual(['error', undefined]);
  });

  test('whose image was deleted meanwhile fails, and the volume is available', () => {
    const played = play(uploadVolume, uploadAsk(), {
      meanwhile: (world) => ({ ...world, image: new Map() }),
    });
    expect(played).toMatchObject({ outcome: 'failed', cause: 'overtaken' });
    expect(end(played.world)[0]).toBe('available');
  });
});
