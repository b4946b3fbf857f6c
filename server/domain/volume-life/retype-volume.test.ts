import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { type PlayOptions, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  poolRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  typeRecord,
  volumeRecord,
} from '../engine/sound-world';
import type { QuotaRecord, VolumeRecord } from '../engine/world';
import { DEFAULT_QUOTA } from '../quota';
import { member, reader } from '../sound-facts';
import { VOLUME_STATUSES } from '../volume';
import { retypeVolume } from './retype-volume';

const ssd = typeRecord({ id: 'type-ssd', name: 'ssd' });
/** What only the third pool offers. */
const fast = typeRecord({ id: 'type-fast', name: 'fast', extraSpecs: { volume_backend_name: 'nvme' } });
const nvme = poolRecord({ id: 'stor-3@nvme#nvme', capabilities: { volume_backend_name: 'nvme' } });

function withRows(rows: Rows = {}): Rows {
  return { volumeType: [ssd, fast], pool: [nvme], ...rows };
}

function asked(rows: Rows, input: Input, actor = member) {
  return ask(soundWorld(withRows(rows)), 'volume-1', input, { actor });
}

function refusals(rows: Rows, input: Input = { type: 'ssd' }): string[] {
  const decision = decideVerb(retypeVolume, asked(rows, input));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace('volume.retype.', ''));
}

function retype(input: Input, rows: Rows = {}, options: PlayOptions = {}) {
  return play(retypeVolume, asked(rows, input), options);
}

function volume(changes: Partial<VolumeRecord>): Rows {
  return { volume: [volumeRecord(changes)] };
}

function quota(limits: Record<string, number>): Rows {
  const record: QuotaRecord = {
    id: 'project-1',
    limits: { ...DEFAULT_QUOTA.volume, ...limits },
    inUse: { volumes: 10, gigabytes: 1000 },
    reserved: {},
  };
  return { quota: [record] };
}

describe('what speaks against it', () => {
  test.each(VOLUME_STATUSES)('%s', (status) => {
    const allowed = status === 'available' || status === 'in-use';
    expect(refusals(volume({ status }))).toEqual(allowed ? [] : ['volume-status']);
  });

  test.each<[string, Rows, Input, string[]]>([
    ['by id', {}, { type: 'type-ssd' }, []],
    ['no such type', {}, { type: 'gold' }, ['type-not-found']],
    ['the type it has', {}, { type: 'plain' }, ['same-type']],
    [
      'a private type, which is found all the same',
      { volumeType: [typeRecord({ id: 'p', name: 'private', public: false })] },
      { type: 'private' },
      [],
    ],
    [
      'too small for it',
      {
        volumeType: [typeRecord({ id: 'b', name: 'big', extraSpecs: { 'provisioning:min_vol_size': '11' } })],
      },
      { type: 'big' },
      ['size-of-type'],
    ],
    ['multiattach, while available', {}, { type: 'multi' }, []],
    ['multiattach, while in use', volume({ status: 'in-use' }), { type: 'multi' }, ['multiattach-in-use']],
    [
      'multiattach no more, while in use',
      volume({ status: 'in-use', multiattach: true }),
      { type: 'ssd' },
      ['multiattach-in-use'],
    ],
    [
      'multiattach no more, while a guest has it of which storage was made to forget',
      {
        ...volume({ multiattach: true }),
        attachment: [attachmentRecord({ attachStatus: null, connector: null, connectionInfo: null })],
      },
      { type: 'ssd' },
      ['multiattach-in-use'],
    ],
    [
      'multiattach, though encrypted',
      volume({ encrypted: true }),
      { type: 'multi' },
      ['multiattach-encrypted'],
    ],
    ['while it migrates', volume({ migrationStatus: 'migrating' }), { type: 'ssd' }, ['migrating']],
    ['in a group', volume({ groupId: 'group-1' }), { type: 'ssd' }, ['in-group']],
    [
      'over the quota of all types, which stays the same',
      quota({ volumes: 10, gigabytes: 1000 }),
      { type: 'ssd' },
      [],
    ],
    ['too many of the type', quota({ volumes_ssd: 0 }), { type: 'ssd' }, ['quota']],
    ['too big for the type', quota({ gigabytes_ssd: 9 }), { type: 'ssd' }, ['quota']],
    [
      'too big with its snapshot',
      { ...quota({ gigabytes_ssd: 19 }), snapshot: [snapshotRecord()] },
      { type: 'ssd' },
      ['quota'],
    ],
    [
      'as big as the quota with its snapshot',
      { ...quota({ gigabytes_ssd: 20, snapshots_ssd: 1 }), snapshot: [snapshotRecord()] },
      { type: 'ssd' },
      [],
    ],
  ])('%s', (_, rows, input, expected) => {
    expect(refusals(withRows(rows).volumeType === rows.volumeType ? rows : withRows(rows), input)).toEqual(
      expected,
    );
  });

  test('a reader may not', () => {
    expect(decideVerb(retypeVolume, asked({}, { type: 'ssd' }, reader))).toMatchObject({ allowed: false });
  });
});

describe('where it is', () => {
  test('it is retyping, then what it was, with its new type', () => {
    const seen: string[] = [];
    const { world, tasks, outcome } = retype(
      { type: 'ssd' },
      {},
      {
        meanwhile: (now) => {
          seen.push(now.volume.get('volume-1')?.status ?? 'gone');
          return now;
        },
      },
    );
    expect(outcome).toBe('succeeded');
    expect(seen).toEqual(['retyping']);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'available',
      typeId: 'type-ssd',
      previousStatus: null,
    });
    expect(tasks).toEqual([
      { call: 'retypeVolume', volumeId: 'volume-1', args: { typeId: 'type-ssd', pool: 'stor-1@lvm#lvm' } },
    ]);
  });

  test('it holds quota of the new type alone, with its snapshots', () => {
    const decision = decideVerb(retypeVolume, asked({ snapshot: [snapshotRecord()] }, { type: 'ssd' }));
    expect(decision).toMatchObject({
      effects: { job: { reserves: { volumes_ssd: 1, gigabytes_ssd: 20, snapshots_ssd: 1 } } },
    });
  });

  test('multiattach comes with the success, and not before', () => {
    const failed = retype({ type: 'multi' }, {}, { fails: () => true });
    expect(failed.world.volume.get('volume-1')).toMatchObject({
      multiattach: false,
      status: 'available',
      typeId: 'type-plain',
    });
    expect(retype({ type: 'multi' }).world.volume.get('volume-1')?.multiattach).toBe(true);
  });

  test('storage fails: it is what it was', () => {
    const rows = {
      volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
      attachment: [attachmentRecord()],
    } satisfies Rows;
    const { world, outcome } = retype({ type: 'ssd' }, rows, { fails: () => true });
    expect(outcome).toBe('failed');
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'in-use',
      typeId: 'type-plain',
      previousStatus: null,
    });
  });

  test('whoever resets it meanwhile has the last word', () => {
    const { world, outcome, cause } = retype(
      { type: 'multi' },
      {},
      {
        meanwhile: (now) => ({ ...now, volume: new Map([['volume-1', volumeRecord({ status: 'error' })]]) }),
      },
    );
    expect(outcome).toBe('failed');
    expect(cause).toBe('overtaken');
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'error', multiattach: false });
  });
});

describe('in another pool', () => {
  test.each<[string, Input, Rows]>([
    ['never', { type: 'fast' }, {}],
    ['never, said', { type: 'fast', migrationPolicy: 'never' }, {}],
    ['with a snapshot', { type: 'fast', migrationPolicy: 'on-demand' }, { snapshot: [snapshotRecord()] }],
    ['nowhere to go', { type: 'fast', migrationPolicy: 'on-demand' }, { pool: [{ ...nvme, freeGib: 9 }] }],
  ])('%s: it is accepted, and becomes what it was', (_, input, rows) => {
    const { world, outcome, tasks } = retype(input, rows);
    expect(outcome).toBe('failed');
    expect(tasks).toEqual([]);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'available',
      typeId: 'type-plain',
      migrationStatus: null,
    });
  });

  test('on demand: it moves, and keeps its id', () => {
    const { world, outcome, tasks } = retype({ type: 'fast', migrationPolicy: 'on-demand' });
    expect(outcome).toBe('succeeded');
    expect(tasks.map((each) => each.call)).toEqual(['createVolume', 'copyVolume', 'deleteVolume']);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'available',
      typeId: 'type-fast',
      pool: 'stor-3@nvme#nvme',
      migrationStatus: 'success',
    });
    expect(world.volume.size).toBe(2);
  });

  test('the copy fails: it is where it was, and its migration status tells', () => {
    const { world } = retype(
      { type: 'fast', migrationPolicy: 'on-demand' },
      {},
      { fails: ({ call }) => call === 'copyVolume' },
    );
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'available',
      typeId: 'type-plain',
      pool: 'stor-1@lvm#lvm',
      migrationStatus: 'error',
    });
    expect(world.volume.size).toBe(2);
  });
});
