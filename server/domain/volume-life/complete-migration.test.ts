import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, play } from '../engine/play-verb';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AttachmentRecord } from '../engine/world';
import { admin } from '../sound-facts';
import type { MigrationStatus } from '../volume';
import { completeMigration } from './complete-migration';

const hidden = volumeRecord({
  id: 'volume-9',
  pool: 'stor-2@lvm#lvm',
  migrationStatus: 'target:volume-1',
  consumesQuota: false,
});
const moving = {
  volume: [
    volumeRecord({ migrationStatus: 'migrating', status: 'maintenance', previousStatus: 'available' }),
    hidden,
  ],
} satisfies Rows;

const foreign: Partial<AttachmentRecord> = {
  serverId: null,
  bdmId: null,
  device: null,
  instanceId: 'elsewhere',
};

function asked(rows: Rows, input: Input = {}) {
  return ask(soundWorld(rows), 'volume-1', { newVolumeId: 'volume-9', ...input }, { actor: admin });
}

function refusals(rows: Rows, input: Input = {}): string[] {
  const decision = decideVerb(completeMigration, asked(rows, input));
  return decision.allowed
    ? []
    : decision.refusals.map((each) => each.rule.replace('volume.complete-migration.', ''));
}

describe('what speaks against it', () => {
  test.each<[string, MigrationStatus | null, MigrationStatus | null, string[]]>([
    ['both belong together', 'migrating', 'target:volume-1', []],
    ['just started', 'starting', 'target:volume-1', []],
    ['neither migrates', null, null, []],
    ['the volume does not migrate', null, 'target:volume-1', ['not-migrating']],
    ['the migration has failed', 'error', 'target:volume-1', ['not-migrating']],
    ['the new one does not migrate', 'migrating', null, ['new-volume-not-migrating']],
    ['the new one is the target of another', 'migrating', 'target:volume-2', ['another-target']],
    ['the new one migrates itself', 'migrating', 'migrating', ['another-target']],
    ['both have ended', 'success', 'success', ['not-migrating', 'new-volume-not-migrating']],
  ])('%s', (_, migrationStatus, targetStatus, expected) => {
    const volume = [volumeRecord({ migrationStatus }), { ...hidden, migrationStatus: targetStatus }];
    expect(refusals({ volume })).toEqual(expected);
  });

  test('no such new volume', () => {
    expect(refusals({})).toEqual(['new-volume-not-found']);
  });

  test('a disk of a server is not taken away without the compute side', () => {
    const volume = [
      volumeRecord({ status: 'in-use', attachStatus: 'attached' }),
      { ...hidden, migrationStatus: null },
    ];
    expect(refusals({ volume, attachment: [attachmentRecord()] })).toEqual(['used-by-compute']);
    const service = {
      ...asked({ volume, attachment: [attachmentRecord()] }),
      actor: { ...admin, service: true },
    };
    expect(decideVerb(completeMigration, service).allowed).toBe(true);
  });
});

describe('a shared new volume', () => {
  const shared = { ...hidden, migrationStatus: null, multiattach: true };
  const volume = [volumeRecord({ status: 'in-use', attachStatus: 'attached' }), shared];
  const here = attachmentRecord(foreign);

  test.each([
    ['elsewhere', ['new-volume-attached']],
    ['another instance', []],
  ])('of which %s has an attachment', (instanceId, expected) => {
    const there = attachmentRecord({ ...foreign, id: 'attachment-2', volumeId: 'volume-9', instanceId });
    expect(refusals({ volume, attachment: [here, there] })).toEqual(expected);
  });
});

describe('what becomes of it', () => {
  test('the volume gets the new place, and is what it was; the hidden one goes', () => {
    const { world, tasks, outcome } = play(completeMigration, asked(moving));
    expect(outcome).toBe('succeeded');
    expect(tasks).toEqual([{ call: 'deleteVolume', volumeId: 'volume-9', args: { pool: 'stor-1@lvm#lvm' } }]);
    expect(world.volume.get('volume-1')).toEqual(
      volumeRecord({ migrationStatus: 'success', pool: 'stor-2@lvm#lvm' }),
    );
    expect(world.volume.has('volume-9')).toBe(false);
  });

  test('who was at work on it is relieved, and the volume keeps its id', () => {
    expect(decideVerb(completeMigration, asked(moving))).toMatchObject({
      effects: { relieves: ['volume-1'], answer: { volumeId: 'volume-1' } },
    });
  });

  test('attachments of the hidden one become the volume’s', () => {
    const attachment = [attachmentRecord({ ...foreign, volumeId: 'volume-9' })];
    const { world } = play(completeMigration, asked({ ...moving, attachment }));
    expect(world.attachment.get('attachment-1')?.volumeId).toBe('volume-1');
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
  });

  test('it has failed: the hidden one goes, the volume stays', () => {
    const { world, outcome } = play(completeMigration, asked(moving, { error: true }));
    expect(outcome).toBe('succeeded');
    expect(world.volume.get('volume-1')).toEqual(volumeRecord({ migrationStatus: 'error' }));
    expect(world.volume.has('volume-9')).toBe(false);
  });

  test('neither migrates: attachments change hands, and nothing else happens', () => {
    const volume = [
      volumeRecord({ status: 'in-use', attachStatus: 'attached' }),
      { ...hidden, migrationStatus: null },
    ];
    const attachment = [attachmentRecord({ ...foreign, mode: 'ro' })];
    const { world, operation } = accepted(completeMigration, asked({ volume, attachment }));
    expect(operation).toBeNull();
    expect(world.attachment.get('attachment-1')).toMatchObject({ volumeId: 'volume-9', mode: 'rw' });
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'available', attachStatus: 'detached' });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
  });
});
