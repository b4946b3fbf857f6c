/** An attachment is connected, or connected elsewhere. */
import { describe, expect, test } from 'vitest';
import { accepted, play } from '../engine/play-verb';
import { ask, attachmentRecord } from '../engine/sound-world';
import type { AttachmentRecord, VolumeRecord } from '../engine/world';
import { VOLUME_STATUSES } from '../volume';
import { completeAttachment } from './complete-attachment';
import { deleteAttachment } from './delete-attachment';
import { cloud, connected, operation, refusals, reservation, statesOf } from './reservation-scene';
import { updateAttachment } from './update-attachment';

const connector = { sealed: 'new connector', host: 'cmp-9' };
const answers = { answer: () => 'new info' };

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

  test('waits for its server, which is on its way to a host with it', () => {
    const world = cloud(
      { status: 'reserved' },
      attachmentRecord({ attachStatus: 'reserved', connectionInfo: null }),
    );
    const unshelving = operation({
      action: 'server.unshelve',
      owns: 'server-1',
      subject: { serverId: 'server-1' },
      carry: { attachments: ['attachment-1'] },
    });
    const busy = { ...world, operation: new Map([[unshelving.id, unshelving]]) };
    expect(refusals(updateAttachment, busy, { connector })).toEqual(['conflict server-in-progress']);
    const other = { ...unshelving, carry: { attachments: ['attachment-2'] } };
    const free = { ...world, operation: new Map([[other.id, other]]) };
    expect(refusals(updateAttachment, free, { connector })).toEqual([]);
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
