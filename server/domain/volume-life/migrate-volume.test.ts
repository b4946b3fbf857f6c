import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted } from '../engine/play-verb';
import { ask, poolRecord, type Rows, snapshotRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import { member } from '../sound-facts';
import { VOLUME_STATUSES } from '../volume';
import { migrateVolume } from './migrate-volume';
import { asked, migrate, refusals, THERE, volume } from './migration-scene';

describe('what speaks against it', () => {
  test.each(VOLUME_STATUSES)('%s', (status) => {
    const allowed = status === 'available' || status === 'in-use';
    expect(refusals(volume({ status }))).toEqual(allowed ? [] : ['volume-status']);
  });

  test.each<[string, Rows, Input, string[]]>([
    ['nowhere', {}, { host: '' }, ['one-destination']],
    ['to a pool and a cluster', {}, { host: THERE, cluster: 'c' }, ['one-destination']],
    ['to a backend that is not there', {}, { host: 'stor-9@lvm#lvm' }, ['no-service']],
    [
      'to a backend that is down',
      { pool: [poolRecord({ id: THERE, usable: false })] },
      { host: THERE },
      ['no-service'],
    ],
    ['to a pool that is not there, which the scheduler learns later', {}, { host: 'stor-2@lvm#other' }, []],
    ['to where it is', {}, { host: 'stor-1@lvm#lvm' }, ['same-pool']],
    ['while it migrates', volume({ migrationStatus: 'starting' }), { host: THERE }, ['migrating']],
    ['after a failed migration', volume({ migrationStatus: 'error' }), { host: THERE }, []],
    ['in a group', volume({ groupId: 'group-1' }), { host: THERE }, ['in-group']],
    ['with a snapshot', { snapshot: [snapshotRecord()] }, { host: THERE }, ['has-snapshots']],
  ])('%s', (_, rows, input, expected) => {
    expect(refusals(rows, input)).toEqual(expected);
  });

  test('a member may not', () => {
    const decision = decideVerb(
      migrateVolume,
      ask(soundWorld(), 'volume-1', { host: THERE }, { actor: member }),
    );
    expect(decision).toMatchObject({ allowed: false, refusals: [{ code: 'forbidden' }] });
  });
});

describe('by storage', () => {
  test('it stays available; locked it is maintenance meanwhile', () => {
    const begun = (lockVolume: boolean) =>
      accepted(migrateVolume, asked({}, { host: THERE, lockVolume })).world.volume.get('volume-1');
    expect(begun(false)).toMatchObject({
      status: 'available',
      migrationStatus: 'starting',
      previousStatus: 'available',
    });
    expect(begun(true)).toMatchObject({ status: 'maintenance', migrationStatus: 'starting' });
  });

  test.each([false, true])('it is moved (locked: %s)', (lockVolume) => {
    const { world, tasks, phases } = migrate({}, { lockVolume });
    expect(phases).toEqual(['reserve', 'copy']);
    expect(tasks).toEqual([{ call: 'copyVolume', volumeId: 'volume-1', args: { pool: THERE } }]);
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ pool: THERE, migrationStatus: 'success' }));
  });

  test.each([false, true])('storage fails (locked: %s): it is where it was', (lockVolume) => {
    const { world, outcome } = migrate({}, { lockVolume }, { fails: () => true });
    expect(outcome).toBe('failed');
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ migrationStatus: 'error' }));
  });

  test.each<[string, Rows, Input]>([
    ['no such pool', {}, { host: 'stor-2@lvm#other' }],
    ['no room', { pool: [poolRecord({ id: THERE, freeGib: 9 })] }, {}],
  ])('the scheduler says no: %s', (_, rows, input) => {
    const { world, outcome, tasks } = migrate(rows, { lockVolume: true, ...input });
    expect(outcome).toBe('failed');
    expect(tasks).toEqual([]);
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ migrationStatus: 'error' }));
  });
});

describe('to a backend', () => {
  test('it moves to a pool of that which can take it', () => {
    const pools: Rows = {
      pool: [poolRecord({ id: 'stor-2@lvm#full', freeGib: 0 }), poolRecord({ id: THERE })],
    };
    const { world, outcome } = migrate(pools, { host: 'stor-2@lvm' });
    expect(outcome).toBe('succeeded');
    expect(world.volume.get('volume-1')).toMatchObject({ pool: THERE, migrationStatus: 'success' });
  });

  test('its own has no other pool: it stays', () => {
    const { world, outcome } = migrate({}, { host: 'stor-1@lvm' });
    expect(outcome).toBe('failed');
    expect(world.volume.get('volume-1')).toMatchObject({ pool: 'stor-1@lvm#lvm', migrationStatus: 'error' });
  });
});
