import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { operationRecord } from '../engine/sound-operation';
import {
  ask,
  attachmentRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { VolumeRecord } from '../engine/world';
import type { Refusal } from '../refusal';
import type { Actor } from '../roles';
import { admin, member } from '../sound-facts';
import { extendVolume } from './extend-volume';
import { unmanageVolume } from './unmanage-volume';
import { setReadonly } from './volume-flags';

const extending = operationRecord({
  id: 'operation-9',
});

function firstRefusal(volume: Partial<VolumeRecord>, rows: Rows, actor: Actor): Refusal | undefined {
  const world = soundWorld({ ...rows, volume: [volumeRecord(volume)] });
  const decision = decideVerb(setReadonly, ask(world, 'volume-1', { readonly: true }, { actor }));
  return decision.allowed ? undefined : decision.refusals[0];
}

describe('the way out of a status', () => {
  test('names the actual and the required status', () => {
    expect(firstRefusal({ status: 'extending' }, { operation: [extending] }, member)).toEqual({
      rule: 'volume.set-readonly.volume-status',
      code: 'invalid',
      message: 'Volume data-1 is extending; changing whether it may be written to needs available.',
      remedy: { kind: 'advice', text: 'Wait until extending has ended, then try again.' },
    });
  });

  test('an offer is withdrawn; where none is left, the status is reset', () => {
    const transfer = { id: 'transfer-1', name: null, keyHash: 'hash', noSnapshots: false };
    expect(firstRefusal({ status: 'awaiting-transfer', transfer }, {}, member)?.remedy).toEqual({
      kind: 'action',
      action: 'volume.delete-transfer',
      label: 'Withdraw the offer of data-1',
      args: { volumeId: 'volume-1' },
    });
    expect(firstRefusal({ status: 'awaiting-transfer' }, {}, admin)?.remedy).toMatchObject({
      action: 'volume.reset-status',
      args: { status: 'available' },
    });
  });

  test('an error is reset by an administrator', () => {
    expect(firstRefusal({ status: 'error' }, {}, admin)?.remedy).toEqual({
      kind: 'action',
      action: 'volume.reset-status',
      label: 'Reset data-1 to available',
      args: { volumeId: 'volume-1', status: 'available' },
    });
    expect(firstRefusal({ status: 'error' }, {}, member)?.remedy).toEqual({
      kind: 'advice',
      text: 'An administrator can find out what happened to data-1 and then set its status to available.',
    });
  });

  test('an error of an attached volume is reset to in-use', () => {
    expect(
      firstRefusal({ status: 'error_extending' }, { attachment: [attachmentRecord()] }, admin)?.remedy,
    ).toMatchObject({ args: { status: 'in-use' } });
  });

  test('what nobody is at work on any more is reset, too', () => {
    expect(firstRefusal({ status: 'retyping' }, {}, admin)?.remedy).toMatchObject({
      action: 'volume.reset-status',
    });
  });

  test('in use: detach it from its server', () => {
    expect(
      firstRefusal(
        { status: 'in-use', attachStatus: 'attached' },
        { attachment: [attachmentRecord()] },
        member,
      )?.remedy,
    ).toEqual({
      kind: 'action',
      action: 'volume.detach',
      label: 'Detach data-1 from web-1',
      args: { volumeId: 'volume-1', serverId: 'server-1' },
    });
  });

  test('reserved without a server: delete the attachment', () => {
    const attachment = attachmentRecord({ attachStatus: 'reserved', serverId: null, bdmId: null });
    expect(firstRefusal({ status: 'reserved' }, { attachment: [attachment] }, member)?.remedy).toMatchObject({
      action: 'attachment.delete',
      args: { attachmentId: 'attachment-1' },
    });
  });

  test('what the API began without an attachment the API takes back', () => {
    expect(firstRefusal({ status: 'attaching' }, {}, member)?.remedy).toMatchObject({
      action: 'volume.unreserve',
    });
    expect(
      firstRefusal({ status: 'detaching' }, { attachment: [attachmentRecord()] }, member)?.remedy,
    ).toMatchObject({ action: 'volume.roll-detaching' });
  });
});

describe('other ways out', () => {
  function rulesAndRemedies(volume: Partial<VolumeRecord>, rows: Rows = {}) {
    const world = soundWorld({ ...rows, volume: [volumeRecord(volume)] });
    const decision = decideVerb(unmanageVolume, ask(world, 'volume-1', {}, { actor: admin }));
    return decision.allowed
      ? []
      : decision.refusals.map(({ rule, remedy }) => [
          rule.replace('volume.unmanage.', ''),
          remedy?.kind === 'action' ? remedy.action : 'advice',
        ]);
  }

  test.each<[string, Partial<VolumeRecord>, Rows, string[][]]>([
    ['a sound volume', {}, {}, []],
    ['an encrypted one', { encrypted: true }, {}, [['encrypted', 'advice']]],
    [
      'an attached one',
      { status: 'in-use', attachStatus: 'attached' },
      { attachment: [attachmentRecord()] },
      [
        ['attached', 'volume.detach'],
        ['volume-status', 'volume.detach'],
      ],
    ],
    [
      'one that says attached, without an attachment',
      { attachStatus: 'attached' },
      {},
      [['attached', 'volume.reset-status']],
    ],
    ['a migrating one', { migrationStatus: 'migrating' }, {}, [['migrating', 'volume.reset-status']]],
    ['one whose migration has failed', { migrationStatus: 'error' }, {}, []],
    ['one of a group', { groupId: 'group-1' }, {}, [['in-group', 'advice']]],
    ['one with a snapshot', {}, { snapshot: [snapshotRecord()] }, [['has-snapshots', 'snapshot.delete']]],
    [
      'everything at once, in the API’s order',
      {
        encrypted: true,
        attachStatus: 'attached',
        migrationStatus: 'starting',
        groupId: 'g',
        status: 'extending',
      },
      { snapshot: [snapshotRecord()] },
      [
        ['encrypted', 'advice'],
        ['attached', 'volume.reset-status'],
        ['migrating', 'volume.reset-status'],
        ['in-group', 'advice'],
        ['volume-status', 'volume.reset-status'],
        ['has-snapshots', 'snapshot.delete'],
      ],
    ],
    [
      'one that was never on a backend, whatever is wrong with it',
      { pool: null, status: 'error_deleting', encrypted: true },
      { snapshot: [snapshotRecord()] },
      [],
    ],
  ])('%s', (_, volume, rows, expected) => {
    expect(rulesAndRemedies(volume, rows)).toEqual(expected);
  });

  test('an operation that has lost its status is waited for', () => {
    const world = soundWorld({ operation: [extending] });
    const decision = decideVerb(extendVolume, ask(world, 'volume-1', { sizeGib: 20 }));
    expect(decision).toMatchObject({
      allowed: false,
      refusals: [
        {
          rule: 'volume.extend.in-progress',
          code: 'conflict',
          message:
            'Operation operation-9 (volume.extend) is still at work on volume data-1; extending has to wait for its end.',
        },
      ],
    });
  });
});
