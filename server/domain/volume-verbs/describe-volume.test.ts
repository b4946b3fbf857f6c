import { describe, expect, test } from 'vitest';
import { applyChanges } from '../engine/change';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { play } from '../engine/play-verb';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { VolumeRecord } from '../engine/world';
import type { Actor } from '../roles';
import { admin, member, reader } from '../sound-facts';
import { unmanageVolume } from './unmanage-volume';
import { VOLUME_ACTION_VERBS } from './volume-actions';

type Name = keyof typeof VOLUME_ACTION_VERBS;

function refusals(
  name: Name,
  input: Input,
  volume: Partial<VolumeRecord> = {},
  actor: Actor = member,
): string[] {
  const world = soundWorld({ volume: [volumeRecord(volume)] });
  const decision = decideVerb(VOLUME_ACTION_VERBS[name], ask(world, 'volume-1', input, { actor }));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace(`${name}.`, '')}`);
}

function changed(name: Name, input: Input, volume: Partial<VolumeRecord> = {}) {
  const world = soundWorld({ volume: [volumeRecord(volume)] });
  const decision = decideVerb(VOLUME_ACTION_VERBS[name], ask(world, 'volume-1', input));
  if (!decision.allowed) throw new Error(decision.refusals.map((each) => each.rule).join(', '));
  expect(decision.effects.job).toBeNull();
  return applyChanges(world, decision.effects.changes).volume.get('volume-1');
}

const described: Partial<VolumeRecord> = {
  metadata: { purpose: 'data', tier: 'gold' },
  imageMetadata: { image_id: 'image-1', os_type: 'linux' },
};

describe('metadata', () => {
  test.each<[string, Name, Input, object]>([
    [
      'new names join',
      'volume.set-metadata',
      { metadata: { a: 'b' } },
      { metadata: { purpose: 'data', tier: 'gold', a: 'b' } },
    ],
    [
      'known ones change',
      'volume.set-metadata',
      { metadata: { tier: 'tin' } },
      { metadata: { purpose: 'data', tier: 'tin' } },
    ],
    [
      'all are replaced',
      'volume.set-metadata',
      { metadata: { a: 'b' }, replace: true },
      { metadata: { a: 'b' } },
    ],
    ['one goes', 'volume.unset-metadata', { names: ['tier'] }, { metadata: { purpose: 'data' } }],
    [
      'image metadata join',
      'volume.set-image-metadata',
      { metadata: { hw: 'x' } },
      { imageMetadata: { image_id: 'image-1', os_type: 'linux', hw: 'x' } },
    ],
    [
      'one of the image goes',
      'volume.unset-image-metadata',
      { names: ['os_type'] },
      { imageMetadata: { image_id: 'image-1' } },
    ],
    [
      'all of the image go',
      'volume.unset-image-metadata',
      { names: ['os_type', 'image_id'] },
      { imageMetadata: null },
    ],
  ])('%s', (_, name, input, expected) => {
    expect(changed(name, input, described)).toMatchObject(expected);
    expect(changed(name, input, described)?.metadata).toEqual(
      'metadata' in expected ? expected.metadata : described.metadata,
    );
  });

  test('the first image metadata make a volume one of an image', () => {
    expect(changed('volume.set-image-metadata', { metadata: { a: 'b' } })?.imageMetadata).toEqual({ a: 'b' });
    expect(changed('volume.set-image-metadata', { metadata: {} })?.imageMetadata).toBeNull();
  });

  const long = 'x'.repeat(256);
  test.each<[string, Name, Input, string[]]>([
    [
      'names may have spaces, dots, slashes and colons',
      'volume.set-metadata',
      { metadata: { 'a b.c/d:e_f-1': '' } },
      [],
    ],
    [
      'they may be as they were seen',
      'volume.set-metadata',
      { metadata: {}, expected: { tier: 'gold', purpose: 'data' } },
      [],
    ],
    [
      'but no more',
      'volume.set-metadata',
      { metadata: {}, expected: { tier: 'gold' } },
      ['outdated outdated'],
    ],
    [
      'nor other ones',
      'volume.set-metadata',
      { metadata: {}, expected: { tier: 'gold', purpose: 'none' } },
      ['outdated outdated'],
    ],
    ['but no others', 'volume.set-metadata', { metadata: { ä: '' } }, ['invalid metadata-key']],
    ['nor be empty', 'volume.set-metadata', { metadata: { '': '' } }, ['invalid metadata-key']],
    ['nor longer than 255', 'volume.set-metadata', { metadata: { [long]: '' } }, ['invalid metadata-key']],
    [
      'values of 256 characters',
      'volume.set-metadata',
      { metadata: { a: long } },
      ['invalid metadata-value'],
    ],
    ['those of an image may be longer', 'volume.set-image-metadata', { metadata: { a: long } }, []],
    ['up to 65535 bytes', 'volume.set-image-metadata', { metadata: { a: 'x'.repeat(65_535) } }, []],
    [
      'which are not characters',
      'volume.set-image-metadata',
      { metadata: { a: 'ä'.repeat(32_768) } },
      ['invalid metadata-value'],
    ],
    ['a name that is not there', 'volume.unset-metadata', { names: ['a'] }, ['not_found unknown-name']],
    [
      'one of the image that is not there',
      'volume.unset-image-metadata',
      { names: ['a'] },
      ['not_found unknown-name'],
    ],
  ])('%s', (_, name, input, expected) => {
    expect(refusals(name, input, described)).toEqual(expected);
  });

  test('a volume that was never an image’s has none to remove', () => {
    expect(refusals('volume.unset-image-metadata', { names: ['a'] })).toEqual([
      'not_found no-image-metadata',
    ]);
  });

  test('image metadata need the permissions of metadata, too, in the API’s order', () => {
    const denied: Actor = {
      ...member,
      policy: { 'volume:update_volume_metadata': 'admin', 'volume:delete_volume_metadata': 'admin' },
    };
    const uploading: Partial<VolumeRecord> = { ...described, status: 'uploading' };
    expect(refusals('volume.set-image-metadata', { metadata: {} }, uploading, denied)).toEqual([
      'forbidden policy.volume:update_volume_metadata',
      'invalid volume-status',
    ]);
    expect(refusals('volume.unset-image-metadata', { names: ['a'] }, uploading, denied)).toEqual([
      'not_found unknown-name',
      'forbidden policy.volume:delete_volume_metadata',
      'invalid volume-status',
    ]);
  });
});

describe('what a volume is called', () => {
  test.each<[string, Input, object]>([
    ['a name, without blanks around it', { name: ' db ' }, { name: 'db', description: 'old' }],
    ['a description', { description: 'disk of db-1' }, { name: 'data-1', description: 'disk of db-1' }],
    ['metadata, and no others', { metadata: { a: 'b' } }, { metadata: { a: 'b' } }],
    ['nothing', {}, { name: 'data-1', description: 'old', metadata: described.metadata }],
  ])('%s', (_, input, expected) => {
    expect(changed('volume.update', input, { ...described, description: 'old' })).toMatchObject(expected);
  });

  test('a description is one line', () => {
    expect(refusals('volume.update', { description: 'a\nb' })).toEqual(['invalid description-not-printable']);
  });

  test('a form starts with what there is', () => {
    const verb = VOLUME_ACTION_VERBS['volume.update'];
    expect(verb.initial?.(ask(soundWorld(), 'volume-1'))).toEqual({
      name: 'data-1',
      description: '',
      metadata: {},
    });
  });
});

describe('flags', () => {
  test.each<[Name, Input, object]>([
    ['volume.set-bootable', { bootable: true }, { bootable: true }],
    ['volume.set-bootable', { bootable: false }, { bootable: false }],
    ['volume.set-readonly', { readonly: true }, { readonly: true }],
    ['volume.set-readonly', { readonly: false }, { readonly: false }],
  ])('%s %j', (name, input, expected) => {
    expect(changed(name, input, { bootable: true, readonly: true })).toMatchObject(expected);
  });
});

describe('unmanaging', () => {
  const rows: Rows = {
    attachment: [attachmentRecord({ attachStatus: 'error_attaching', serverId: null, bdmId: null })],
  };
  const asked = (more: Rows = {}) => ask(soundWorld({ ...rows, ...more }), 'volume-1', {}, { actor: admin });

  test('ends with the record gone, and all that hung on it', () => {
    const played = play(unmanageVolume, asked());
    expect(played.tasks).toEqual([{ call: 'unmanageVolume', volumeId: 'volume-1', args: {} }]);
    expect(played.outcome).toBe('succeeded');
    expect(played.world.volume.has('volume-1')).toBe(false);
    expect(played.world.attachment.size).toBe(0);
  });

  test('that fails leaves error_unmanaging', () => {
    const played = play(unmanageVolume, asked(), { fails: () => true });
    expect(played.world.volume.get('volume-1')?.status).toBe('error_unmanaging');
  });

  test('that was overtaken leaves the volume alone', () => {
    const played = play(unmanageVolume, asked(), {
      meanwhile: (world) => ({ ...world, volume: new Map([['volume-1', volumeRecord()]]) }),
    });
    expect(played.outcome).toBe('failed');
    expect(played.world.volume.get('volume-1')?.status).toBe('available');
  });

  test('of a volume that was never on a backend is done at once', () => {
    const played = play(unmanageVolume, asked({ volume: [volumeRecord({ pool: null, status: 'error' })] }));
    expect(played).toMatchObject({ outcome: 'succeeded', tasks: [] });
    expect(played.world.volume.has('volume-1')).toBe(false);
  });

  test('needs the permission to delete as well', () => {
    const denied: Actor = {
      ...member,
      policy: { 'volume_extension:volume_unmanage': 'member', 'volume:delete': 'admin' },
    };
    expect(refusals('volume.unmanage', {}, {}, denied)).toEqual(['forbidden policy.volume:delete']);
  });
});

test.each(Object.keys(VOLUME_ACTION_VERBS) as Name[])('a reader may not: %s', (name) => {
  expect(refusals(name, { metadata: {}, names: [] }, described, reader)[0]).toMatch(/^forbidden policy\./);
});
