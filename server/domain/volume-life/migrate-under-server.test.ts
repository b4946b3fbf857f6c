import { describe, expect, test } from 'vitest';
import { completeAttachment } from '../attachment-verbs/complete-attachment';
import { deleteAttachment } from '../attachment-verbs/delete-attachment';
import { updateAttachment } from '../attachment-verbs/update-attachment';
import { refusalsOfVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { World } from '../engine/world';
import { admin } from '../sound-facts';
import { attached, calls, migrate, sealed, THERE } from './migration-scene';

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

  test('when its server is deleted meanwhile and it fails, it is available', () => {
    const { world, outcome } = migrate(
      attached,
      {},
      {
        fails: ({ call }) => call === 'initializeConnection',
        meanwhile: (now, phase) => (phase === 'export' ? { ...now, attachment: new Map() } : now),
      },
    );
    expect(outcome).toBe('failed');
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'available', migrationStatus: 'error' });
  });

  test('when its server is deleted once it has moved, the new connection goes with the old one', () => {
    const { world, outcome, tasks } = migrate(
      attached,
      {},
      { answer: sealed, meanwhile: (now, phase) => (phase === 'disconnect' ? withoutDisks(now) : now) },
    );
    expect(outcome).toBe('succeeded');
    expect(tasks.slice(-3)).toMatchObject([
      { call: 'terminateConnection', attachmentId: 'attachment-1' },
      { call: 'terminateConnection', attachmentId: 'fresh-2' },
      { call: 'deleteVolume', volumeId: 'fresh-1' },
    ]);
    expect(world.attachment.size).toBe(0);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'available',
      attachStatus: 'detached',
      pool: THERE,
      migrationStatus: 'success',
    });
  });

  test('a connection that storage then does not let go is left, and the volume is what that says', () => {
    const { world, outcome } = migrate(
      attached,
      {},
      {
        answer: sealed,
        fails: (task) =>
          task.call === 'terminateConnection' && 'attachmentId' in task && task.attachmentId === 'fresh-2',
        meanwhile: (now, phase) => (phase === 'disconnect' ? withoutDisks(now) : now),
      },
    );
    expect(outcome).toBe('succeeded');
    expect([...world.attachment.values()]).toMatchObject([
      { id: 'fresh-2', volumeId: 'volume-1', serverId: null, attachStatus: 'attaching' },
    ]);
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'attaching', attachStatus: 'attaching' });
  });

  test('nobody else touches a connection to the new place', () => {
    const target = volumeRecord({
      id: 'volume-9',
      status: 'reserved',
      attachStatus: 'reserved',
      migrationStatus: 'target:volume-1',
    });
    const held = attachmentRecord({
      id: 'attachment-9',
      volumeId: 'volume-9',
      attachStatus: 'reserved',
      serverId: null,
      bdmId: null,
      connector: null,
      connectionInfo: null,
    });
    const world = soundWorld({ volume: [...attached.volume, target], attachment: [held] });
    const rules = (verb: AnyVerb, input: Input = {}) =>
      refusalsOfVerb(verb, ask(world, 'attachment-9', input, { actor: admin })).map(({ rule }) => rule);
    const connector = { sealed: 'sealed connector', host: 'cmp-1' };
    expect(rules(updateAttachment, { connector })).toEqual(['attachment.update.in-progress']);
    expect(rules(completeAttachment)).toEqual(['attachment.complete.in-progress']);
    expect(rules(deleteAttachment)).toContain('attachment.delete.in-progress');
  });
});

function withoutDisks(world: World): World {
  const rows = [...world.attachment].filter(([, { serverId }]) => serverId === null);
  return { ...world, attachment: new Map(rows) };
}
