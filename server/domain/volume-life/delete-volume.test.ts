import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, type PlayOptions, play } from '../engine/play-verb';
import { operationRecord } from '../engine/sound-operation';
import {
  ask,
  attachmentRecord,
  imageRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { VolumeRecord } from '../engine/world';
import { admin, member } from '../sound-facts';
import type { VolumeStatus } from '../volume';
import { deleteVolume, forceDeleteVolume } from './delete-volume';

/** Expected by the matrix of the API: delete, then force delete, by status. */
const MATRIX: [VolumeStatus, boolean, boolean][] = [
  ['available', true, true],
  ['reserved', false, true],
  ['attaching', false, true],
  ['error', true, true],
  ['error_restoring', true, true],
  ['error_extending', true, true],
  ['error_managing', true, true],
  ['error_deleting', false, true],
  ['error_backing-up', false, true],
  ['error_unmanaging', false, true],
  ['downloading', false, true],
  ['uploading', false, true],
  ['extending', false, true],
  ['creating', false, true],
  ['deleting', false, true],
  ['retyping', false, true],
  ['reverting', false, true],
  ['awaiting-transfer', false, true],
];

function refusals(verb: 'delete' | 'force', rows: Rows, input: Input = {}): string[] {
  const made = verb === 'delete' ? deleteVolume : forceDeleteVolume;
  const decision = decideVerb(made, ask(soundWorld(rows), 'volume-1', input, { actor: admin }));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace(/^volume\.[a-z-]+\./, ''));
}

function volume(changes: Partial<VolumeRecord>): Rows {
  return { volume: [volumeRecord(changes)] };
}

const attached = {
  volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
  attachment: [attachmentRecord()],
} satisfies Rows;

describe('what speaks against it', () => {
  test.each(MATRIX)('%s: delete %s, by force %s', (status, byRule, byForce) => {
    expect(refusals('delete', volume({ status }))).toEqual(byRule ? [] : ['volume-status']);
    expect(refusals('force', volume({ status }))).toEqual(byForce ? [] : ['volume-status']);
  });

  test.each<[string, Rows, Input, string[], string[]]>([
    ['attached', attached, {}, ['volume-status', 'attached'], ['attached']],
    ['migrating', volume({ migrationStatus: 'migrating' }), {}, ['migrating'], ['migrating']],
    ['migrated', volume({ migrationStatus: 'success' }), {}, [], []],
    [
      'the hidden target of a migration',
      volume({ migrationStatus: 'target:volume-2' }),
      {},
      ['migrating'],
      ['migrating'],
    ],
    ['in a group', volume({ groupId: 'group-1' }), {}, ['in-group'], ['in-group']],
    ['with a snapshot', { snapshot: [snapshotRecord()] }, {}, ['has-snapshots'], ['has-snapshots']],
    [
      'with a snapshot that goes along',
      { snapshot: [snapshotRecord()] },
      { cascade: true },
      [],
      ['has-snapshots'],
    ],
    [
      'with a snapshot that cannot go along',
      { snapshot: [snapshotRecord({ status: 'creating' })] },
      { cascade: true },
      ['snapshot-status'],
      ['has-snapshots'],
    ],
    [
      'a disk whose attach status was reset',
      { attachment: [attachmentRecord({ attachStatus: null })] },
      {},
      ['disk-of-server'],
      [],
    ],
  ])('%s', (_, rows, input, byRule, byForce) => {
    expect(refusals('delete', rows, input)).toEqual(byRule);
    expect(refusals('force', rows)).toEqual(byForce);
  });

  test('on no backend it goes at once, whatever its status; but not while it is attached', () => {
    const nowhere = volume({ pool: null, status: 'creating', migrationStatus: 'starting' });
    expect(refusals('delete', nowhere)).toEqual([]);
    const { world, operation } = accepted(deleteVolume, ask(soundWorld(nowhere), 'volume-1'));
    expect(operation).toBeNull();
    expect(world.volume.has('volume-1')).toBe(false);
    const held = { ...attached, volume: [{ ...attached.volume[0], pool: null } as VolumeRecord] };
    expect(refusals('delete', held)).toEqual(['attached']);
  });

  test('on no backend, but uploading all the same: its image does not stay queued for ever', () => {
    const upload = operationRecord({
      id: 'operation-0',
      action: 'volume.upload-to-image',
      phase: 'act',
      owns: 'volume-1',
      subject: { volumeId: 'volume-1' },
      carry: { imageId: 'image-9', images: ['image-9'] },
    });
    const rows = volume({ pool: null, status: 'uploading' });
    const image = [imageRecord({ id: 'image-9', status: 'queued' })];
    const { world } = accepted(
      deleteVolume,
      ask(soundWorld({ ...rows, image, operation: [upload] }), 'volume-1'),
    );
    expect(world.image.has('image-9')).toBe(false);
  });

  test('a member may not force it', () => {
    const decision = decideVerb(forceDeleteVolume, ask(soundWorld(), 'volume-1', {}, { actor: member }));
    expect(decision).toMatchObject({ allowed: false, refusals: [{ code: 'forbidden' }] });
  });

  test('the remedies are what would lift it', () => {
    const decision = decideVerb(deleteVolume, ask(soundWorld({ snapshot: [snapshotRecord()] }), 'volume-1'));
    expect(decision).toMatchObject({
      refusals: [
        {
          remedy: {
            kind: 'action',
            action: 'volume.delete',
            args: { volumeId: 'volume-1', cascade: 'true' },
          },
        },
      ],
    });
    const held = decideVerb(forceDeleteVolume, ask(soundWorld(attached), 'volume-1', {}, { actor: admin }));
    expect(held).toMatchObject({
      refusals: [
        { remedy: { action: 'volume.detach', args: { volumeId: 'volume-1', serverId: 'server-1' } } },
      ],
    });
  });
});

function remove(rows: Rows, input: Input = {}, options: PlayOptions = {}) {
  return play(deleteVolume, ask(soundWorld(rows), 'volume-1', input), options);
}

describe('what becomes of it', () => {
  test('it is deleting, then gone', () => {
    const { world, tasks, phases } = remove({});
    expect(world.volume.has('volume-1')).toBe(false);
    expect(phases).toEqual(['finish']);
    expect(tasks).toEqual([{ call: 'deleteVolume', volumeId: 'volume-1', args: { pool: 'stor-1@lvm#lvm' } }]);
  });

  test('storage fails: error_deleting, and it is still there', () => {
    const { world, outcome } = remove({}, {}, { fails: () => true });
    expect(outcome).toBe('failed');
    expect(world.volume.get('volume-1')?.status).toBe('error_deleting');
  });

  test('one that could not be taken over says so while it goes', () => {
    const { world } = accepted(
      deleteVolume,
      ask(soundWorld(volume({ status: 'error_managing' })), 'volume-1'),
    );
    expect(world.volume.get('volume-1')?.status).toBe('error_managing_deleting');
    expect(remove(volume({ status: 'error_managing' })).world.volume.has('volume-1')).toBe(false);
  });

  const two = { snapshot: [snapshotRecord(), snapshotRecord({ id: 'snapshot-2', status: 'error' })] };

  test('with its snapshots: they go first', () => {
    const { world, tasks } = remove(two, { cascade: true });
    expect(tasks.map((each) => each.call)).toEqual(['deleteSnapshot', 'deleteSnapshot', 'deleteVolume']);
    expect(world.snapshot.size).toBe(0);
    expect(world.volume.has('volume-1')).toBe(false);
  });

  test('a snapshot that storage keeps keeps the volume', () => {
    const { world, tasks } = remove(
      two,
      { cascade: true },
      { fails: (task) => task.call === 'deleteSnapshot' },
    );
    expect(tasks.map((each) => each.call)).toEqual(['deleteSnapshot']);
    expect([...world.snapshot.values()].map((each) => each.status)).toEqual([
      'error_deleting',
      'error_deleting',
    ]);
    expect(world.volume.get('volume-1')?.status).toBe('error_deleting');
  });

  test('a snapshot that somebody resets meanwhile stays, and so does the volume', () => {
    const { world, outcome } = remove(
      two,
      { cascade: true },
      {
        meanwhile: (now) => ({
          ...now,
          snapshot: new Map([...now.snapshot, ['snapshot-2', snapshotRecord({ id: 'snapshot-2' })]]),
        }),
      },
    );
    expect(outcome).toBe('failed');
    expect([...world.snapshot.keys()]).toEqual(['snapshot-2']);
    expect(world.volume.get('volume-1')?.status).toBe('error_deleting');
  });

  test('whoever resets it meanwhile keeps it', () => {
    const { world, cause } = remove(
      {},
      {},
      {
        meanwhile: (now) => ({ ...now, volume: new Map([...now.volume, ['volume-1', volumeRecord()]]) }),
      },
    );
    expect(cause).toBe('overtaken');
    expect(world.volume.get('volume-1')?.status).toBe('available');
  });

  test('what got to it meanwhile goes with it', () => {
    const late = attachmentRecord({ attachStatus: 'reserved', serverId: null, bdmId: null, connector: null });
    const { world, outcome } = remove(
      {},
      {},
      { meanwhile: (now) => ({ ...now, attachment: new Map([[late.id, late]]) }) },
    );
    expect(outcome).toBe('succeeded');
    expect(world.attachment.size).toBe(0);
    expect(world.volume.has('volume-1')).toBe(false);
  });

  test('by force a reservation goes with it, and whatever was under way is relieved', () => {
    const rows = {
      volume: [volumeRecord({ status: 'reserved', attachStatus: 'reserved' })],
      attachment: [attachmentRecord({ attachStatus: 'reserved', bdmId: null, serverId: null })],
    } satisfies Rows;
    const call = ask(soundWorld(rows), 'volume-1', {}, { actor: admin });
    const decision = decideVerb(forceDeleteVolume, call);
    expect(decision).toMatchObject({ effects: { relieves: ['volume-1', 'attachment-1'] } });
    const { world } = play(forceDeleteVolume, call);
    expect(world.attachment.size).toBe(0);
    expect(world.volume.has('volume-1')).toBe(false);
  });

  test('by force its snapshots go with it, whatever their status is', () => {
    const rows = {
      ...volume({ status: 'error_deleting' }),
      snapshot: [snapshotRecord({ status: 'creating' })],
    } satisfies Rows;
    const call = ask(soundWorld(rows), 'volume-1', { cascade: true }, { actor: admin });
    const { world, tasks } = play(forceDeleteVolume, call);
    expect(tasks.map((each) => each.call)).toEqual(['deleteSnapshot', 'deleteVolume']);
    expect(world.snapshot.size).toBe(0);
    expect(world.volume.has('volume-1')).toBe(false);
  });
});
