/**
 * Detach: what the state of the volume has to say.
 */
import { describe, expect, it } from 'vitest';
import { detachRefusals } from './detach-volume';
import { detachFacts, offloadedServer, volume } from './sound-facts';
import type { MigrationStatus, VolumeAttachStatus, VolumeFacts, VolumeStatus } from './volume';

function rules(facts: Parameters<typeof detachRefusals>[0]): string[] {
  return detachRefusals(facts).map(({ rule }) => rule);
}

function inUse(changes: Partial<VolumeFacts> = {}): VolumeFacts {
  return volume({ status: 'in-use', attachStatus: 'attached', ...changes });
}

const wrongStatus = 'volume.detach.volume-status';
const migrating = 'volume.detach.migrating';

/** Only `in-use` may be detached; every other status is refused. */
const STATUSES: Record<VolumeStatus, string[]> = {
  'in-use': [],
  creating: [wrongStatus],
  available: [wrongStatus],
  reserved: [wrongStatus],
  attaching: [wrongStatus],
  detaching: [wrongStatus],
  maintenance: [wrongStatus],
  deleting: [wrongStatus],
  error: [wrongStatus],
  error_deleting: [wrongStatus],
  error_extending: [wrongStatus],
  error_restoring: [wrongStatus],
  'error_backing-up': [wrongStatus],
  error_managing: [wrongStatus],
  managing: [wrongStatus],
  'restoring-backup': [wrongStatus],
  'backing-up': [wrongStatus],
  'awaiting-transfer': [wrongStatus],
  downloading: [wrongStatus],
  uploading: [wrongStatus],
  retyping: [wrongStatus],
  extending: [wrongStatus],
  reverting: [wrongStatus],
  unmanaging: [wrongStatus],
  error_unmanaging: [wrongStatus],
  error_managing_deleting: [wrongStatus],
  deleted: [wrongStatus],
};

const ATTACH_STATUSES: Record<VolumeAttachStatus, string[]> = {
  attached: [],
  detached: [wrongStatus],
  reserved: [wrongStatus],
  attaching: [wrongStatus],
};

const MIGRATIONS: [MigrationStatus | null, string[]][] = [
  [null, []],
  ['success', []],
  ['error', []],
  ['deleting', []],
  ['starting', [migrating]],
  ['migrating', [migrating]],
  ['completing', [migrating]],
  ['target:volume-9', [migrating]],
];

describe('detach and the state of the volume', () => {
  it.each(Object.entries(STATUSES))('%s', (status, refused) => {
    expect(rules(detachFacts({ volume: inUse({ status: status as VolumeStatus }) }))).toEqual(refused);
  });

  it.each(Object.entries(ATTACH_STATUSES))('in-use but %s', (attachStatus, refused) => {
    const state = { attachStatus: attachStatus as VolumeAttachStatus };
    expect(rules(detachFacts({ volume: inUse(state) }))).toEqual(refused);
  });

  it.each(MIGRATIONS)('migration: %s', (migrationStatus, refused) => {
    expect(rules(detachFacts({ volume: inUse({ migrationStatus }) }))).toEqual(refused);
  });

  it('of an offloaded server the volume may be merely reserved', () => {
    const facts = detachFacts({ server: offloadedServer(), host: null });
    for (const status of ['reserved', 'available', 'error'] as const) {
      expect(rules({ ...facts, volume: volume({ status }) })).toEqual([]);
    }
  });
});
