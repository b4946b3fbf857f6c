import { describe, expect, test } from 'vitest';
import { applyChanges } from '../engine/change';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  imageRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AnyVerb, Plan } from '../engine/verb';
import type { VolumeRecord, World } from '../engine/world';
import { admin, member } from '../sound-facts';
import { deleteVolume, forceDeleteVolume } from '../volume-life/delete-volume';
import { resetStatus } from './reset-status';
import { revertVolume } from './revert-volume';
import { uploadVolume } from './upload-volume';

/** A record that the storage side alone has. */
const foreign = attachmentRecord({
  id: 'attachment-2',
  attachStatus: 'reserved',
  instanceId: 'elsewhere',
  serverId: null,
  bdmId: null,
});
const attached: Partial<VolumeRecord> = { status: 'in-use', attachStatus: 'attached' };

function planOf(world: World, input: Input): Plan {
  const decision = decideVerb(resetStatus, ask(world, 'volume-1', input, { actor: admin }));
  if (!decision.allowed) throw new Error(decision.refusals.map((each) => each.rule).join(', '));
  return decision.effects;
}

/** The volume's three statuses afterwards, and its live attachments. */
function written(input: Input, volume: Partial<VolumeRecord>, rows: Rows = {}) {
  const world = soundWorld({ ...rows, volume: [volumeRecord(volume)] });
  const now = applyChanges(world, planOf(world, input).changes);
  const { status, attachStatus, migrationStatus } = now.volume.get('volume-1') ?? volumeRecord();
  return [status, attachStatus, migrationStatus, now.attachment.size];
}

describe('what a reset writes', () => {
  test.each<[string, Input, Partial<VolumeRecord>, Rows, unknown[]]>([
    ['a status', { status: 'error' }, {}, {}, ['error', 'detached', null, 0]],
    ['an attach status', { attachStatus: 'attached' }, {}, {}, ['available', 'attached', null, 0]],
    ['a migration status', { migrationStatus: 'error' }, {}, {}, ['available', 'detached', 'error', 0]],
    [
      'no migration',
      { migrationStatus: 'none' },
      { migrationStatus: 'migrating' },
      {},
      ['available', 'detached', null, 0],
    ],
    [
      'a status alone leaves attachments where they are',
      { status: 'available' },
      attached,
      { attachment: [attachmentRecord()] },
      ['available', 'attached', null, 1],
    ],
    [
      'detached forgets every attachment of storage',
      { attachStatus: 'detached' },
      { status: 'reserved' },
      { attachment: [foreign] },
      ['available', 'detached', null, 0],
    ],
    [
      'what has no attachment keeps its status',
      { attachStatus: 'detached' },
      { status: 'error' },
      {},
      ['error', 'detached', null, 0],
    ],
    [
      'with an attachment it ends available, whatever else was asked for',
      { status: 'error', attachStatus: 'detached' },
      { status: 'in-use' },
      { attachment: [foreign] },
      ['available', 'detached', null, 0],
    ],
    [
      'but not while it migrates',
      { status: 'error', attachStatus: 'detached', migrationStatus: 'migrating' },
      { status: 'in-use' },
      { attachment: [foreign] },
      ['error', 'detached', 'migrating', 0],
    ],
    [
      'nor while it is uploading',
      { attachStatus: 'detached' },
      { status: 'uploading' },
      { attachment: [foreign] },
      ['uploading', 'detached', null, 0],
    ],
  ])('%s', (_, input, volume, rows, expected) => {
    expect(written(input, volume, rows)).toEqual(expected);
  });

  test('a disk that a server has stays the server’s: only storage forgets it', () => {
    const world = soundWorld({ volume: [volumeRecord(attached)], attachment: [attachmentRecord(), foreign] });
    const now = applyChanges(world, planOf(world, { attachStatus: 'detached' }).changes);
    expect([...now.attachment.values()]).toEqual([
      attachmentRecord({
        attachStatus: null,
        connector: null,
        connectionInfo: null,
        attachedHost: null,
        mountpoint: null,
      }),
    ]);
    expect(now.volume.get('volume-1')).toMatchObject({ status: 'available', attachStatus: 'detached' });
  });
});

describe('what a reset refuses', () => {
  function refusals(input: Input, rows: Rows = {}, actor = admin): string[] {
    const decision = decideVerb(resetStatus, ask(soundWorld(rows), 'volume-1', input, { actor }));
    return decision.allowed
      ? []
      : decision.refusals.map((each) => each.rule.replace('volume.reset-status.', ''));
  }

  test.each<[string, Input, Rows, string[]]>([
    ['nothing at all', {}, {}, ['nothing-to-set']],
    ['in-use without an attachment', { status: 'in-use' }, {}, ['no-attachment']],
    ['in-use with an attachment of any status', { status: 'in-use' }, { attachment: [foreign] }, []],
  ])('%s', (_, input, rows, expected) => {
    expect(refusals(input, rows)).toEqual(expected);
  });

  test('a member resets nothing', () => {
    expect(refusals({ status: 'available' }, {}, member)).toEqual([
      'policy.volume_extension:volume_admin_actions:reset_status',
    ]);
  });

  test('deleting is not among the choices, the other statuses of the API are', () => {
    const { status } = resetStatus.fields;
    if (status?.kind !== 'choice') throw new Error('status is a choice');
    expect([...status.options].sort()).toEqual(
      [
        'creating available error error_deleting error_managing managing attaching in-use detaching maintenance',
        'restoring-backup error_restoring reserved awaiting-transfer backing-up error_backing-up error_extending',
        'downloading uploading retyping extending',
      ]
        .join(' ')
        .split(' ')
        .sort(),
    );
  });
});

describe('whoever was at work is relieved', () => {
  function relieved(world: World, input: Input) {
    return planOf(world, input).relieves;
  }

  test('of the volume, when its status moves', () => {
    const world = soundWorld({ volume: [volumeRecord({ status: 'extending' })] });
    expect(relieved(world, { status: 'available' })).toEqual(['volume-1']);
    expect(relieved(world, { status: 'extending' })).toEqual([]);
    expect(relieved(world, { migrationStatus: 'error' })).toEqual(['volume-1']);
  });

  test('of each attachment that is forgotten', () => {
    const world = soundWorld({ volume: [volumeRecord(attached)], attachment: [attachmentRecord(), foreign] });
    expect(relieved(world, { attachStatus: 'detached' })).toEqual([
      'volume-1',
      'attachment-1',
      'attachment-2',
    ]);
  });

  function underWay(verb: AnyVerb, input: Input, rows: Rows = {}): World {
    return accepted(verb, ask(soundWorld(rows), 'volume-1', input)).world;
  }

  test('the snapshot of a revert that does not go on is available again', () => {
    const world = underWay(revertVolume, { snapshotId: 'snapshot-1' }, { snapshot: [snapshotRecord()] });
    expect(world.snapshot.get('snapshot-1')?.status).toBe('restoring');
    const now = applyChanges(world, planOf(world, { status: 'error' }).changes);
    expect(now.snapshot.get('snapshot-1')?.status).toBe('available');
  });

  test('the image of an upload that does not go on is removed, any other stays', () => {
    const world = underWay(uploadVolume, { imageName: 'golden' }, { image: [imageRecord()] });
    expect([...world.image.keys()]).toEqual(['image-1', 'fresh-1']);
    const now = applyChanges(world, planOf(world, { status: 'available' }).changes);
    expect([...now.image.keys()]).toEqual(['image-1']);
  });

  test('deleting by force takes the image away as well', () => {
    const world = underWay(uploadVolume, { imageName: 'golden' });
    const decision = decideVerb(forceDeleteVolume, ask(world, 'volume-1', {}, { actor: admin }));
    if (!decision.allowed) throw new Error(decision.refusals.map((each) => each.rule).join(', '));
    expect([...applyChanges(world, decision.effects.changes).image.keys()]).toEqual(['image-1']);
  });
});

test('the hidden volume of a migration that does not go on comes to light, to be deleted', () => {
  const world = soundWorld({
    volume: [
      volumeRecord({ migrationStatus: 'migrating' }),
      volumeRecord({ id: 'volume-9', status: 'attaching', migrationStatus: 'target:volume-1' }),
    ],
    attachment: [
      attachmentRecord({ id: 'asked-for', volumeId: 'volume-9', attachStatus: 'reserved', connector: null }),
      attachmentRecord({ id: 'given', volumeId: 'volume-9', attachStatus: 'attaching' }),
    ],
    operation: [
      {
        id: 'operation-9',
        action: 'volume.migrate',
        phase: 'copy',
        outcome: 'running',
        projectId: 'project-1',
        owns: 'volume-1',
        subject: { volumeId: 'volume-1' },
        input: {},
        carry: { volumes: ['volume-9'] },
        reserves: {},
        reason: null,
        cause: null,
      },
    ],
  });
  const now = applyChanges(world, planOf(world, { migrationStatus: 'none' }).changes);
  expect(now.volume.get('volume-9')).toMatchObject({ status: 'error', migrationStatus: 'error' });
  // A host may have this one: it stays until storage has taken it back.
  expect(now.attachment.get('given')?.attachStatus).toBe('error_detaching');
  expect(now.attachment.has('asked-for')).toBe(false);
});

test('a reset starts with the status that the attachments imply', () => {
  const world = soundWorld({ volume: [volumeRecord({ status: 'error' })], attachment: [attachmentRecord()] });
  expect(resetStatus.initial?.(ask(world, 'volume-1'))).toEqual({ status: 'in-use' });
});

test('the snapshots that were to go with a volume are not left deleting', () => {
  const rows = { snapshot: [snapshotRecord()] };
  const begun = accepted(deleteVolume, ask(soundWorld(rows), 'volume-1', { cascade: true }));
  expect(begun.world.snapshot.get('snapshot-1')?.status).toBe('deleting');
  const now = applyChanges(begun.world, planOf(begun.world, { status: 'available' }).changes);
  expect(now.snapshot.get('snapshot-1')?.status).toBe('error_deleting');
});
