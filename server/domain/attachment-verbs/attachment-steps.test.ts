/** Update, complete, delete, and the fate of a disk. */
import { describe, expect, test } from 'vitest';
import type { AttachStatus } from '../attachment';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, play } from '../engine/play-verb';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { AttachmentRecord, OperationRecord, VolumeRecord, World } from '../engine/world';
import { VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { completeAttachment } from './complete-attachment';
import { deleteAttachment } from './delete-attachment';
import { setDeleteOnTermination } from './set-delete-on-termination';
import { updateAttachment } from './update-attachment';

const connector = { sealed: 'new connector', host: 'cmp-9' };
const answers = { answer: () => 'new info' };

/** As the Block Storage API has made it, for an instance that is not known here. */
function reservation(changes: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return attachmentRecord({
    instanceId: 'elsewhere',
    attachStatus: 'reserved',
    mode: null,
    attachedHost: null,
    mountpoint: null,
    connector: null,
    connectionInfo: null,
    bdmId: null,
    serverId: null,
    device: null,
    ...changes,
  });
}

const connected = { connector: 'old connector', connectionInfo: 'old info', attachedHost: 'cmp-1' } as const;

function cloud(volume: Partial<VolumeRecord>, ...attachment: AttachmentRecord[]): World {
  return soundWorld({ volume: [volumeRecord(volume)], attachment });
}

function operation(changes: Partial<OperationRecord>): OperationRecord {
  return {
    id: 'operation-0',
    action: 'volume.attach',
    phase: 'connect',
    outcome: 'running',
    projectId: 'project-1',
    owns: null,
    subject: {},
    input: {},
    carry: {},
    reserves: {},
    reason: null,
    cause: null,
    ...changes,
  };
}

function refusals(verb: AnyVerb, world: World, input: Input = {}): string[] {
  const decision = decideVerb(verb, ask(world, 'attachment-1', input));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace(`${verb.name}.`, '')}`);
}

function statesOf(world: World) {
  const volume = world.volume.get('volume-1');
  return [world.attachment.get('attachment-1')?.attachStatus ?? 'gone', volume?.status, volume?.attachStatus];
}

const IN_ERROR = VOLUME_STATUSES.filter((status) => status.startsWith('error'));

describe('update', () => {
  test.each<[string, Record<string, string>, string | null, string]>([
    ['as the connector says', { ...connector, mountpoint: '/dev/vdq' }, '/dev/vdb', '/dev/vdq'],
    ['as it was, where the connector does not say', connector, '/dev/vdb', '/dev/vdb'],
    ['nowhere in particular', connector, null, 'na'],
  ])('the disk is %s', (_case, given, mountpoint, expected) => {
    const world = cloud({ status: 'reserved' }, reservation({ mountpoint }));
    const { world: after } = play(
      updateAttachment,
      ask(world, 'attachment-1', { connector: given }),
      answers,
    );
    expect(after.attachment.get('attachment-1')?.mountpoint).toBe(expected);
  });

  test.each(VOLUME_STATUSES)('of a volume that is %s', (status) => {
    expect(refusals(updateAttachment, cloud({ status }, reservation()), { connector })).toEqual(
      IN_ERROR.includes(status) ? ['conflict volume-in-error'] : [],
    );
  });

  test.each<[string, Partial<VolumeRecord>, AttachmentRecord[], string[]]>([
    [
      'another one is connected',
      {},
      [reservation(), reservation({ id: 'b', ...connected })],
      ['conflict other-connection'],
    ],
    [
      'it is itself connected, and not alone',
      {},
      [reservation(connected), reservation({ id: 'b' })],
      ['conflict other-connection'],
    ],
    ['it is itself connected, and alone', {}, [reservation(connected)], []],
    ['nobody is connected', {}, [reservation(), reservation({ id: 'b' })], []],
    [
      'another one, of a multiattach volume',
      { multiattach: true },
      [reservation(), reservation({ id: 'b', ...connected })],
      [],
    ],
    [
      'storage does not know it',
      {},
      [attachmentRecord({ attachStatus: null })],
      ['not_found storage-side-missing'],
    ],
  ])('%s', (_case, volume, attachments, expected) => {
    expect(refusals(updateAttachment, cloud(volume, ...attachments), { connector })).toEqual(expected);
  });

  test('waits for whoever is at work on it', () => {
    const world = cloud({ status: 'reserved' }, reservation());
    const busy = { ...world, operation: new Map([['operation-0', operation({ owns: 'attachment-1' })]]) };
    for (const verb of [updateAttachment, completeAttachment, deleteAttachment])
      expect(refusals(verb, busy, { connector })).toEqual(['conflict in-progress']);
  });

  test.each<
    [AttachmentRecord['mode'], Record<string, string>, Partial<VolumeRecord>, AttachmentRecord['mode']]
  >([
    [null, connector, {}, 'rw'],
    [null, { ...connector, mode: 'ro' }, {}, 'ro'],
    ['rw', { ...connector, mode: 'ro' }, {}, 'rw'],
    ['ro', { ...connector, mode: 'rw' }, {}, 'ro'],
    [null, { ...connector, mode: 'rw' }, { readonly: true }, 'ro'],
  ])('mode %s, connector %o, volume %o: %s', (mode, given, volume, expected) => {
    const world = cloud({ status: 'reserved', ...volume }, reservation({ mode }));
    const { world: after } = accepted(updateAttachment, ask(world, 'attachment-1', { connector: given }));
    expect(after.attachment.get('attachment-1')?.mode).toBe(expected);
  });

  test('becomes attaching, whatever the volume was', () => {
    for (const status of ['reserved', 'in-use', 'available', 'maintenance'] as const) {
      const world = cloud({ status }, reservation());
      const played = play(updateAttachment, ask(world, 'attachment-1', { connector }), answers);
      expect(statesOf(played.world)).toEqual(['attaching', 'attaching', 'attaching']);
      expect(played.world.attachment.get('attachment-1')).toMatchObject({
        connector: 'new connector',
        connectionInfo: 'new info',
        attachedHost: 'cmp-9',
      });
    }
  });

  test('does not take a status from the operation that will end it', () => {
    const world = cloud({ status: 'extending' }, reservation());
    const extending = operation({
      action: 'volume.extend',
      owns: 'volume-1',
      subject: { volumeId: 'volume-1' },
    });
    const busy = { ...world, operation: new Map([[extending.id, extending]]) };
    const played = play(updateAttachment, ask(busy, 'attachment-1', { connector }), answers);
    expect(statesOf(played.world)).toEqual(['attaching', 'extending', 'attaching']);
  });

  test('a failure leaves an attachment that was connected before as it was', () => {
    const before = reservation({ attachStatus: 'attached', mode: 'rw', ...connected });
    const world = cloud({ status: 'in-use', attachStatus: 'attached' }, before);
    const there = ask(world, 'attachment-1', { connector });
    const once = play(updateAttachment, there, { fails: (task) => task.call === 'initializeConnection' });
    expect(once.outcome).toBe('failed');
    expect(once.world.attachment.get('attachment-1')).toEqual(before);
    const twice = play(updateAttachment, there, { fails: () => true });
    expect(twice.world.attachment.get('attachment-1')).toEqual(before);
    expect(statesOf(twice.world)).toEqual(['attached', 'in-use', 'attached']);
  });

  test('the connection it had to the same host is not taken down', () => {
    const before = reservation({ attachStatus: 'attached', ...connected, attachedHost: 'cmp-9' });
    const world = cloud({ status: 'in-use', attachStatus: 'attached' }, before);
    const played = play(updateAttachment, ask(world, 'attachment-1', { connector }), {
      fails: (task) => task.call === 'initializeConnection',
    });
    expect(played.tasks.map((task) => task.call)).toEqual(['initializeConnection']);
  });
});

describe('complete', () => {
  test.each(['reserved', 'attaching', 'attached', 'error_attaching', 'error_detaching'] as const)(
    'of one that is %s, whatever the volume is',
    (attachStatus) => {
      for (const status of VOLUME_STATUSES) {
        const world = cloud({ status }, reservation({ attachStatus }));
        const { world: after } = accepted(completeAttachment, ask(world, 'attachment-1'));
        expect(statesOf(after)).toEqual(['attached', 'in-use', 'attached']);
      }
    },
  );

  test('storage has to know it', () => {
    const world = cloud({ status: 'in-use' }, attachmentRecord({ attachStatus: null }));
    expect(refusals(completeAttachment, world)).toEqual(['not_found storage-side-missing']);
  });
});

describe('delete', () => {
  const others: [string, AttachStatus[], VolumeStatus, string][] = [
    ['no other', [], 'available', 'detached'],
    ['only errors', ['error_attaching', 'error_detaching'], 'available', 'detached'],
    ['a reservation', ['reserved'], 'reserved', 'reserved'],
    ['a reservation, and one attaching', ['reserved', 'attaching'], 'attaching', 'attaching'],
    ['one attached, and one attaching', ['attaching', 'attached'], 'in-use', 'attached'],
    ['one attached, and an error', ['error_detaching', 'attached'], 'in-use', 'attached'],
  ];

  test.each(others)('leaves %s', (_case, statuses, status, attachStatus) => {
    const rest = statuses.map((each, index) =>
      reservation({ id: `other-${index}`, attachStatus: each, multiattach: true }),
    );
    for (const was of ['in-use', 'reserved', 'attaching', 'detaching', 'error', 'maintenance'] as const) {
      const world = cloud({ status: was, multiattach: true }, reservation({ multiattach: true }), ...rest);
      const { world: after } = accepted(deleteAttachment, ask(world, 'attachment-1'));
      expect(statesOf(after)).toEqual(['gone', status, attachStatus]);
    }
  });

  test('answers with the others, whatever their status', () => {
    const world = cloud(
      { multiattach: true },
      reservation(),
      reservation({ id: 'b' }),
      reservation({ id: 'c' }),
    );
    const decision = decideVerb(deleteAttachment, ask(world, 'attachment-1'));
    expect(decision).toMatchObject({ effects: { answer: { attachments: ['b', 'c'] } } });
  });

  test.each<[string, Partial<VolumeRecord>, VolumeStatus]>([
    ['a migration', { status: 'in-use', migrationStatus: 'migrating' }, 'in-use'],
    ['a migration that has ended', { status: 'in-use', migrationStatus: 'success' }, 'available'],
    ['a migration that has failed', { status: 'in-use', migrationStatus: 'error' }, 'available'],
    ['an upload', { status: 'uploading' }, 'uploading'],
  ])('leaves the status to %s', (_case, volume, status) => {
    const { world } = accepted(deleteAttachment, ask(cloud(volume, reservation()), 'attachment-1'));
    expect(statesOf(world)).toEqual(['gone', status, 'detached']);
  });

  test('asks storage only for what was exported', () => {
    const tasks = (changes: Partial<AttachmentRecord>) =>
      play(deleteAttachment, ask(cloud({}, reservation(changes)), 'attachment-1')).tasks.map(
        ({ call }) => call,
      );
    expect(tasks({ attachStatus: 'reserved', connector: 'x' })).toEqual([]);
    expect(tasks({ attachStatus: 'attached', connector: null })).toEqual([]);
    expect(tasks({ attachStatus: 'attached', ...connected })).toEqual(['terminateConnection']);
    expect(tasks({ attachStatus: 'attaching', ...connected })).toEqual(['terminateConnection']);
    expect(tasks({ attachStatus: 'error_attaching', connector: 'x' })).toEqual(['terminateConnection']);
  });

  test('nothing changes when storage refuses', () => {
    const before = reservation({ attachStatus: 'attached', ...connected });
    const world = cloud({ status: 'in-use', attachStatus: 'attached' }, before);
    const played = play(deleteAttachment, ask(world, 'attachment-1'), { fails: () => true });
    expect(played).toMatchObject({ outcome: 'failed', reason: 'storage said no' });
    expect(played.world).toEqual(world);
  });

  test('a detach that is under way keeps its status', () => {
    const mine = reservation({ multiattach: true });
    const leaving = attachmentRecord({ id: 'b', multiattach: true });
    const world = cloud({ status: 'detaching', multiattach: true }, mine, leaving);
    const detach = operation({
      action: 'volume.detach',
      owns: 'b',
      subject: { volumeId: 'volume-1', attachmentId: 'b' },
    });
    const busy = { ...world, operation: new Map([[detach.id, detach]]) };
    const { world: after } = accepted(deleteAttachment, ask(busy, 'attachment-1'));
    expect(statesOf(after)).toEqual(['gone', 'detaching', 'attached']);
  });

  test('storage has to know it', () => {
    const world = cloud({ status: 'in-use' }, attachmentRecord({ attachStatus: null }));
    expect(refusals(deleteAttachment, world)).toEqual(['not_found storage-side-missing']);
  });
});

describe('the fate of a disk', () => {
  test('changes in any state, for the root as well', () => {
    const world = cloud({ status: 'error' }, attachmentRecord({ bootIndex: 0, attachStatus: null }));
    const { world: after } = accepted(
      setDeleteOnTermination,
      ask(world, 'attachment-1', { deleteOnTermination: true }),
    );
    expect(after.attachment.get('attachment-1')).toMatchObject({ deleteOnTermination: true });
    expect(after.volume.get('volume-1')?.status).toBe('error');
  });

  test('only a disk of a server has one', () => {
    expect(refusals(setDeleteOnTermination, cloud({}, reservation()), { deleteOnTermination: true })).toEqual(
      ['not_found compute-side-missing'],
    );
  });
});
