/** Complete, delete, and the fate of a disk. */
import { describe, expect, test } from 'vitest';
import type { AttachStatus } from '../attachment';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import { ask, attachmentRecord } from '../engine/sound-world';
import type { AttachmentRecord, VolumeRecord } from '../engine/world';
import { VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { completeAttachment } from './complete-attachment';
import { deleteAttachment } from './delete-attachment';
import { cloud, connected, operation, refusals, reservation, statesOf } from './reservation-scene';
import { setDeleteOnTermination } from './set-delete-on-termination';

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

  test('asks storage only where there is a connector it may have been given', () => {
    const tasks = (changes: Partial<AttachmentRecord>) =>
      play(deleteAttachment, ask(cloud({}, reservation(changes)), 'attachment-1')).tasks.map(
        ({ call }) => call,
      );
    expect(tasks({ attachStatus: 'reserved', connector: null })).toEqual([]);
    expect(tasks({ attachStatus: 'attached', connector: null })).toEqual([]);
    // Its server went before it was connected, and storage would not let go then.
    expect(tasks({ attachStatus: 'reserved', connector: 'x' })).toEqual(['terminateConnection']);
    const onItsWay = { attachStatus: 'reserved', connector: 'x', serverId: 'server-1', bdmId: 'b' } as const;
    expect(tasks(onItsWay)).toEqual(['terminateConnection']);
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
