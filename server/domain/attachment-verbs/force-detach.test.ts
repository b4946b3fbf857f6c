/** Marking as detached, detaching by force, and the connections of older clients. */
import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, play } from '../engine/play-verb';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { AttachmentRecord, OperationRecord, VolumeRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { admin, member } from '../sound-facts';
import { VOLUME_STATUSES } from '../volume';
import { forceDetach } from './force-detach';
import { initializeConnection, terminateConnection } from './legacy-connection';
import { markDetached } from './mark-detached';

const service: Actor = { ...admin, service: true };
const foreign = { serverId: null, bdmId: null, device: null, instanceId: 'elsewhere' } as const;
const connector = { sealed: 'sealed connector', host: 'cmp-9' };

function cloud(volume: Partial<VolumeRecord>, ...attachment: AttachmentRecord[]): World {
  return soundWorld({ volume: [volumeRecord(volume)], attachment });
}

function working(world: World, changes: Partial<OperationRecord>): World {
  const operation = operationRecord({
    action: 'volume.attach',
    phase: 'complete',
    owns: 'attachment-1',
    subject: { volumeId: 'volume-1', attachmentId: 'attachment-1', serverId: 'server-1' },
    ...changes,
  });
  return { ...world, operation: new Map([[operation.id, operation]]) };
}

function refusals(verb: AnyVerb, world: World, input: Input = {}, actor: Actor = service): string[] {
  const decision = decideVerb(verb, ask(world, 'volume-1', input, { actor }));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace(`${verb.name}.`, '')}`);
}

function statesOf(world: World, id = 'attachment-1') {
  const volume = world.volume.get('volume-1');
  return [world.attachment.get(id)?.attachStatus ?? 'gone', volume?.status, volume?.attachStatus];
}

describe.each([
  ['mark as detached', markDetached],
  ['detach by force', forceDetach],
])('%s', (_name, verb) => {
  test.each(VOLUME_STATUSES)('a volume that is %s', (status) => {
    const world = cloud({ status }, attachmentRecord(foreign));
    expect(refusals(verb, world)).toEqual(status === 'maintenance' ? ['invalid volume-status'] : []);
  });

  test('without any attachment the volume becomes available', () => {
    const { world } = accepted(verb, ask(cloud({ status: 'in-use' }), 'volume-1', {}, { actor: service }));
    expect(statesOf(world)).toEqual(['gone', 'available', 'detached']);
  });

  test.each(VOLUME_STATUSES.filter((each) => each !== 'maintenance'))(
    'without any attachment what nobody is at work on becomes available: %s',
    (status) => {
      const { world } = accepted(verb, ask(cloud({ status }), 'volume-1', {}, { actor: service }));
      expect(statesOf(world)).toEqual(['gone', 'available', 'detached']);
    },
  );

  test('without any attachment a status stays with the operation that will end it', () => {
    const world = working(cloud({ status: 'uploading' }), {
      action: 'volume.upload-to-image',
      owns: 'volume-1',
      subject: { volumeId: 'volume-1' },
    });
    const { world: after } = accepted(verb, ask(world, 'volume-1', {}, { actor: service }));
    expect(statesOf(after)).toEqual(['gone', 'uploading', 'detached']);
  });

  test('without any attachment what a volume was migrated from stays with the migration that deletes it', () => {
    const world = cloud({ status: 'deleting', migrationStatus: 'deleting' });
    const { world: after } = accepted(verb, ask(world, 'volume-1', {}, { actor: service }));
    expect(statesOf(after)).toEqual(['gone', 'deleting', 'detached']);
  });

  test('one that a service names and nobody knows: the volume is what the others say', () => {
    const world = cloud({ status: 'error' }, attachmentRecord(foreign));
    const there = ask(world, 'volume-1', { attachmentId: 'nothing' }, { actor: service });
    expect(statesOf(accepted(verb, there).world)).toEqual(['attached', 'in-use', 'attached']);
  });

  test('of several one has to be named, by services too', () => {
    const two = [attachmentRecord(foreign), attachmentRecord({ ...foreign, id: 'attachment-2' })];
    const world = cloud({ status: 'in-use' }, ...two);
    expect(refusals(verb, world)).toEqual(['invalid several-attachments']);
    const there = ask(world, 'volume-1', { attachmentId: 'attachment-1' }, { actor: service });
    expect(statesOf(play(verb, there).world)).toEqual(['gone', 'in-use', 'attached']);
  });

  test('what was exported is taken back first', () => {
    const exported = cloud({ status: 'in-use' }, attachmentRecord(foreign));
    const told = cloud({ status: 'in-use' }, attachmentRecord({ ...foreign, connector: null }));
    const tasks = (world: World) => play(verb, ask(world, 'volume-1', {}, { actor: service })).tasks;
    expect(tasks(exported)).toEqual([{ call: 'terminateConnection', attachmentId: 'attachment-1' }]);
    expect(tasks(told)).toEqual([]);
  });

  test('storage refuses: nothing changes', () => {
    const world = cloud({ status: 'in-use', attachStatus: 'attached' }, attachmentRecord(foreign));
    const played = play(verb, ask(world, 'volume-1', {}, { actor: service }), { fails: () => true });
    expect(played.outcome).toBe('failed');
    expect(played.world).toEqual(world);
  });
});

test('of several attachments, none of them named, a mark is bad input and force a conflict, for people', () => {
  const two = [attachmentRecord(), attachmentRecord({ ...foreign, id: 'attachment-2' })];
  const world = cloud({ status: 'in-use' }, ...two);
  expect(refusals(markDetached, world, {}, member)[0]).toBe('invalid several-attachments');
  expect(refusals(forceDetach, world, {}, admin)[0]).toBe('conflict used-by-compute');
});

describe('who is at work', () => {
  test('is waited for when an attachment is marked as detached', () => {
    const world = working(cloud({ status: 'attaching' }, attachmentRecord(foreign)), {});
    expect(refusals(markDetached, world)).toEqual(['conflict in-progress']);
  });

  test.each<[string, Partial<OperationRecord>]>([
    ['an attach', {}],
    ['a detach', { action: 'volume.detach', phase: 'disconnect' }],
    ['an attach that owns nothing by name', { owns: null }],
    [
      'a swap that brings it',
      {
        action: 'attachment.swap',
        owns: 'attachment-9',
        subject: { volumeId: 'volume-9' },
        carry: { to: 'attachment-1' },
      },
    ],
  ])('is relieved by force: %s', (_case, operation) => {
    const half = attachmentRecord({ attachStatus: 'attaching' });
    const world = working(cloud({ status: 'attaching', attachStatus: 'attaching' }, half), operation);
    const decision = decideVerb(forceDetach, ask(world, 'volume-1', {}, { actor: service }));
    expect(decision).toMatchObject({ allowed: true });
    const relieves = decision.allowed ? (decision.effects.relieves ?? []) : [];
    expect(relieves).toContain(operation.owns === 'attachment-9' ? 'attachment-9' : 'attachment-1');
    const freed = play(
      forceDetach,
      ask({ ...world, operation: new Map() }, 'volume-1', {}, { actor: service }),
    );
    expect(statesOf(freed.world)).toEqual(['gone', 'available', 'detached']);
  });

  test('may have had it exported already: storage is asked to take that back', () => {
    const half = attachmentRecord({ ...foreign, attachStatus: 'reserved', connectionInfo: null });
    const world = working(cloud({ status: 'reserved' }, half), { action: 'attachment.create' });
    const played = play(forceDetach, ask(world, 'volume-1', {}, { actor: admin }));
    expect(played.tasks).toEqual([{ call: 'terminateConnection', attachmentId: 'attachment-1' }]);
    expect(statesOf(played.world)).toEqual(['gone', 'available', 'detached']);
  });

  test('had nobody to follow him when storage refuses: both are in error then', () => {
    const half = attachmentRecord({ attachStatus: 'attaching' });
    const world = working(cloud({ status: 'attaching', attachStatus: 'attaching' }, half), {});
    const played = play(forceDetach, ask(world, 'volume-1', {}, { actor: service }), { fails: () => true });
    expect(statesOf(played.world)).toEqual(['error_detaching', 'error', 'detached']);
    const again = play(forceDetach, ask(played.world, 'volume-1', {}, { actor: service }));
    expect(statesOf(again.world)).toEqual(['gone', 'available', 'detached']);
  });

  test('on the volume itself is left to his work', () => {
    const world = working(cloud({ status: 'extending' }, attachmentRecord({ ...foreign, connector: null })), {
      action: 'volume.extend',
      owns: 'volume-1',
      subject: { volumeId: 'volume-1' },
    });
    const { world: after } = accepted(forceDetach, ask(world, 'volume-1', {}, { actor: service }));
    expect(statesOf(after)).toEqual(['gone', 'extending', 'detached']);
  });
});

describe('after a failed way back', () => {
  test.each(['error_attaching', 'error_detaching'] as const)(
    '%s: a service frees the volume',
    (attachStatus) => {
      const world = cloud({ status: 'error' }, attachmentRecord({ attachStatus }));
      expect(refusals(forceDetach, world, {}, admin)).toEqual(['conflict used-by-compute']);
      const played = play(forceDetach, ask(world, 'volume-1', {}, { actor: service }));
      expect(statesOf(played.world)).toEqual(['gone', 'available', 'detached']);
    },
  );

  test('an administrator frees what no server has as a disk', () => {
    const world = cloud(
      { status: 'error' },
      attachmentRecord({ ...foreign, attachStatus: 'error_attaching' }),
    );
    const played = play(forceDetach, ask(world, 'volume-1', {}, { actor: admin }));
    expect(statesOf(played.world)).toEqual(['gone', 'available', 'detached']);
  });
});

test('a force-detach is for administrators, and asks for the permissions of its steps', () => {
  expect(refusals(forceDetach, cloud({}), {}, member)[0]).toMatch(/^forbidden policy\..*force_detach$/);
  const policy = {
    'volume_extension:volume_actions:terminate_connection': [],
    'volume_extension:volume_actions:unreserve': [],
    'volume_extension:volume_actions:detach': [],
  } as const;
  expect(refusals(forceDetach, cloud({}), {}, { ...admin, policy })).toEqual([
    'forbidden policy.volume_extension:volume_actions:terminate_connection',
    'forbidden policy.volume_extension:volume_actions:unreserve',
    'forbidden policy.volume_extension:volume_actions:detach',
  ]);
});

describe('connections of older clients', () => {
  test.each(VOLUME_STATUSES)('initialize on a volume that is %s', (status) => {
    expect(refusals(initializeConnection, cloud({ status }), { connector })).toEqual(
      status === 'maintenance' ? ['invalid volume-status'] : [],
    );
  });

  test('initialize leaves it to the backend what a connector has to name', () => {
    expect(refusals(initializeConnection, cloud({}), { connector: { sealed: 'sealed connector' } })).toEqual(
      [],
    );
  });

  test('initialize changes nothing, and hands the connection over', () => {
    const world = cloud({ status: 'attaching' });
    const there = ask(world, 'volume-1', { connector });
    const played = play(initializeConnection, there, { answer: () => 'sealed info' });
    expect(played.tasks).toEqual([
      { call: 'initializeConnection', volumeId: 'volume-1', connector: 'sealed connector' },
    ]);
    expect(played.world).toEqual(world);
    const failed = play(initializeConnection, there, { fails: () => true });
    expect(failed).toMatchObject({ outcome: 'failed', reason: 'storage said no', world });
  });

  test.each(VOLUME_STATUSES)('terminate on a volume that is %s', (status) => {
    const world = cloud({ status });
    const played = play(terminateConnection, ask(world, 'volume-1', { connector }));
    expect(played.tasks).toEqual([
      { call: 'terminateConnection', volumeId: 'volume-1', connector: 'sealed connector' },
    ]);
    expect(statesOf(played.world)[1]).toBe(status === 'attaching' ? 'available' : status);
  });

  test('terminate without a connector: that of the only attachment, or none', () => {
    const tasks = (...attachments: AttachmentRecord[]) =>
      play(
        terminateConnection,
        ask(cloud({ status: 'in-use' }, ...attachments), 'volume-1', {}, { actor: service }),
      ).tasks;
    expect(tasks()).toEqual([]);
    expect(tasks(attachmentRecord(foreign))).toEqual([
      { call: 'terminateConnection', attachmentId: 'attachment-1' },
    ]);
  });

  test('terminate needs the permission to unreserve', () => {
    const policy = { 'volume_extension:volume_actions:unreserve': 'admin' } as const;
    expect(refusals(terminateConnection, cloud({}), {}, { ...member, policy })).toEqual([
      'forbidden policy.volume_extension:volume_actions:unreserve',
    ]);
  });
});
