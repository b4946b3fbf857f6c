/**
 * Whatever is in progress has one operation that will end it: volumes, servers, snapshots, images, migrations.
 */
import type { OperationRecord } from '~/server/domain/engine/world';
import { migrationSource } from '~/server/domain/volume';
import type { State } from './moves';

/** Statuses during which somebody is at work; each needs an operation that will end it. */
const VOLUME_WORK = [
  'creating',
  'deleting',
  'extending',
  'uploading',
  'retyping',
  'reverting',
  'downloading',
  'detaching',
  'maintenance',
  'unmanaging',
];
const MIGRATION_WORK = ['starting', 'migrating', 'completing', 'deleting'];
const SNAPSHOT_WORK = ['creating', 'deleting', 'restoring'];
const IMAGE_WORK = ['queued', 'saving'];

function first<Item>(items: Iterable<Item>, wrong: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = wrong(item);
    if (found !== null) return found;
  }
  return null;
}

/** Everything that an operation names. */
function named({ owns, subject, carry }: OperationRecord): string[] {
  return [owns ?? '', ...Object.values(subject), ...Object.values(carry).flat().map(String)];
}

export function ownerless({ world, byHand }: State): string | null {
  const operations = [...world.operation.values()];
  const owned = new Set(operations.flatMap(({ owns }) => owns ?? []));
  const known = new Set(operations.flatMap(named));
  return (
    first(world.volume.values(), ({ id, status, migrationStatus }) => {
      if (byHand.has(id) || known.has(id)) return null;
      if (VOLUME_WORK.includes(status)) return `${id} is ${status}, and nobody ends that`;
      // What of an old place could not be deleted says so, and may be deleted by anybody who may.
      if (status === 'error_deleting') return null;
      const moves =
        MIGRATION_WORK.includes(migrationStatus ?? '') || migrationSource(migrationStatus) !== null;
      return moves ? `${id} is migrated (${migrationStatus}), and nobody ends that` : null;
    }) ??
    first(world.server.values(), ({ id, taskState, vmState }) =>
      (taskState === null && vmState !== 'building') || owned.has(id)
        ? null
        : `${id} is busy (${taskState ?? vmState}), and nobody ends that`,
    ) ??
    first(world.snapshot.values(), ({ id, status }) =>
      SNAPSHOT_WORK.includes(status) && !known.has(id) ? `${id} is ${status}, and nobody ends that` : null,
    ) ??
    first(world.image.values(), ({ id, status }) =>
      IMAGE_WORK.includes(status) && !known.has(id) ? `image ${id} is ${status}, and nobody ends that` : null,
    )
  );
}

/** What no operation is about any more counts once: hidden volumes are a migration's. */
export function hiddenLeft({ world, byHand }: State): string | null {
  return first(world.volume.values(), ({ id, consumesQuota, status, migrationStatus }) =>
    byHand.has(id) ||
    consumesQuota ||
    migrationStatus !== null ||
    status.includes('error') ||
    status === 'deleting'
      ? null
      : `${id} is ${status}, and counts in no quota`,
  );
}
