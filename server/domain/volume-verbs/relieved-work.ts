/**
 * An operation that is relieved of its volume leaves nothing else behind that only it would have ended.
 */
import type { ActionName } from '../action';
import { type Change, remove, update } from '../engine/change';
import { attachmentsOf, ownerOf, type World } from '../engine/world';

/** Statuses of an image that nobody could use yet (cinder volume/manager.py, _clean_up of a failed upload). */
const UNFINISHED_IMAGE: readonly string[] = ['queued', 'saving'];

/** Actions that work with a hidden volume besides. */
const MOVES: readonly ActionName[] = ['volume.migrate', 'volume.retype', 'volume.complete-migration'];

/** @returns what goes back, besides the volume itself, when its owner does not go on */
export function leftBehind(world: World, volumeId: string): Change[] {
  const owner = ownerOf(world, volumeId);
  if (owner === null) return [];
  const { snapshotId, imageId, volumes } = owner.carry;
  const target = Array.isArray(volumes) && MOVES.includes(owner.action) ? world.volume.get(String(volumes[0])) : undefined;
  if (target !== undefined) {
    // Nobody hides it or fills it any more: an administrator finds it in error, and can delete it.
    return [
      ...attachmentsOf(world, target.id).map((each) => remove('attachment', each.id)),
      update('volume', target.id, { status: 'error', attachStatus: 'detached', migrationStatus: 'error' }),
    ];
  }
  const snapshot = typeof snapshotId === 'string' ? world.snapshot.get(snapshotId) : undefined;
  if (owner.action === 'volume.revert' && snapshot?.status === 'restoring')
    return [update('snapshot', snapshot.id, { status: 'available' })];
  const image = typeof imageId === 'string' ? world.image.get(imageId) : undefined;
  if (
    owner.action === 'volume.upload-to-image' &&
    image !== undefined &&
    UNFINISHED_IMAGE.includes(image.status)
  )
    return [remove('image', image.id)];
  return [];
}
