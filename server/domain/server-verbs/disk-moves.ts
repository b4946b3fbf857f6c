/**
 * A server's disks on their way: let go for good, let go and held for the server, connected. What is written to the
 * attachment, and what its volume then is.
 */

import { impliedVolumeState } from '../attachment';
import { DERIVED, volumeAfterDetach } from '../attachment-life';
import { NO_COMPUTE_SIDE } from '../attachment-verbs/storage-side';
import { applyChanges, type Change, insert, remove, update } from '../engine/change';
import { type AttachmentRecord, attachmentsOf, ownerOf, type World } from '../engine/world';

/**
 * @param world with the attachments as they are going to be
 * @returns the volume as they imply; a status that somebody is at work on is left for him to end
 */
function volumeFollows(world: World, volumeId: string): Change[] {
  const volume = world.volume.get(volumeId);
  if (volume === undefined) return [];
  const live = attachmentsOf(world, volumeId).map(({ attachStatus }) => attachStatus);
  // Nobody ends what the attachments alone have made it, as of one that was attached while an image came to it.
  const { status, attachStatus } =
    ownerOf(world, volumeId) === null || DERIVED.includes(volume.status)
      ? volumeAfterDetach(volume, live)
      : { status: volume.status, attachStatus: impliedVolumeState(live).attachStatus };
  if (status === volume.status && attachStatus === volume.attachStatus) return [];
  return [update('volume', volumeId, { status, attachStatus })];
}

function withVolume(world: World, disk: AttachmentRecord, changes: readonly Change[]): Change[] {
  // Of a disk that storage knows nothing of, the volume knows nothing either.
  if (disk.attachStatus === null) return [...changes];
  return [...changes, ...volumeFollows(applyChanges(world, changes), disk.volumeId)];
}

/** The disk is gone on both sides. */
export function letGo(world: World, disk: AttachmentRecord): Change[] {
  return withVolume(world, disk, [remove('attachment', disk.id)]);
}

/** The server has no such disk any more; storage, which did not let go, still has the attachment. */
export function leaveToStorage(world: World, disk: AttachmentRecord): Change[] {
  if (disk.attachStatus === null) return letGo(world, disk);
  return withVolume(world, disk, [update('attachment', disk.id, NO_COMPUTE_SIDE)]);
}

const RESERVED = {
  attachStatus: 'reserved',
  attachedHost: null,
  mountpoint: null,
  connector: null,
  connectionInfo: null,
} as const;

/**
 * The disk stays the server's without a connection: a new, empty attachment takes the place of the old one. Both in one
 * transaction, so that the volume is at no time anybody's (Nova creates the new one first for that reason).
 * @param kept whether the old one stays with storage, which did not let go
 */
export function holdForServer(world: World, disk: AttachmentRecord, freshId: string, kept = false): Change[] {
  if (disk.attachStatus === null || (disk.connector === null && disk.attachStatus === 'reserved')) {
    return withVolume(world, { ...disk, attachStatus: 'reserved' }, [
      update('attachment', disk.id, RESERVED),
    ]);
  }
  return withVolume(world, disk, [
    update('attachment', disk.id, NO_COMPUTE_SIDE),
    ...(kept ? [] : [remove('attachment', disk.id)]),
    insert('attachment', { ...disk, ...RESERVED, id: freshId }),
  ]);
}

/** Held for the server as it was before it was to come to a host: attached, to a server that is on none. */
export function attachedAway(world: World, disk: AttachmentRecord): Change[] {
  return withVolume(world, disk, [update('attachment', disk.id, { attachStatus: 'attached' })]);
}

export type Connection = Pick<
  AttachmentRecord,
  'attachStatus' | 'attachedHost' | 'mountpoint' | 'connector' | 'connectionInfo'
>;

export function connectionOf(disk: AttachmentRecord): Connection {
  const { attachStatus, attachedHost, mountpoint, connector, connectionInfo } = disk;
  return { attachStatus, attachedHost, mountpoint, connector, connectionInfo };
}

/** Somebody had connected it to a host of his own before it was to come to another: it is again what he has made it. */
export function connectedAsBefore(world: World, disk: AttachmentRecord, before: Connection): Change[] {
  return withVolume(world, { ...disk, attachStatus: before.attachStatus }, [
    update('attachment', disk.id, before),
  ]);
}

/** The guest has the disk. @param connectionInfo sealed */
export function connected(world: World, disk: AttachmentRecord, connectionInfo: string): Change[] {
  return withVolume(world, { ...disk, attachStatus: 'attached' }, [
    update('attachment', disk.id, { attachStatus: 'attached', mountpoint: disk.device, connectionInfo }),
  ]);
}
