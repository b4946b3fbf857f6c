import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import { ask, soundWorld, typeRecord } from '../engine/sound-world';
import type { QosSpecsRecord } from '../engine/world';
import { admin, member } from '../sound-facts';
import { QOS_VERBS } from './qos-verbs';

type Name = keyof typeof QOS_VERBS;

const fast: QosSpecsRecord = { id: 'fast', name: 'fast', consumer: 'front-end', specs: { iops: '10' } };
const slow: QosSpecsRecord = { id: 'slow', name: 'slow', consumer: 'back-end', specs: {} };
/** Two types, of which one has the fast specs. */
const world = soundWorld({
  qosSpecs: [fast, slow],
  volumeType: [typeRecord({ id: 'type-fast', name: 'quick', qosSpecsId: 'fast' })],
});

function asked(name: Name, id: string, input: Record<string, unknown> = {}) {
  const { noun } = QOS_VERBS[name];
  return ask(world, noun === 'project' ? 'project-1' : id, input as never, { actor: admin });
}

describe('who and what may', () => {
  test.each<[Name, string, Record<string, unknown>, string[]]>([
    ['qos-specs.create', '', { name: 'new' }, []],
    ['qos-specs.create', '', { name: ' fast ' }, ['name-taken']],
    ['qos-specs.create', '', { name: '  ' }, ['no-name']],
    ['qos-specs.create', '', { name: 'new', specs: { 'read iops/sec': '1' } }, []],
    ['qos-specs.create', '', { name: 'new', specs: { ü: '1' } }, ['key']],
    ['qos-specs.create', '', { name: 'new', specs: { consumer: 'both' } }, ['key']],
    ['qos-specs.update', 'fast', { specs: { 'a=b': '1' } }, ['key']],
    ['qos-specs.update', 'fast', { consumer: 'both' }, []],
    ['qos-specs.unset-keys', 'fast', { names: ['iops'] }, []],
    ['qos-specs.unset-keys', 'fast', { names: ['iops', 'bytes'] }, ['unknown-key']],
    ['qos-specs.delete', 'slow', {}, []],
    ['qos-specs.delete', 'fast', {}, ['in-use']],
    ['qos-specs.delete', 'fast', { force: false }, ['in-use']],
    ['qos-specs.delete', 'fast', { force: true }, []],
    ['qos-specs.disassociate-all', 'fast', {}, []],
    ['qos-specs.disassociate-all', 'slow', {}, []],
    ['volume-type.associate-qos', 'type-plain', { qosSpecs: 'slow' }, []],
    ['volume-type.associate-qos', 'type-plain', { qosSpecs: 'none' }, ['qos-specs-not-found']],
    ['volume-type.associate-qos', 'type-fast', { qosSpecs: 'fast' }, []],
    ['volume-type.associate-qos', 'type-fast', { qosSpecs: 'slow' }, ['has-others']],
    ['volume-type.disassociate-qos', 'type-fast', {}, []],
    ['volume-type.disassociate-qos', 'type-plain', {}, ['has-none']],
  ])('%s of %s with %j: %j', (name, id, input, expected) => {
    const decision = decideVerb(QOS_VERBS[name], asked(name, id, input));
    expect(decision.allowed ? [] : decision.refusals.map(({ rule }) => rule.replace(`${name}.`, ''))).toEqual(
      expected,
    );
  });

  test.each(Object.keys(QOS_VERBS) as Name[])('a member may not %s', (name) => {
    const id = QOS_VERBS[name].noun === 'qosSpecs' ? 'fast' : 'type-plain';
    const decision = decideVerb(QOS_VERBS[name], { ...asked(name, id), actor: member });
    expect(decision.allowed ? [] : decision.refusals.map(({ code }) => code)).toContain('forbidden');
  });

  test('what keeps them from going is shown, with the way to delete them nevertheless', () => {
    expect(decideVerb(QOS_VERBS['qos-specs.delete'], asked('qos-specs.delete', 'fast'))).toMatchObject({
      refusals: [{ remedy: { action: 'qos-specs.delete', args: { qosSpecsId: 'fast', force: 'true' } } }],
    });
  });

  test.each([
    ['in-use', 'qos-specs.delete', 'fast', {}, 'invalid'],
    ['has-others', 'volume-type.associate-qos', 'type-fast', { qosSpecs: 'slow' }, 'invalid'],
    ['name-taken', 'qos-specs.create', '', { name: 'fast' }, 'conflict'],
    ['unknown-key', 'qos-specs.unset-keys', 'slow', { names: ['x'] }, 'not_found'],
  ] as const)('%s is said as upstream says it', (_, name, id, input, code) => {
    expect(decideVerb(QOS_VERBS[name], asked(name, id, input))).toMatchObject({ refusals: [{ code }] });
  });
});

describe('what becomes of it', () => {
  const worldAfter = (name: Name, id: string, input: Record<string, unknown> = {}) =>
    accepted(QOS_VERBS[name], asked(name, id, input)).world;

  test('new specs are kept by storage unless said otherwise', () => {
    expect(worldAfter('qos-specs.create', '', { name: ' new ' }).qosSpecs.get('fresh-1')).toEqual({
      id: 'fresh-1',
      name: 'new',
      consumer: 'back-end',
      specs: {},
    });
  });

  test('keys join and go', () => {
    const joined = worldAfter('qos-specs.update', 'fast', { specs: { bytes: '5' } });
    expect(joined.qosSpecs.get('fast')).toEqual({ ...fast, specs: { iops: '10', bytes: '5' } });
    expect(
      worldAfter('qos-specs.unset-keys', 'fast', { names: ['iops'] }).qosSpecs.get('fast')?.specs,
    ).toEqual({});
  });

  test('deleted by force, they are taken from every type', () => {
    const without = worldAfter('qos-specs.delete', 'fast', { force: true });
    expect(without.qosSpecs.has('fast')).toBe(false);
    expect(without.volumeType.get('type-fast')?.qosSpecsId).toBeNull();
  });

  test('a type is given them, and they are taken away', () => {
    const given = worldAfter('volume-type.associate-qos', 'type-plain', { qosSpecs: 'slow' });
    expect(given.volumeType.get('type-plain')?.qosSpecsId).toBe('slow');
    const one = worldAfter('volume-type.disassociate-qos', 'type-fast');
    const all = worldAfter('qos-specs.disassociate-all', 'fast');
    expect([one, all].map((each) => each.volumeType.get('type-fast')?.qosSpecsId)).toEqual([null, null]);
  });
});
