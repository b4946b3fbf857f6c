import { describe, expect, test } from 'vitest';
import type { DriverTask } from '../driver-task';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, type PlayOptions, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  poolRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { VolumeRecord, World } from '../engine/world';
import { admin, member } from '../sound-facts';
import type { VolumeStatus } from '../volume';
import { migrateVolume } from './migrate-volume';

const THERE = 'stor-2@lvm#lvm';

function asked(rows: Rows, input: Input) {
  return ask(soundWorld(rows), 'volume-1', input, { actor: admin });
}

function refusals(rows: Rows, input: Input = { host: THERE }): string[] {
  const decision = decideVerb(migrateVolume, asked(rows, input));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace('volume.migrate.', ''));
}

function migrate(rows: Rows = {}, input: Input = {}, options: PlayOptions = {}) {
  return play(migrateVolume, asked(rows, { host: THERE, ...input }), options);
}

function volume(changes: Partial<VolumeRecord>): Rows {
  return { volume: [volumeRecord(changes)] };
}

const attached = {
  volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
  attachment: [attachmentRecord({ tag: 'data', deleteOnTermination: true })],
} satisfies Rows;

function calls(tasks: readonly DriverTask[]): string[] {
  return tasks.map((each) => each.call);
}

function sealed(task: DriverTask): string | null {
  if (task.call === 'getConnector') return 'new connector';
  return task.call === 'initializeConnection' ? 'new connection info' : null;
}

describe('what speaks against it', () => {
  test.each<[VolumeStatus, boolean]>([
    ['available', true],
    ['in-use', true],
    ['reserved', false],
    ['attaching', false],
    ['detaching', false],
    ['maintenance', false],
    ['error', false],
    ['error_extending', false],
    ['error_deleting', false],
    ['downloading', false],
    ['uploading', false],
    ['extending', false],
    ['creating', false],
    ['retyping', false],
    ['reverting', false],
    ['deleting', false],
  ])('%s: %s', (status, allowed) => {
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
    expect(world.volume.get('volume-1')).toEqual(
      volumeRecord({ pool: THERE, migrationStatus: 'success', nameId: 'fresh-1' }),
    );
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
});

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

describe('under a server', () => {
  test('the hidden volume says what its attachments are', () => {
    const seen: unknown[] = [];
    const meanwhile = (world: World, phase: string): World => {
      const target = world.volume.get('fresh-1');
      if (['connect', 'export'].includes(phase)) seen.push([phase, target?.status, target?.attachStatus]);
      return world;
    };
    migrate(attached, {}, { answer: sealed, meanwhile });
    expect(seen).toEqual([
      ['connect', 'reserved', 'reserved'],
      ['export', 'attaching', 'attaching'],
    ]);
  });

  test('the host copies it; the disk keeps device, tag and fate', () => {
    const { world, tasks, phases, outcome } = migrate(attached, {}, { answer: sealed });
    expect(outcome).toBe('succeeded');
    expect(phases).toEqual(['reserve', 'build', 'connect', 'export', 'swap', 'disconnect', 'finish']);
    expect(calls(tasks)).toEqual([
      'createVolume',
      'getConnector',
      'initializeConnection',
      'swapDevice',
      'terminateConnection',
      'deleteVolume',
    ]);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'in-use',
      attachStatus: 'attached',
      pool: THERE,
      migrationStatus: 'success',
    });
    expect([...world.attachment.values()]).toEqual([
      attachmentRecord({
        id: 'fresh-2',
        tag: 'data',
        deleteOnTermination: true,
        connector: 'new connector',
        connectionInfo: 'new connection info',
      }),
    ]);
    expect(world.volume.has('fresh-1')).toBe(false);
  });

  test.each(['createVolume', 'getConnector', 'initializeConnection', 'swapDevice'])(
    '%s fails: the guest has what it had',
    (call) => {
      let failed = false;
      const { world, outcome, tasks } = migrate(
        attached,
        {},
        {
          answer: sealed,
          fails: (task) => {
            const now = task.call === call && !failed;
            failed ||= now;
            return now;
          },
        },
      );
      expect(outcome).toBe('failed');
      expect(world.volume.get('volume-1')).toEqual(
        volumeRecord({ status: 'in-use', attachStatus: 'attached', migrationStatus: 'error' }),
      );
      expect([...world.attachment.values()]).toEqual(attached.attachment);
      expect(world.volume.has('fresh-1')).toBe(false);
      expect(calls(tasks).filter((each) => each === 'swapDevice')).toHaveLength(
        call === 'swapDevice' ? 2 : 0,
      );
    },
  );

  test('the old connection cannot be taken back: it has moved all the same', () => {
    const { world, outcome } = migrate(
      attached,
      {},
      {
        answer: sealed,
        fails: ({ call }) => call === 'terminateConnection',
      },
    );
    expect(outcome).toBe('succeeded');
    expect([...world.attachment.keys()]).toEqual(['fresh-2']);
  });

  test.each<[string, Rows]>([
    [
      'a server on no host',
      {
        server: [],
        attachment: [attachmentRecord({ serverId: null, bdmId: null, instanceId: 'elsewhere' })],
      },
    ],
    [
      'two writers',
      {
        attachment: [
          attachmentRecord(),
          attachmentRecord({
            id: 'attachment-2',
            serverId: 'server-2',
            instanceId: 'server-2',
            bdmId: 'bdm-2',
          }),
        ],
      },
    ],
  ])('%s: nothing is tried', (_, rows) => {
    const { world, outcome, tasks } = migrate({ volume: attached.volume, ...rows });
    expect(outcome).toBe('failed');
    expect(tasks).toEqual([]);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'in-use',
      migrationStatus: 'error',
      pool: 'stor-1@lvm#lvm',
    });
  });
});
