/**
 * An attachment that only the storage side knows: a reservation, or what an older client says of itself.
 */
import type { Ask, Objection } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type VolumeRecord } from '../engine/world';
import { detachRemedy } from '../volume-verbs/volume-remedy';
import { volumeOf } from '../volume-verbs/volume-rules';
import { holderName } from './attachment-rules';

/** What a disk is to its server: none of it. Device, tag and fate are the disk's, and go with it to another volume. */
export const NO_COMPUTE_SIDE = {
  bdmId: null,
  serverId: null,
  device: null,
  bootIndex: null,
  tag: null,
  deleteOnTermination: false,
} as const satisfies Partial<AttachmentRecord>;

type Given = Pick<AttachmentRecord, 'id' | 'instanceId' | 'attachStatus' | 'mode'>;

/** @param more what is known of it besides */
export function storageSide(
  volume: VolumeRecord,
  given: Given,
  more: Partial<Pick<AttachmentRecord, 'attachedHost' | 'mountpoint' | 'connector'>> = {},
): AttachmentRecord {
  return {
    volumeId: volume.id,
    multiattach: volume.multiattach,
    attachedHost: null,
    mountpoint: null,
    connector: null,
    connectionInfo: null,
    ...NO_COMPUTE_SIDE,
    ...given,
    ...more,
  };
}

/**
 * Whatever its status says, one instance holds a volume that is not multiattach: an operator may have reset it, and
 * attachments in error carry no weight in it.
 * @param instanceId who wants it; undefined is nobody in particular
 */
export function heldByAnother(
  ask: Pick<Ask<object>, 'actor' | 'world' | 'id'>,
  instanceId: string | undefined,
): Objection | null {
  const volume = volumeOf(ask);
  if (volume.multiattach) return null;
  const holder = attachmentsOf(ask.world, volume.id).find(
    (each) => each.instanceId === null || each.instanceId !== instanceId,
  );
  if (holder === undefined) return null;
  return {
    message: `Volume ${volume.name} is held by ${holderName(ask.world, holder)} through attachment ${holder.id}, and it is not a multiattach volume.`,
    remedy: detachRemedy(ask, volume, holder),
  };
}
