import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, type PlayOptions, play } from '../engine/play-verb';
import { ask, type Rows, snapshotRecord, soundWorld, typeRecord, volumeRecord } from '../engine/sound-world';
import type { QuotaRecord } from '../engine/world';
import { DEFAULT_QUOTA } from '../quota';
import type { SnapshotStatus } from '../snapshot';
import { admin, member, reader } from '../sound-facts';
import type { VolumeStatus } from '../volume';
import { SNAPSHOT_VERBS } from './snapshot-verbs';

type Name = keyof typeof SNAPSHOT_VERBS;

function asked(name: Name, rows: Rows, input: Input) {
  return ask(soundWorld(rows), name === 'snapshot.create' ? 'volume-1' : 'snapshot-1', input, {
    actor: admin,
  });
}

function refusals(name: Name, rows: Rows, input: Input = {}): string[] {
  const decision = decideVerb(SNAPSHOT_VERBS[name], asked(name, rows, input));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace(`${name}.`, ''));
}

function run(name: Name, rows: Rows, input: Input = {}, options: PlayOptions = {}) {
  return play(SNAPSHOT_VERBS[name], asked(name, rows, input), options);
}

function snapshot(status: SnapshotStatus): Rows {
  return { snapshot: [snapshotRecord({ status })] };
}

describe('a new snapshot', () => {
  /** By status of the volume: unless said otherwise, then without `force`. */
  test.each<[VolumeStatus, boolean, boolean]>([
    ['available', true, true],
    ['in-use', true, false],
    ['reserved', false, false],
    ['attaching', false, false],
    ['detaching', false, false],
    ['maintenance', false, false],
    ['error', false, false],
    ['error_extending', false, false],
    ['error_deleting', false, false],
    ['downloading', false, false],
    ['uploading', false, false],
    ['extending', false, false],
    ['creating', false, false],
    ['deleting', false, false],
    ['retyping', false, false],
    ['reverting', false, false],
  ])('of a volume that is %s: %s, without force %s', (status, usual, unforced) => {
    const rows = { volume: [volumeRecord({ status })] };
    expect(refusals('snapshot.create', rows)).toEqual(usual ? [] : ['volume-status']);
    expect(refusals('snapshot.create', rows, { force: true })).toEqual(usual ? [] : ['volume-status']);
    expect(refusals('snapshot.create', rows, { force: false })).toEqual(unforced ? [] : ['volume-status']);
  });

  test.each<[string, Rows, Input, string[]]>([
    ['of a volume on no backend', { volume: [volumeRecord({ pool: null })] }, {}, ['not-placed']],
    ['while it migrates', { volume: [volumeRecord({ migrationStatus: 'starting' })] }, {}, ['migrating']],
    ['after a migration', { volume: [volumeRecord({ migrationStatus: 'error' })] }, {}, []],
    ['with a wrong key', {}, { metadata: { 'a=b': '1' } }, ['metadata-key']],
  ])('%s', (_, rows, input, expected) => {
    expect(refusals('snapshot.create', rows, input)).toEqual(expected);
  });

  test.each<[string, Partial<Pick<QuotaRecord, 'limits' | 'inUse' | 'reserved'>>, string[]]>([
    ['the last one', { limits: { snapshots: 3 }, inUse: { snapshots: 2 } }, []],
    ['one too many', { limits: { snapshots: 2 }, inUse: { snapshots: 2 } }, ['quota']],
    ['as big as what is left', { limits: { gigabytes: 30 }, inUse: { gigabytes: 20 } }, []],
    ['bigger than what is left', { limits: { gigabytes: 29 }, inUse: { gigabytes: 20 } }, ['quota']],
    [
      'bigger than what is held leaves',
      { limits: { gigabytes: 30 }, inUse: { gigabytes: 19 }, reserved: { gigabytes: 2 } },
      ['quota'],
    ],
    ['too many of the type', { limits: { snapshots_plain: 0 } }, ['quota']],
    ['too big for the type', { limits: { gigabytes_plain: 9 } }, ['quota']],
  ])('%s', (_, { limits, inUse, reserved }, expected) => {
    const quota = {
      id: 'project-1',
      limits: { ...DEFAULT_QUOTA.volume, ...limits },
      inUse: inUse ?? {},
      reserved: reserved ?? {},
    };
    expect(refusals('snapshot.create', { quota: [quota] })).toEqual(expected);
  });

  test('of a volume that does not count does not count either', () => {
    const quota = { id: 'project-1', limits: { snapshots: 0 }, inUse: {}, reserved: {} };
    const rows = { quota: [quota], volume: [volumeRecord({ consumesQuota: false })] };
    expect(run('snapshot.create', rows).world.snapshot.get('fresh-1')?.consumesQuota).toBe(false);
  });

  test('is creating at 0 %, then available at 100 %; its volume stays as it is', () => {
    const { world } = accepted(
      SNAPSHOT_VERBS['snapshot.create'],
      asked('snapshot.create', {}, { name: 'now' }),
    );
    expect(world.snapshot.get('fresh-1')).toMatchObject({
      name: 'now',
      status: 'creating',
      progress: 0,
      sizeGib: 10,
      projectId: 'project-1',
    });
    const after = run('snapshot.create', {});
    expect(after.world.snapshot.get('fresh-1')).toMatchObject({ status: 'available', progress: 100 });
    expect(after.world.volume.get('volume-1')).toEqual(volumeRecord());
    expect(after.tasks).toEqual([
      { call: 'createSnapshot', volumeId: 'volume-1', args: { snapshotId: 'fresh-1' } },
    ]);
  });

  test('storage fails: error', () => {
    const { world, outcome } = run('snapshot.create', {}, {}, { fails: () => true });
    expect(outcome).toBe('failed');
    expect(world.snapshot.get('fresh-1')?.status).toBe('error');
  });
});

describe('deleting', () => {
  test.each<[SnapshotStatus, boolean]>([
    ['available', true],
    ['error', true],
    ['creating', false],
    ['deleting', false],
    ['error_deleting', false],
    ['restoring', false],
    ['backing-up', false],
    ['unmanaging', false],
    ['updating', false],
  ])('one that is %s: %s, by force always', (status, allowed) => {
    expect(refusals('snapshot.delete', snapshot(status))).toEqual(allowed ? [] : ['snapshot-status']);
    expect(refusals('snapshot.force-delete', snapshot(status))).toEqual([]);
  });

  test('it is deleting, then gone', () => {
    const { world, tasks } = run('snapshot.delete', snapshot('available'));
    expect(world.snapshot.size).toBe(0);
    expect(tasks).toEqual([
      { call: 'deleteSnapshot', volumeId: 'volume-1', args: { snapshotId: 'snapshot-1' } },
    ]);
  });

  test('storage fails: error_deleting', () => {
    const { world } = run('snapshot.delete', snapshot('available'), {}, { fails: () => true });
    expect(world.snapshot.get('snapshot-1')?.status).toBe('error_deleting');
  });

  test('whoever resets it meanwhile keeps it', () => {
    const { world, cause } = run(
      'snapshot.delete',
      snapshot('available'),
      {},
      {
        meanwhile: (now) => ({ ...now, snapshot: new Map([['snapshot-1', snapshotRecord()]]) }),
      },
    );
    expect(cause).toBe('overtaken');
    expect(world.snapshot.get('snapshot-1')?.status).toBe('available');
  });

  test('the remedy of one that is stuck is a reset, for who may', () => {
    const world = soundWorld(snapshot('error_deleting'));
    const verb = SNAPSHOT_VERBS['snapshot.delete'];
    expect(decideVerb(verb, ask(world, 'snapshot-1', {}, { actor: admin }))).toMatchObject({
      refusals: [{ remedy: { action: 'snapshot.reset-status', args: { status: 'error' } } }],
    });
    expect(decideVerb(verb, ask(world, 'snapshot-1', {}, { actor: member }))).toMatchObject({
      refusals: [{ remedy: { kind: 'advice' } }],
    });
  });
});

describe('what is said about it', () => {
  const rows = { snapshot: [snapshotRecord({ metadata: { a: '1', b: '2' } })] };

  test('name and description change, one of them at least', () => {
    expect(refusals('snapshot.update', rows)).toEqual(['nothing-to-set']);
    expect(refusals('snapshot.update', rows, { description: 'a\nb' })).toEqual(['description-not-printable']);
    const { world } = run('snapshot.update', rows, { name: ' x ' });
    expect(world.snapshot.get('snapshot-1')).toMatchObject({ name: 'x', description: null });
  });

  test('metadata join those there are, or replace them', () => {
    const joined = run('snapshot.set-metadata', rows, { metadata: { b: '3', c: '4' } });
    expect(joined.world.snapshot.get('snapshot-1')?.metadata).toEqual({ a: '1', b: '3', c: '4' });
    const alone = run('snapshot.set-metadata', rows, { metadata: { c: '4' }, replace: true });
    expect(alone.world.snapshot.get('snapshot-1')?.metadata).toEqual({ c: '4' });
  });

  test('metadata go by name', () => {
    expect(refusals('snapshot.unset-metadata', rows, { names: ['z'] })).toEqual(['unknown-name']);
    const { world } = run('snapshot.unset-metadata', rows, { names: ['a'] });
    expect(world.snapshot.get('snapshot-1')?.metadata).toEqual({ b: '2' });
  });

  test('an administrator says what it is; whatever was under way is relieved', () => {
    const decision = decideVerb(
      SNAPSHOT_VERBS['snapshot.reset-status'],
      asked('snapshot.reset-status', snapshot('deleting'), { status: 'available' }),
    );
    expect(decision).toMatchObject({ allowed: true, effects: { relieves: ['snapshot-1'], job: null } });
    expect(
      run('snapshot.reset-status', snapshot('deleting'), { status: 'error' }).world.snapshot.get(
        'snapshot-1',
      ),
    ).toMatchObject({
      status: 'error',
    });
  });
});

describe('what a host reports of one it makes or deletes itself', () => {
  const WAYS: [SnapshotStatus, string[]][] = [
    ['creating', ['creating', 'available', 'error']],
    ['deleting', ['deleting', 'error_deleting']],
    ['available', []],
    ['error', []],
    ['restoring', []],
  ];
  const reports = ['creating', 'available', 'error', 'deleting', 'error_deleting'];

  test.each(WAYS)('from %s: %j', (from, to) => {
    const possible = reports.filter(
      (status) => refusals('snapshot.report', snapshot(from), { status }).length === 0,
    );
    expect(possible).toEqual(to);
  });

  test('is refused before anything is chosen where nothing is under way', () => {
    expect(refusals('snapshot.report', snapshot('available'))).toEqual(['nothing-under-way']);
    expect(refusals('snapshot.report', snapshot('creating'))).toEqual([]);
  });

  test('ends what was under way, unless it only tells how far that is', () => {
    const effectsOf = (status: string) =>
      decideVerb(
        SNAPSHOT_VERBS['snapshot.report'],
        asked('snapshot.report', snapshot('creating'), { status, progress: 80 }),
      );
    expect(effectsOf('creating')).toMatchObject({ effects: { relieves: [] } });
    expect(effectsOf('available')).toMatchObject({ effects: { relieves: ['snapshot-1'] } });
    const { world } = run('snapshot.report', snapshot('creating'), { status: 'creating', progress: 80 });
    expect(world.snapshot.get('snapshot-1')).toMatchObject({ status: 'creating', progress: 80 });
  });
});

test.each<[Name, boolean, boolean]>([
  ['snapshot.create', false, true],
  ['snapshot.update', false, true],
  ['snapshot.delete', false, true],
  ['snapshot.force-delete', false, false],
  ['snapshot.reset-status', false, false],
  ['snapshot.report', false, true],
  ['snapshot.set-metadata', false, true],
  ['snapshot.unset-metadata', false, true],
])('%s: reader %s, member %s', (name, byReader, byMember) => {
  const inputs: Partial<Record<Name, Input>> = {
    'snapshot.update': { name: 'x' },
    'snapshot.set-metadata': { metadata: {} },
    'snapshot.unset-metadata': { names: [] },
    'snapshot.reset-status': { status: 'error' },
    'snapshot.report': { status: 'available' },
  };
  const allowed = [reader, member].map((actor) => {
    const status = name === 'snapshot.report' ? 'creating' : 'available';
    const rows = { snapshot: [snapshotRecord({ status })], volumeType: [typeRecord()] };
    const id = name === 'snapshot.create' ? 'volume-1' : 'snapshot-1';
    return decideVerb(SNAPSHOT_VERBS[name], ask(soundWorld(rows), id, inputs[name] ?? {}, { actor })).allowed;
  });
  expect(allowed).toEqual([byReader, byMember]);
});
