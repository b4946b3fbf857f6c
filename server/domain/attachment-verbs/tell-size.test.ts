/**
 * A host is asked to show its guest the size of a disk: when, with what, and what becomes of it.
 */
import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { operationRecord } from '../engine/sound-operation';
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { Work } from '../engine/verb';
import type { OperationRecord, World } from '../engine/world';
import { admin, host, member } from '../sound-facts';
import { tellSize } from './tell-size';

const inUse = volumeRecord({ status: 'in-use', attachStatus: 'attached', sizeGib: 12 });

function cloud(rows: Rows = {}): World {
  return soundWorld({ volume: [inUse], attachment: [attachmentRecord()], ...rows });
}

function refusals(world: World, actor = admin): string[] {
  const decision = decideVerb(tellSize, ask(world, 'attachment-1', {}, { actor }));
  return decision.allowed ? [] : decision.refusals.map(({ code, rule }) => `${code} ${rule}`);
}

const busy = operationRecord({
  id: 'operation-9',
  action: 'volume.detach',
  phase: 'disconnect',
  owns: 'attachment-1',
  subject: { serverId: 'server-1', volumeId: 'volume-1', attachmentId: 'attachment-1' },
});

describe('it is asked for', () => {
  test('by administrators and services', () => {
    expect(refusals(cloud())).toEqual([]);
    expect(refusals(cloud(), { ...member, service: true })).toEqual([]);
    expect(refusals(cloud(), member)).toEqual([
      'forbidden policy.os_compute_api:os-server-external-events:create',
    ]);
  });

  test('whatever the server is, and whoever has locked it', () => {
    const server = serverRecord({ vmState: 'error', taskState: 'deleting', lockedBy: 'admin' });
    expect(refusals(cloud({ server: [server] }))).toEqual([]);
  });

  test.each<[string, Rows, string]>([
    [
      'an attachment that is no disk',
      disk({ serverId: null, bdmId: null, device: null }),
      'not_found compute-side-missing',
    ],
    [
      'a disk that is not connected yet',
      disk({ attachStatus: 'reserved', connectionInfo: null }),
      'conflict not-connected',
    ],
    ['a disk attached away from any host', disk({ connectionInfo: null }), 'conflict not-connected'],
    ['a server on no host', { server: [serverRecord({ host: null })] }, 'conflict no-host'],
    ['a server whose host is down', { host: [host({ up: false })] }, 'conflict host-down'],
    ['a disk that is being detached', { operation: [busy] }, 'conflict in-progress'],
  ])('not of %s', (_, rows, expected) => {
    const [code, id] = expected.split(' ');
    expect(refusals(cloud(rows))).toEqual([`${code} attachment.tell-size.${id}`]);
  });
});

function disk(changes: Parameters<typeof attachmentRecord>[0]): Rows {
  return { attachment: [attachmentRecord(changes)] };
}

function workOn(world: World, sizeGib = 12): Work {
  const operation: OperationRecord = {
    ...busy,
    action: 'attachment.tell-size',
    phase: 'tell',
    carry: { sizeGib },
  };
  return { world, operation, settings: ask(world, 'attachment-1').settings, fresh: () => 'fresh' };
}

const { tell } = tellSize.phases ?? {};

describe('the host', () => {
  test('is asked with the size that the volume has', () => {
    const decision = decideVerb(tellSize, ask(cloud(), 'attachment-1', {}, { actor: admin }));
    expect(decision).toMatchObject({
      allowed: true,
      effects: { changes: [], job: { phase: 'tell', owns: 'attachment-1', carry: { sizeGib: 12 } } },
    });
    expect(tell?.tasks(workOn(cloud()))).toEqual([
      {
        call: 'extendDevice',
        serverId: 'server-1',
        volumeId: 'volume-1',
        args: { attachmentId: 'attachment-1', sizeGib: 12 },
      },
    ]);
    expect(tell?.done(workOn(cloud()), [])).toEqual({
      changes: [],
      message: 'web-1 sees data-1 with 12 GiB',
      outcome: 'succeeded',
    });
  });

  test.each([
    ['shut down', 4, 0],
    ['suspended', 7, 0],
    ['paused', 3, 1],
  ] as const)('of a guest that is %s', (_, powerState, calls) => {
    const world = cloud({ server: [serverRecord({ powerState })] });
    expect(tell?.tasks(workOn(world))).toHaveLength(calls);
    expect(tell?.done(workOn(world), [])).toMatchObject({ outcome: 'succeeded' });
  });

  test('is asked once more when the volume has grown meanwhile', () => {
    expect(tell?.done(workOn(cloud(), 11), [])).toMatchObject({
      outcome: 'running',
      next: 'tell',
      carry: { sizeGib: 12 },
    });
  });

  test('has nothing to do when the disk has gone meanwhile', () => {
    const world = cloud({ attachment: [] });
    expect(tell?.tasks(workOn(world))).toEqual([]);
    expect(tell?.done(workOn(world), [])).toMatchObject({ outcome: 'succeeded', changes: [] });
  });

  test('may fail, which changes nothing', () => {
    expect(tell?.failed(workOn(cloud()), 'the guest does not answer.')).toEqual({
      changes: [],
      message: 'The guest does not know the new size of data-1',
      outcome: 'failed',
      reason: 'data-1 has its size, but its server could not be told: the guest does not answer.',
      cause: 'fault',
    });
  });
});
