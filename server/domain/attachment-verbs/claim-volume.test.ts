import { describe, expect, test } from 'vitest';
import type { AttachStatus } from '../attachment';
import { decideVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { VolumeRecord, World } from '../engine/world';
import { type MigrationStatus, VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { beginDetaching, reserveVolume, rollDetaching, unreserveVolume } from './claim-volume';

function cloud(volume: Partial<VolumeRecord>, ...statuses: AttachStatus[]): World {
  return soundWorld({
    volume: [volumeRecord(volume)],
    attachment: statuses.map((attachStatus, index) =>
      attachmentRecord({
        id: `attachment-${index}`,
        attachStatus,
        serverId: null,
        bdmId: null,
        device: null,
      }),
    ),
  });
}

/** @returns the volume's status afterwards; `refused` */
function outcomeOf(verb: AnyVerb, world: World): VolumeStatus | 'refused' | undefined {
  const there = ask(world, 'volume-1');
  if (!decideVerb(verb, there).allowed) return 'refused';
  return accepted(verb, there).world.volume.get('volume-1')?.status;
}

const running = operationRecord({
  action: 'volume.attach',
  phase: 'connect',
  owns: 'attachment-0',
  subject: { volumeId: 'volume-1', attachmentId: 'attachment-0' },
});

function atWork(world: World): World {
  return { ...world, operation: new Map([[running.id, running]]) };
}

describe.each(VOLUME_STATUSES)('%s', (status) => {
  test('reserve', () => {
    expect(outcomeOf(reserveVolume, cloud({ status }))).toBe(
      status === 'available' ? 'attaching' : 'refused',
    );
    const shared = status === 'available' || status === 'in-use' ? 'attaching' : 'refused';
    expect(outcomeOf(reserveVolume, cloud({ status, multiattach: true }))).toBe(shared);
  });

  test('unreserve never fails', () => {
    expect(outcomeOf(unreserveVolume, cloud({ status }))).toBe(status === 'attaching' ? 'available' : status);
  });

  test('begin detaching', () => {
    expect(outcomeOf(beginDetaching, cloud({ status, attachStatus: 'attached' }))).toBe(
      status === 'in-use' ? 'detaching' : 'refused',
    );
    expect(outcomeOf(beginDetaching, cloud({ status, attachStatus: 'detached' }))).toBe('refused');
  });

  test('while it is migrated, begin detaching is accepted and changes nothing', () => {
    for (const migrationStatus of ['starting', 'migrating', 'completing'] as const)
      expect(outcomeOf(beginDetaching, cloud({ status, migrationStatus }))).toBe(status);
  });

  test('roll detaching never fails', () => {
    expect(outcomeOf(rollDetaching, cloud({ status }))).toBe(status === 'detaching' ? 'in-use' : status);
  });
});

test.each<[MigrationStatus, VolumeStatus]>([
  ['success', 'detaching'],
  ['error', 'detaching'],
  ['deleting', 'detaching'],
])('a migration that is %s is over', (migrationStatus, status) => {
  expect(
    outcomeOf(beginDetaching, cloud({ status: 'in-use', attachStatus: 'attached', migrationStatus })),
  ).toBe(status);
});

test.each<[AttachStatus[], VolumeStatus]>([
  [[], 'available'],
  [['error_attaching'], 'available'],
  [['reserved'], 'reserved'],
  [['reserved', 'attaching'], 'attaching'],
  [['attached', 'attaching'], 'in-use'],
])('unreserving a volume with the attachments %o makes it %s', (statuses, status) => {
  expect(outcomeOf(unreserveVolume, cloud({ status: 'attaching', multiattach: true }, ...statuses))).toBe(
    status,
  );
});

test('what an attach or detach has claimed for itself is not given back', () => {
  expect(outcomeOf(unreserveVolume, atWork(cloud({ status: 'attaching' }, 'attaching')))).toBe('attaching');
  expect(outcomeOf(rollDetaching, atWork(cloud({ status: 'detaching' }, 'attached')))).toBe('detaching');
});

test('only the status changes', () => {
  const { world } = accepted(reserveVolume, ask(cloud({}), 'volume-1'));
  expect(world.volume.get('volume-1')).toEqual(volumeRecord({ status: 'attaching' }));
});
