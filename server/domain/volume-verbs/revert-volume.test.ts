import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import { ask, type Rows, snapshotRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { SnapshotRecord, VolumeRecord, World } from '../engine/world';
import { admin, reader } from '../sound-facts';
import { revertVolume } from './revert-volume';

const older = snapshotRecord();
const latest = snapshotRecord({ id: 'snapshot-2', name: 'after-upgrade' });
const both: Rows = { snapshot: [older, latest] };

function refusals(snapshotId: string, rows: Rows, actor = admin): string[] {
  const decision = decideVerb(revertVolume, ask(soundWorld(rows), 'volume-1', { snapshotId }, { actor }));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('volume.revert.', '')}`);
}

function latestWith(snapshot: Partial<SnapshotRecord>, volume: Partial<VolumeRecord> = {}): Rows {
  return { snapshot: [older, { ...latest, ...snapshot }], volume: [volumeRecord(volume)] };
}

describe('what speaks against going back', () => {
  test.each<[string, string, Rows, string[]]>([
    ['to the latest snapshot', 'snapshot-2', both, []],
    ['without any snapshot', 'snapshot-1', {}, ['invalid no-snapshots']],
    ['to an older one', 'snapshot-1', both, ['invalid not-latest']],
    ['to one of another volume', 'snapshot-9', both, ['invalid not-latest']],
    ['to one of another size', 'snapshot-2', latestWith({ sizeGib: 9 }), ['invalid size-differs']],
    ['a volume in use', 'snapshot-2', latestWith({}, { status: 'in-use' }), ['conflict volume-status']],
    [
      'a snapshot that is in error',
      'snapshot-2',
      latestWith({ status: 'error' }),
      ['conflict snapshot-status'],
    ],
    [
      'a snapshot that is being deleted',
      'snapshot-2',
      latestWith({ status: 'deleting' }),
      ['conflict snapshot-status'],
    ],
    [
      'everything at once, in the API’s order',
      'snapshot-2',
      latestWith({ sizeGib: 9, status: 'error' }, { status: 'error' }),
      ['invalid size-differs', 'conflict volume-status', 'conflict snapshot-status'],
    ],
  ])('%s', (_, snapshotId, rows, expected) => {
    expect(refusals(snapshotId, rows)).toEqual(expected);
  });

  test('a reader reverts nothing', () => {
    expect(refusals('snapshot-2', both, reader)).toEqual(['forbidden policy.volume:revert_to_snapshot']);
  });

  test('an older snapshot can be reverted to once the later one is deleted', () => {
    const decision = decideVerb(
      revertVolume,
      ask(soundWorld(both), 'volume-1', { snapshotId: 'snapshot-1' }),
    );
    expect(decision).toMatchObject({
      refusals: [{ remedy: { action: 'snapshot.delete', args: { snapshotId: 'snapshot-2' } } }],
    });
  });
});

describe('a revert', () => {
  const asked = () => ask(soundWorld(both), 'volume-1', { snapshotId: 'snapshot-2' });

  function statuses(world: World) {
    return [world.volume.get('volume-1')?.status, world.snapshot.get('snapshot-2')?.status];
  }

  test('keeps volume and snapshot to itself', () => {
    const { world, operation } = accepted(revertVolume, asked());
    expect(statuses(world)).toEqual(['reverting', 'restoring']);
    expect(operation).toMatchObject({ owns: 'volume-1', phase: 'act' });
  });

  test('ends with both available', () => {
    const played = play(revertVolume, asked());
    expect(played.outcome).toBe('succeeded');
    expect(played.tasks).toEqual([
      { call: 'revertToSnapshot', volumeId: 'volume-1', args: { snapshotId: 'snapshot-2' } },
    ]);
    expect(statuses(played.world)).toEqual(['available', 'available']);
  });

  test('that fails leaves the volume in error, and the snapshot available', () => {
    const played = play(revertVolume, asked(), { fails: () => true });
    expect(played).toMatchObject({ outcome: 'failed', reason: 'storage said no' });
    expect(statuses(played.world)).toEqual(['error', 'available']);
  });

  test.each([true, false])('that was overtaken leaves the volume alone (failing: %s)', (failing) => {
    const played = play(revertVolume, asked(), {
      fails: () => failing,
      meanwhile: (world) => ({
        ...world,
        volume: new Map([['volume-1', volumeRecord({ status: 'maintenance' })]]),
      }),
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Volume data-1 is maintenance by now.',
    });
    expect(statuses(played.world)).toEqual(['maintenance', 'available']);
  });

  test('is begun with the latest snapshot, and only after the name has been typed', () => {
    expect(revertVolume.initial?.(asked())).toEqual({ snapshotId: 'snapshot-2' });
    expect(revertVolume.confirm?.(asked())).toBe('data-1');
  });
});
