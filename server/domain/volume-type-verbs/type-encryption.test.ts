import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import { ask, soundWorld, typeRecord, volumeRecord } from '../engine/sound-world';
import type { VolumeTypeRecord } from '../engine/world';
import { admin, member } from '../sound-facts';
import { createVolume } from '../volume-life/create-volume';
import { encryptedAs } from '../volume-life/encrypted-as';
import { VOLUME_TYPE_VERBS } from './volume-type-verbs';

type Name = `volume-type.${'create' | 'update' | 'delete'}-encryption`;

const luks = {
  id: 'luks',
  provider: 'luks',
  controlLocation: 'front-end',
  cipher: 'aes',
  keySize: 256,
} as const;
const open = typeRecord({ id: 'open', name: 'open' });
const closed = typeRecord({ id: 'closed', name: 'closed', encryption: luks });
const used = typeRecord({ id: 'used', name: 'used', encryption: luks });
const usedOpen = typeRecord({ id: 'used-open', name: 'used-open' });
const world = soundWorld({
  volumeType: [open, closed, used, usedOpen],
  volume: [
    volumeRecord({ id: 'v-1', typeId: 'used', encrypted: true, encryptionKeyId: 'key-1' }),
    volumeRecord({ id: 'v-2', typeId: 'used-open' }),
  ],
});

function asked(name: Name, id: string, actor = admin) {
  const input =
    name === 'volume-type.create-encryption' ? { provider: 'luks', controlLocation: 'back-end' } : {};
  return ask(world, id, input, { actor });
}

describe('who and what may', () => {
  test.each<[Name, string, string[]]>([
    ['volume-type.create-encryption', 'open', []],
    ['volume-type.create-encryption', 'closed', ['encrypted-already']],
    ['volume-type.create-encryption', 'used-open', ['in-use']],
    ['volume-type.create-encryption', 'type-multi', ['in-use', 'multiattach']],
    ['volume-type.update-encryption', 'open', ['not-encrypted']],
    ['volume-type.update-encryption', 'closed', []],
    ['volume-type.update-encryption', 'used', ['in-use']],
    ['volume-type.delete-encryption', 'open', ['not-encrypted']],
    ['volume-type.delete-encryption', 'closed', []],
    ['volume-type.delete-encryption', 'used', ['in-use']],
  ])('%s of %s: %j', (name, id, expected) => {
    const decision = decideVerb(VOLUME_TYPE_VERBS[name], asked(name, id));
    expect(decision.allowed ? [] : decision.refusals.map(({ rule }) => rule.replace(`${name}.`, ''))).toEqual(
      expected,
    );
  });

  test.each(['create', 'update', 'delete'] as const)('a member may not %s it', (what) => {
    const name: Name = `volume-type.${what}-encryption`;
    expect(decideVerb(VOLUME_TYPE_VERBS[name], asked(name, 'closed', member))).toMatchObject({
      refusals: expect.arrayContaining([expect.objectContaining({ code: 'forbidden' })]),
    });
  });
});

describe('what becomes of it', () => {
  const typeAfter = (name: Name, id: string): VolumeTypeRecord | undefined =>
    accepted(VOLUME_TYPE_VERBS[name], asked(name, id)).world.volumeType.get(id);

  test('a type is encrypted, and no longer', () => {
    expect(typeAfter('volume-type.create-encryption', 'open')?.encryption).toEqual({
      id: 'fresh-1',
      provider: 'luks',
      controlLocation: 'back-end',
      cipher: null,
      keySize: null,
    });
    expect(typeAfter('volume-type.update-encryption', 'closed')?.encryption).toEqual(luks);
    expect(typeAfter('volume-type.delete-encryption', 'closed')?.encryption).toBeNull();
  });

  test('an empty cipher leaves it to the provider', () => {
    const name = 'volume-type.update-encryption';
    const call = ask(world, 'closed', { cipher: '' }, { actor: admin });
    const { world: after } = accepted(VOLUME_TYPE_VERBS[name], call);
    expect(after.volumeType.get('closed')?.encryption).toEqual({ ...luks, cipher: null });
  });

  test.each([
    ['closed', true],
    ['open', false],
  ])('a new volume of type %s is encrypted: %s', (type, encrypted) => {
    const { world: after } = accepted(createVolume, ask(world, 'project-1', { sizeGib: 1, type }));
    const made = [...after.volume.values()].find((each) => !world.volume.has(each.id));
    expect([made?.encrypted, made?.encryptionKeyId !== undefined]).toEqual([encrypted, encrypted]);
  });

  test('no volume can be multiattach and encrypted', () => {
    const both = { ...closed, extraSpecs: { multiattach: '<is> True' } };
    const call = ask(soundWorld({ volumeType: [both] }), 'project-1', { sizeGib: 1, type: 'closed' });
    expect(decideVerb(createVolume, call)).toMatchObject({
      refusals: [{ rule: 'volume.create.multiattach-encrypted', code: 'invalid' }],
    });
  });

  test.each([
    ['gets a key', { encrypted: false }, open, closed, { encrypted: true, encryptionKeyId: 'new' }],
    [
      'keeps its key',
      { encrypted: true, encryptionKeyId: 'own' },
      used,
      closed,
      { encrypted: true, encryptionKeyId: 'own' },
    ],
    [
      'loses its key',
      { encrypted: true, encryptionKeyId: 'own' },
      closed,
      open,
      { encrypted: false, encryptionKeyId: null },
    ],
    ['is what another cloud made it', { encrypted: true }, open, open, {}],
  ])('a volume that changes its type %s', (_, changes, before, type, expected) => {
    expect(encryptedAs(volumeRecord(changes), before, type, () => 'new')).toEqual(expected);
  });
});
