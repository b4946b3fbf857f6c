import { describe, expect, test } from 'vitest';
import { attachmentRecord, volumeRecord } from '../engine/sound-world';
import type { World } from '../engine/world';
import { attached, calls, migrate, THERE } from './migration-scene';

function attach(world: World): World {
  return {
    ...world,
    attachment: new Map([['attachment-1', attachmentRecord()]]),
    volume: new Map([
      ...world.volume,
      [
        'volume-1',
        volumeRecord({ migrationStatus: 'migrating', status: 'in-use', attachStatus: 'attached' }),
      ],
    ]),
  };
}

function reset(world: World): World {
  return { ...world, volume: new Map([...world.volume, ['volume-1', volumeRecord()]]) };
}

describe('by a hidden volume', () => {
  test('its data are copied, and the records change places', () => {
    const hidden: unknown[] = [];
    const { world, tasks, phases } = migrate(
      {},
      { forceHostCopy: true },
      {
        meanwhile: (now) => {
          const target = now.volume.get('fresh-1');
          hidden.push([now.volume.get('volume-1')?.migrationStatus, target?.status, target?.migrationStatus]);
          return now;
        },
      },
    );
    expect(phases).toEqual(['reserve', 'build', 'copy', 'finish']);
    expect(hidden).toEqual([
      ['starting', undefined, undefined],
      ['migrating', 'creating', 'target:volume-1'],
      ['migrating', 'available', 'target:volume-1'],
      ['completing', 'deleting', 'deleting'],
    ]);
    expect(tasks).toEqual([
      { call: 'createVolume', volumeId: 'fresh-1', args: { sizeGib: 10, pool: THERE } },
      { call: 'copyVolume', volumeId: 'volume-1', args: { pool: THERE, toVolumeId: 'fresh-1' } },
      { call: 'deleteVolume', volumeId: 'fresh-1', args: { pool: 'stor-1@lvm#lvm' } },
    ]);
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ pool: THERE, migrationStatus: 'success' }));
    expect(world.volume.has('fresh-1')).toBe(false);
  });

  test('the hidden one takes no quota', () => {
    let consumes: boolean | undefined;
    migrate(
      {},
      { forceHostCopy: true },
      {
        meanwhile: (now, phase) => {
          if (phase === 'build') consumes = now.volume.get('fresh-1')?.consumesQuota;
          return now;
        },
      },
    );
    expect(consumes).toBe(false);
  });

  test.each(['createVolume', 'copyVolume'])('%s fails: the hidden one goes', (call) => {
    const { world, outcome, reason, tasks } = migrate(
      {},
      { forceHostCopy: true, lockVolume: true },
      { fails: (task) => task.call === call },
    );
    expect(outcome).toBe('failed');
    expect(reason).toBe('storage said no');
    expect(calls(tasks).at(-1)).toBe('deleteVolume');
    expect(world.volume.has('fresh-1')).toBe(false);
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ migrationStatus: 'error' }));
  });

  test('the way back fails too: the hidden one is left in error, for an administrator', () => {
    const { world, reason } = migrate(
      {},
      { forceHostCopy: true },
      { fails: ({ call }) => call !== 'createVolume' },
    );
    expect(reason).toContain('way back failed');
    expect(world.volume.get('fresh-1')).toMatchObject({ status: 'error', migrationStatus: 'error' });
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ migrationStatus: 'error' }));
  });

  test('only the old data cannot be deleted: it has moved all the same', () => {
    const { world, outcome } = migrate(
      {},
      { forceHostCopy: true },
      { fails: ({ call }) => call === 'deleteVolume' },
    );
    expect(outcome).toBe('succeeded');
    expect(world.volume.get('volume-1')).toMatchObject({
      pool: THERE,
      migrationStatus: 'success',
      status: 'available',
    });
    expect(world.volume.get('fresh-1')).toMatchObject({
      status: 'error_deleting',
      migrationStatus: 'deleting',
    });
  });

  test('somebody attaches it while it is copied: the copy is thrown away', () => {
    const { world, outcome } = migrate(
      {},
      { forceHostCopy: true },
      {
        meanwhile: (now, phase) => (phase === 'copy' ? attach(now) : now),
      },
    );
    expect(outcome).toBe('failed');
    expect(world.volume.has('fresh-1')).toBe(false);
    expect(world.volume.get('volume-1')).toMatchObject({
      pool: 'stor-1@lvm#lvm',
      status: 'in-use',
      migrationStatus: 'error',
    });
  });

  test('an administrator resets it while it is copied: it is left alone', () => {
    const { world, outcome } = migrate(
      {},
      { forceHostCopy: true },
      {
        meanwhile: (now, phase) => (phase === 'copy' ? reset(now) : now),
      },
    );
    expect(outcome).toBe('failed');
    expect(world.volume.get('volume-1')).toEqual(volumeRecord());
    expect(world.volume.has('fresh-1')).toBe(false);
  });

  test('it is given up when somebody attaches the copy before it is one', () => {
    const { world, outcome, cause } = migrate(
      attached,
      {},
      {
        meanwhile: (now, phase) => {
          if (phase !== 'build') return now;
          const target = 'fresh-1';
          const foreign = attachmentRecord({ id: 'attachment-9', volumeId: target, instanceId: 'elsewhere' });
          return { ...now, attachment: new Map([...now.attachment, [foreign.id, foreign]]) };
        },
      },
    );
    expect(outcome).toBe('failed');
    expect(cause).toBe('overtaken');
    expect([...world.attachment.keys()]).toEqual(['attachment-1']);
    expect(world.volume.has('fresh-1')).toBe(false);
  });
});
