/** Offers of volumes, by the behaviour of Cinder (transfer/api.py) and what we do better. */
import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted } from '../engine/play-verb';
import { ask, type Rows, snapshotRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import { DEFAULT_QUOTA } from '../quota';
import { member, reader } from '../sound-facts';
import { VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { acceptTransfer } from './accept-transfer';
import { createTransfer, deleteTransfer } from './transfer-volume';

const transfer = { id: 'transfer-1', name: 'gift', keyHash: 'hash', noSnapshots: false };
const offered: Rows = { volume: [volumeRecord({ status: 'awaiting-transfer', transfer })] };
const taker = { ...member, userId: 'user-2', projectId: 'project-2', projectName: 'lab' };

function refusals(verb: AnyVerb, rows: Rows, input: Input, id = 'volume-1', actor = member): string[] {
  const decision = decideVerb(verb, ask(soundWorld(rows), id, input, { actor }));
  return decision.allowed ? [] : decision.refusals.map(({ rule }) => rule.replace(`${verb.name}.`, ''));
}

function quotaOf(limits: object): Rows {
  return {
    ...offered,
    quota: [{ id: 'project-2', limits: { ...DEFAULT_QUOTA.volume, ...limits }, inUse: {}, reserved: {} }],
  };
}

const key = { transferId: 'transfer-1', authKey: 'hash' };
const acceptedBy = (rows: Rows, input: Input) => refusals(acceptTransfer, rows, input, 'project-2', taker);

describe('offering', () => {
  test('needs an available volume', () => {
    const possible = VOLUME_STATUSES.filter(
      (status: VolumeStatus) =>
        refusals(createTransfer, { volume: [volumeRecord({ status })] }, { authKey: 'hash' }).length === 0,
    );
    expect(possible).toEqual(['available']);
  });

  test.each<[string, Rows, Input, string[]]>([
    ['one in a group', { volume: [volumeRecord({ groupId: 'group-1' })] }, {}, ['in-group']],
    ['one on the move', { volume: [volumeRecord({ migrationStatus: 'migrating' })] }, {}, ['migrating']],
    ['one with a snapshot', { snapshot: [snapshotRecord()] }, {}, []],
    [
      'one whose snapshot is to stay',
      { snapshot: [snapshotRecord()] },
      { noSnapshots: true },
      ['leaves-snapshots'],
    ],
    ['one without snapshots to stay', {}, { noSnapshots: true }, []],
    ['a busy snapshot', { snapshot: [snapshotRecord({ status: 'deleting' })] }, {}, ['snapshot-status']],
  ])('%s', (_what, rows, input, expected) => {
    expect(refusals(createTransfer, rows, { authKey: 'hash', ...input })).toEqual(expected);
  });

  test('keeps what finds it and what opens it', () => {
    const call = ask(soundWorld({}), 'volume-1', { name: 'gift', authKey: 'hash' });
    expect(accepted(createTransfer, call).world.volume.get('volume-1')).toMatchObject({
      status: 'awaiting-transfer',
      transfer: { id: 'fresh-1', name: 'gift', keyHash: 'hash', noSnapshots: false },
    });
  });

  test('is a member’s, and so is withdrawing', () => {
    expect(refusals(createTransfer, {}, { authKey: 'hash' }, 'volume-1', reader)).toEqual([
      'policy.volume:create_transfer',
    ]);
    expect(refusals(deleteTransfer, offered, {}, 'volume-1', reader)).toEqual([
      'policy.volume:delete_transfer',
    ]);
  });
});

describe('withdrawing', () => {
  test('makes it available, unless it has become something else', () => {
    const withdrawn = (status: VolumeStatus) =>
      accepted(
        deleteTransfer,
        ask(soundWorld({ volume: [volumeRecord({ status, transfer })] }), 'volume-1'),
      ).world.volume.get('volume-1');
    expect(withdrawn('awaiting-transfer')).toMatchObject({ status: 'available', transfer: null });
    expect(withdrawn('error')).toMatchObject({ status: 'error', transfer: null });
  });

  test('needs an offer', () => {
    expect(refusals(deleteTransfer, {}, {})).toEqual(['not-offered']);
  });
});

describe('accepting', () => {
  test.each<[string, Rows, Input, string[]]>([
    ['with the key', quotaOf({}), key, []],
    ['an unknown one', quotaOf({}), { ...key, transferId: 'transfer-2' }, ['transfer-not-found']],
    [
      'with another key, of which nothing else is told',
      quotaOf({ volumes: 0 }),
      { ...key, authKey: 'x' },
      ['wrong-key'],
    ],
    [
      'one that was reset',
      { ...quotaOf({}), volume: [volumeRecord({ status: 'error', transfer })] },
      key,
      ['volume-status'],
    ],
    ['without room for a volume', quotaOf({ volumes: 0 }), key, ['quota']],
    ['without room for its size', quotaOf({ gigabytes: 9 }), key, ['quota']],
    ['with room for exactly that', quotaOf({ volumes: 1, gigabytes: 10 }), key, []],
    [
      'without room for its snapshot',
      { ...quotaOf({ gigabytes: 19 }), snapshot: [snapshotRecord()] },
      key,
      ['quota'],
    ],
    ['without room in its type', quotaOf({ volumes_plain: 0 }), key, ['quota']],
  ])('%s', (_what, rows, input, expected) => {
    expect(acceptedBy(rows, input)).toEqual(expected);
  });

  test('takes the volume and its snapshots over', () => {
    const rows = { ...quotaOf({}), snapshot: [snapshotRecord()] };
    const { world } = accepted(acceptTransfer, ask(soundWorld(rows), 'project-2', key, { actor: taker }));
    const owner = { projectId: 'project-2', userId: 'user-2' };
    expect(world.volume.get('volume-1')).toMatchObject({ ...owner, status: 'available', transfer: null });
    expect(world.snapshot.get('snapshot-1')).toMatchObject(owner);
  });
});
