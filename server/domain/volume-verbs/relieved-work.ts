/**
 * An operation that is relieved of its volume leaves nothing else behind that only it would have ended.
 */

import { volumeAfterDetachRollBack } from '../attachment-life';
import { type Change, remove, update } from '../engine/change';
import { attachmentsOf, type OperationRecord, ownerOf, type World } from '../engine/world';

/** @returns the volumes that relieved detaches and swaps were letting go: in use, as long as they are there */
export function keptInUse(world: World, relieved: readonly OperationRecord[]): Change[] {
  return relieved
    .flatMap(({ subject }) => world.volume.get(subject.volumeId ?? '') ?? [])
    .filter(({ status }) => status === 'detaching')
    .map((volume) => update('volume', volume.id, volumeAfterDetachRollBack(volume)));
}

/** Statuses of an image that nobody could use yet (cinder volume/manager.py, _clean_up of a failed upload). */
const UNFINISHED_IMAGE: readonly string[] = ['queued', 'saving'];

/** @returns what goes back, besides the volume itself, when its owner does not go on */
export function leftBehind(world: World, volumeId: string): Change[] {
  const owner = ownerOf(world, volumeId);
  switch (owner?.action) {
    case 'volume.revert':
      return releasedSnapshot(world, owner);
    case 'volume.delete':
    case 'volume.force-delete':
      return keptSnapshots(world, owner);
    case 'volume.upload-to-image':
      return unfinishedImage(world, owner);
    case 'volume.migrate':
    case 'volume.retype':
    case 'volume.complete-migration':
      return abandonedTarget(world, owner);
    default:
      return [];
  }
}

function releasedSnapshot(world: World, { carry }: OperationRecord): Change[] {
  const snapshot = world.snapshot.get(String(carry.snapshotId));
  return snapshot?.status === 'restoring' ? [update('snapshot', snapshot.id, { status: 'available' })] : [];
}

/** Nobody knows how much of a snapshot that was to go along is left (as when its deletion fails). */
function keptSnapshots(world: World, { carry }: OperationRecord): Change[] {
  const ids = Array.isArray(carry.snapshots) ? carry.snapshots.map(String) : [];
  return ids
    .filter((id) => world.snapshot.get(id)?.status === 'deleting')
    .map((id) => update('snapshot', id, { status: 'error_deleting' }));
}

function unfinishedImage(world: World, { carry }: OperationRecord): Change[] {
  const image = world.image.get(String(carry.imageId));
  return image !== undefined && UNFINISHED_IMAGE.includes(image.status) ? [remove('image', image.id)] : [];
}

/**
 * The hidden volume may hold half of the data: it comes to light, to be deleted by whoever knows. What hosts were given of
 * it stays told until storage has taken it back.
 */
function abandonedTarget(world: World, { carry, owns }: OperationRecord): Change[] {
  const ids = Array.isArray(carry.volumes) ? carry.volumes.map(String) : [];
  return ids
    .filter((id) => [`target:${owns}`, 'deleting'].includes(world.volume.get(id)?.migrationStatus ?? ''))
    .flatMap((id) => [
      ...attachmentsOf(world, id).map((each) =>
        each.connector === null
          ? remove('attachment', each.id)
          : update('attachment', each.id, { attachStatus: 'error_detaching' }),
      ),
      update('volume', id, { status: 'error', attachStatus: 'detached', migrationStatus: 'error' }),
    ]);
}
