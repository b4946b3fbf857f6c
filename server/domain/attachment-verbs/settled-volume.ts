/**
 * The volume after one of its attachments has changed: what the live ones say it is, unless its status belongs to
 * somebody who will end it.
 */
import { type AttachStatus, impliedVolumeState } from '../attachment';
import { volumeAfterDetach, volumeAfterFailedRollBack } from '../attachment-life';
import { applyChanges, type Change, update } from '../engine/change';
import { attachmentsOf, type VolumeRecord, type World } from '../engine/world';
import type { VolumeStatus } from '../volume';

/** Statuses that attachments alone give and take. */
const OF_ATTACHMENTS: readonly VolumeStatus[] = ['available', 'reserved', 'attaching', 'in-use'];

/** @returns attach_status of the volume's live attachments but one */
export function othersOf(world: World, volumeId: string, attachmentId: string): (AttachStatus | null)[] {
  return attachmentsOf(world, volumeId)
    .filter((each) => each.id !== attachmentId)
    .map((each) => each.attachStatus);
}

/**
 * @param ending operations that do not count: the one that asks, and those it relieves
 * @returns whether the volume's status is one that a running operation will end
 */
export function isStatusOwned(world: World, volume: VolumeRecord, ending: readonly string[]): boolean {
  if (OF_ATTACHMENTS.includes(volume.status)) return false;
  // The old place of a volume that was migrated: the migration, which owns the new one, deletes it.
  if (volume.status === 'deleting' && volume.migrationStatus === 'deleting') return true;
  return [...world.operation.values()].some((each) => {
    if (ending.includes(each.id)) return false;
    // A detach owns `detaching`, by the attachment that is to go.
    const about = volume.status === 'detaching' ? each.subject.volumeId : each.owns;
    return about === volume.id;
  });
}

/**
 * Cinder derives the status whenever an attachment goes, and overwrites what is in progress (db/api.py,
 * volume_detached); here a status stays with the operation that will end it.
 * @param changes of attachments
 * @param ending as above
 * @returns the changes, and what they make of the volume
 */
export function settled(
  world: World,
  volumeId: string,
  changes: readonly Change[],
  ending: readonly string[] = [],
): Change[] {
  const after = applyChanges(world, changes);
  const volume = after.volume.get(volumeId);
  if (volume === undefined) return [...changes];
  const pair = volumeAfterDetach(
    volume,
    attachmentsOf(after, volumeId).map((each) => each.attachStatus),
  );
  const status = isStatusOwned(after, volume, ending) ? volume.status : pair.status;
  return [...changes, update('volume', volumeId, { status, attachStatus: pair.attachStatus })];
}

/**
 * Writes the attach status whatever the volume is, and its status unless that is somebody's (Cinder writes both).
 * @param ending as above
 */
export function claimed(
  world: World,
  volume: VolumeRecord,
  pair: { status: VolumeStatus; attachStatus: VolumeRecord['attachStatus'] },
  ending: readonly string[] = [],
): Change {
  const { status, attachStatus } = pair;
  return update('volume', volume.id, {
    attachStatus,
    ...(isStatusOwned(world, volume, ending) ? {} : { status }),
  });
}

/**
 * No attachment goes, but somebody says that nobody has the volume: whatever it is, unless that is somebody's, it is then
 * what its attachments say (cinder volume/manager.py, detach_volume without any).
 * @param ending as above
 */
export function unheld(world: World, volume: VolumeRecord, ending: readonly string[] = []): Change {
  const all = attachmentsOf(world, volume.id).map((each) => each.attachStatus);
  return claimed(world, volume, impliedVolumeState(all), ending);
}

/** The way back has failed: nobody gets the volume before a person has looked. */
export function spoiled(world: World, volumeId: string, attachmentId: string): Change {
  return update('volume', volumeId, volumeAfterFailedRollBack(othersOf(world, volumeId, attachmentId)));
}
