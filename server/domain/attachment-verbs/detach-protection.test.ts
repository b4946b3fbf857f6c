import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { ask, attachmentRecord, serverRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { AttachmentRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { admin, member } from '../sound-facts';
import { deleteAttachment } from './delete-attachment';
import { protectedBecause } from './detach-protection';
import { forceDetach } from './force-detach';
import { terminateConnection } from './legacy-connection';
import { markDetached } from './mark-detached';

const service: Actor = { ...member, service: true };
const inUse = volumeRecord({ status: 'in-use', attachStatus: 'attached' });

/** data-1, attached to web-1, unless told otherwise. */
function cloud(attachments: AttachmentRecord[] = [attachmentRecord()], more = {}): World {
  return soundWorld({ volume: [inUse], attachment: attachments, ...more });
}

const foreign = attachmentRecord({ serverId: null, bdmId: null, device: null, instanceId: 'elsewhere' });

describe('what the compute side holds', () => {
  test.each<[string, World, Actor, { attachmentId: string | null; volumeId: string | null }, string]>([
    ['a disk of a server', cloud(), member, { attachmentId: 'attachment-1', volumeId: null }, 'refused'],
    [
      'asked by an administrator',
      cloud(),
      admin,
      { attachmentId: 'attachment-1', volumeId: null },
      'refused',
    ],
    [
      'asked by a service that acts for an administrator',
      cloud(),
      { ...admin, service: true },
      { attachmentId: 'attachment-1', volumeId: null },
      'allowed',
    ],
    ['asked by a service', cloud(), service, { attachmentId: 'attachment-1', volumeId: null }, 'allowed'],
    ['the only one, unnamed', cloud(), member, { attachmentId: null, volumeId: 'volume-1' }, 'refused'],
    ['none', cloud([]), member, { attachmentId: null, volumeId: 'volume-1' }, 'allowed'],
    [
      'several, unnamed, although none is a disk',
      cloud([foreign, { ...foreign, id: 'attachment-2' }]),
      member,
      { attachmentId: null, volumeId: 'volume-1' },
      'refused',
    ],
    ['one that is not there', cloud(), member, { attachmentId: 'nothing', volumeId: 'volume-1' }, 'refused'],
    [
      'one that only the compute side has',
      cloud([attachmentRecord({ attachStatus: null, connector: null, connectionInfo: null })]),
      admin,
      { attachmentId: 'attachment-1', volumeId: 'volume-1' },
      'refused',
    ],
    [
      'one of another volume',
      cloud(),
      member,
      { attachmentId: 'attachment-1', volumeId: 'volume-2' },
      'invalid',
    ],
    [
      'of nobody in particular',
      cloud([{ ...foreign, instanceId: null }]),
      member,
      { attachmentId: 'attachment-1', volumeId: 'volume-1' },
      'allowed',
    ],
    [
      'of a server, but exported to nobody',
      cloud([attachmentRecord({ connectionInfo: null })]),
      member,
      { attachmentId: 'attachment-1', volumeId: 'volume-1' },
      'allowed',
    ],
    [
      'of a server that is not known here',
      cloud([foreign]),
      member,
      { attachmentId: 'attachment-1', volumeId: 'volume-1' },
      'allowed',
    ],
    [
      'of a server that has no such disk',
      cloud([{ ...foreign, instanceId: 'server-1' }]),
      member,
      { attachmentId: 'attachment-1', volumeId: 'volume-1' },
      'allowed',
    ],
    [
      'of a server that has the disk through another attachment',
      cloud([{ ...foreign, instanceId: 'server-1' }, attachmentRecord({ id: 'attachment-2' })]),
      member,
      { attachmentId: 'attachment-1', volumeId: 'volume-1' },
      'allowed',
    ],
  ])('%s', (_case, world, actor, taken, answer) => {
    const objection = protectedBecause({ actor, world }, taken);
    expect(objection === null ? 'allowed' : (objection.code ?? 'refused')).toBe(answer);
  });

  test('whoever may not look at the servers of the project is refused for that', () => {
    const policy = { 'os_compute_api:os-volumes-attachments:show': 'admin' } as const;
    const objection = protectedBecause(
      { actor: { ...member, policy }, world: cloud() },
      { attachmentId: 'attachment-1', volumeId: null },
    );
    expect(objection).toMatchObject({ code: 'forbidden' });
  });

  test('names the server and the way out', () => {
    const objection = protectedBecause(
      { actor: member, world: cloud() },
      { attachmentId: 'attachment-1', volumeId: null },
    );
    expect(objection).toEqual({
      message:
        'Server web-1 has volume data-1 as a disk through attachment attachment-1; only the compute side may take it away.',
      remedy: {
        kind: 'action',
        action: 'volume.detach',
        label: 'Detach data-1 from web-1',
        args: { volumeId: 'volume-1', serverId: 'server-1' },
      },
    });
  });

  test('after a failed way back the volume has to be set in use first', () => {
    const world = soundWorld({
      volume: [volumeRecord({ status: 'error' })],
      attachment: [attachmentRecord({ attachStatus: 'error_detaching' })],
    });
    const objection = protectedBecause(
      { actor: admin, world },
      { attachmentId: 'attachment-1', volumeId: null },
    );
    expect(objection?.remedy).toMatchObject({ kind: 'action', action: 'volume.reset-status' });
  });
});

describe('the verbs it covers', () => {
  const rows: [AnyVerb, string, Input, string][] = [
    [deleteAttachment, 'attachment-1', {}, 'attachment.delete.used-by-compute'],
    [markDetached, 'volume-1', {}, 'volume.mark-detached.used-by-compute'],
    [markDetached, 'volume-1', { attachmentId: 'attachment-1' }, 'volume.mark-detached.used-by-compute'],
    [terminateConnection, 'volume-1', {}, 'volume.terminate-connection.used-by-compute'],
    [forceDetach, 'volume-1', {}, 'volume.force-detach.used-by-compute'],
  ];

  test.each(rows)('%o of %s', (verb, id, input, rule) => {
    const asAdmin = decideVerb(verb, ask(cloud(), id, input, { actor: admin }));
    expect(asAdmin).toMatchObject({ allowed: false, refusals: [{ rule, code: 'conflict' }] });
    const asService = decideVerb(verb, ask(cloud(), id, input, { actor: { ...admin, service: true } }));
    expect(asService).toMatchObject({ allowed: true });
  });

  test('a force-detach asks twice: once for whatever there is, once for what was named', () => {
    const world = cloud();
    const input = { attachmentId: 'attachment-1' };
    const decision = decideVerb(forceDetach, ask(world, 'volume-1', input, { actor: admin }));
    expect(decision.allowed ? [] : decision.refusals.map((each) => each.rule)).toEqual([
      'volume.force-detach.used-by-compute',
      'volume.force-detach.attachment-used-by-compute',
    ]);
  });

  test('a multiattach volume in use by two servers: naming one does not help a user', () => {
    const shared = { volumeId: 'volume-2', multiattach: true, serverId: null, bdmId: null, device: null };
    const world = soundWorld({
      volume: [
        volumeRecord({ id: 'volume-2', multiattach: true, status: 'in-use', attachStatus: 'attached' }),
      ],
      server: [serverRecord()],
      attachment: [
        attachmentRecord({ ...shared, instanceId: 'x' }),
        attachmentRecord({ ...shared, id: 'attachment-2', instanceId: 'y' }),
      ],
    });
    const input = { attachmentId: 'attachment-1' };
    expect(decideVerb(forceDetach, ask(world, 'volume-2', input, { actor: admin }))).toMatchObject({
      allowed: false,
      refusals: [{ rule: 'volume.force-detach.used-by-compute' }],
    });
    expect(decideVerb(markDetached, ask(world, 'volume-2', input))).toMatchObject({ allowed: true });
  });
});
