import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted } from '../engine/play-verb';
import { ask, type Rows, settings, soundWorld, typeRecord } from '../engine/sound-world';
import type { VolumeTypeRecord } from '../engine/world';
import { admin, member } from '../sound-facts';
import { VOLUME_TYPE_VERBS } from './volume-type-verbs';

type Name = keyof typeof VOLUME_TYPE_VERBS;

/** A type that no volume has. */
const idle: VolumeTypeRecord = typeRecord({ id: 'type-idle', name: 'idle', extraSpecs: { a: '1' } });
const closed: VolumeTypeRecord = { ...idle, public: false, access: ['project-1'] };

function asked(name: Name, input: Input, type: VolumeTypeRecord, id = 'type-idle', rows: Rows = {}) {
  const world = soundWorld({ volumeType: [type], ...rows });
  return ask(world, name === 'volume-type.create' ? 'project-1' : id, input, { actor: admin });
}

function refusals(name: Name, input: Input = {}, type = idle, id = 'type-idle'): string[] {
  const decision = decideVerb(VOLUME_TYPE_VERBS[name], asked(name, input, type, id));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace(`${name}.`, ''));
}

function typesAfter(name: Name, input: Input = {}, type = idle) {
  return accepted(VOLUME_TYPE_VERBS[name], asked(name, input, type)).world.volumeType;
}

describe('what speaks against it', () => {
  test.each<[Name, string, Input, VolumeTypeRecord, string, string[]]>([
    ['volume-type.create', 'a new name', { name: 'gold' }, idle, '', []],
    ['volume-type.create', 'a name that is taken', { name: 'plain' }, idle, '', ['name-taken']],
    ['volume-type.create', 'blanks', { name: '  ' }, idle, '', ['no-name']],
    ['volume-type.create', 'a wrong key', { name: 'x', extraSpecs: { 'a b': '1' } }, idle, '', ['spec-key']],
    [
      'volume-type.create',
      'multiattach and cacheable',
      { name: 'x', extraSpecs: { multiattach: '<is> True', cacheable: '<is> True' } },
      idle,
      '',
      ['multiattach-cacheable'],
    ],
    ['volume-type.update', 'nothing', {}, idle, 'type-idle', ['nothing-to-set']],
    ['volume-type.update', 'its own name', { name: 'idle' }, idle, 'type-idle', []],
    ['volume-type.update', 'another’s name', { name: 'plain' }, idle, 'type-idle', ['name-taken']],
    ['volume-type.update', 'one that is in use', { description: 'd' }, idle, 'type-multi', []],
    ['volume-type.delete', 'one that nothing uses', {}, idle, 'type-idle', []],
    ['volume-type.delete', 'one that is in use', {}, idle, 'type-multi', ['in-use']],
    ['volume-type.delete', 'the default one', {}, idle, 'type-plain', ['default-type', 'in-use']],
    [
      'volume-type.set-extra-specs',
      'one that nothing uses',
      { extraSpecs: { b: '2' } },
      idle,
      'type-idle',
      [],
    ],
    [
      'volume-type.set-extra-specs',
      'one that is in use',
      { extraSpecs: { b: '2' } },
      idle,
      'type-multi',
      ['in-use'],
    ],
    [
      'volume-type.set-extra-specs',
      'cacheable besides multiattach',
      { extraSpecs: { cacheable: '<is> True' } },
      { ...idle, extraSpecs: { multiattach: '<is> True' } },
      'type-idle',
      ['multiattach-cacheable'],
    ],
    ['volume-type.unset-extra-specs', 'one it has', { names: ['a'] }, idle, 'type-idle', []],
    [
      'volume-type.unset-extra-specs',
      'one it has not',
      { names: ['z'] },
      idle,
      'type-idle',
      ['unknown-name'],
    ],
    [
      'volume-type.unset-extra-specs',
      'of one in use',
      { names: ['multiattach'] },
      idle,
      'type-multi',
      ['in-use'],
    ],
    ['volume-type.add-access', 'to a public one', { project: 'project-1' }, idle, 'type-idle', ['public']],
    [
      'volume-type.add-access',
      'to a private one',
      { project: 'project-1' },
      { ...closed, access: [] },
      'type-idle',
      [],
    ],
    ['volume-type.add-access', 'twice', { project: 'project-1' }, closed, 'type-idle', ['has-access']],
    [
      'volume-type.add-access',
      'for nobody',
      { project: 'project-9' },
      closed,
      'type-idle',
      ['project-not-found'],
    ],
    ['volume-type.remove-access', 'of one that has it', { project: 'project-1' }, closed, 'type-idle', []],
    [
      'volume-type.remove-access',
      'of one that has it not',
      { project: 'project-9' },
      closed,
      'type-idle',
      ['no-access'],
    ],
  ])('%s: %s', (name, _, input, type, id, expected) => {
    expect(refusals(name, input, type, id)).toEqual(expected);
  });

  test('the last type stays', () => {
    const call = ask(
      soundWorld(),
      'type-plain',
      {},
      { actor: admin, settings: { ...settings, defaultVolumeTypeId: 'another' } },
    );
    const alone = { ...call.world, volume: new Map(), volumeType: new Map([['type-plain', typeRecord()]]) };
    expect(decideVerb(VOLUME_TYPE_VERBS['volume-type.delete'], { ...call, world: alone })).toMatchObject({
      refusals: [{ rule: 'volume-type.delete.last-type' }],
    });
  });

  test.each(Object.keys(VOLUME_TYPE_VERBS) as Name[])('a member may not %s', (name) => {
    const call = ask(soundWorld({ volumeType: [closed] }), 'type-idle', {}, { actor: member });
    const decision = decideVerb(
      VOLUME_TYPE_VERBS[name],
      name === 'volume-type.create' ? { ...call, id: 'project-1' } : call,
    );
    expect(decision).toMatchObject({
      allowed: false,
      refusals: expect.arrayContaining([expect.objectContaining({ code: 'forbidden' })]),
    });
  });
});

describe('what becomes of it', () => {
  test('a new type is public unless said otherwise', () => {
    expect(typesAfter('volume-type.create', { name: 'gold' }).get('fresh-1')).toMatchObject({
      name: 'gold',
      public: true,
    });
    const hidden = typesAfter('volume-type.create', { name: 'gold', public: false, extraSpecs: { b: '2' } });
    expect(hidden.get('fresh-1')).toMatchObject({ public: false, extraSpecs: { b: '2' }, access: [] });
  });

  test('it is renamed, and hidden', () => {
    expect(typesAfter('volume-type.update', { name: 'new', public: false }).get('type-idle')).toMatchObject({
      name: 'new',
      public: false,
      description: null,
    });
  });

  test('it goes', () => {
    expect(typesAfter('volume-type.delete').has('type-idle')).toBe(false);
  });

  test('extra specs join and go', () => {
    expect(
      typesAfter('volume-type.set-extra-specs', { extraSpecs: { b: '2' } }).get('type-idle')?.extraSpecs,
    ).toEqual({
      a: '1',
      b: '2',
    });
    expect(
      typesAfter('volume-type.unset-extra-specs', { names: ['a'] }).get('type-idle')?.extraSpecs,
    ).toEqual({});
  });

  test('access comes and goes', () => {
    const open = typesAfter(
      'volume-type.add-access',
      { project: 'project-1' },
      { ...closed, access: ['project-2'] },
    );
    expect(open.get('type-idle')?.access).toEqual(['project-2', 'project-1']);
    expect(
      typesAfter('volume-type.remove-access', { project: 'project-1' }, closed).get('type-idle')?.access,
    ).toEqual([]);
  });
});
