/**
 * How an attachment goes on after it was accepted: connect, complete, disconnect, and the way back from each.
 * Each function gives the states to write; services write them, the worker calls services.
 *
 *   reserved ──connect──▶ attaching ──complete──▶ attached ──detach──▶ (volume detaching) ──finish──▶ gone
 *      └────────roll back────────┘                    ▲──────────roll back──────┘
 */
import { type AttachStatus, type ImpliedVolumeState, impliedVolumeState } from './attachment';
import { isMigrating, type VolumeAttachStatus, type VolumeFacts, type VolumeStatus } from './volume';

export interface VolumeStatePair {
  status: VolumeStatus;
  attachStatus: VolumeAttachStatus;
}

type VolumeState = Pick<VolumeFacts, 'status' | 'attachStatus' | 'migrationStatus'>;

/** With the connector known, the storage side exports the volume (Cinder volume/manager.py, attachment_update). */
export const CONNECTED = {
  attachStatus: 'attaching',
  volume: { status: 'attaching', attachStatus: 'attaching' },
} as const satisfies { attachStatus: AttachStatus; volume: VolumeStatePair };

/** The guest has the disk (Cinder volume/api.py, attachment_complete). */
export const COMPLETED = {
  attachStatus: 'attached',
  volume: { status: 'in-use', attachStatus: 'attached' },
} as const satisfies { attachStatus: AttachStatus; volume: VolumeStatePair };

/** Which attachments may take the step; any other means that somebody ended or replaced it meanwhile. */
export const STEP_FROM = {
  connect: ['reserved', 'attaching'],
  complete: ['attaching', 'attached'],
} as const satisfies Record<string, readonly AttachStatus[]>;

/** Statuses that say nothing but what the attachments are: they may be derived anew. */
export const DERIVED: readonly VolumeStatus[] = ['available', 'reserved', 'attaching', 'in-use', 'detaching'];

/**
 * The volume after an attachment has gone by detach or deletion.
 * @param volume as it is now
 * @param others attach_status of the live records that stay
 * @returns the pair to write; the status stays when a migration or an upload owns it (Cinder db/api.py, volume_detached)
 */
export function volumeAfterDetach(
  volume: VolumeState,
  others: readonly (AttachStatus | null)[],
): VolumeStatePair {
  const implied = impliedVolumeState(others);
  // What an attachment or a detach has made it would be ended by nobody if it stayed. A migration keeps `in-use` itself.
  const passing: readonly VolumeStatus[] = ['detaching', 'attaching', 'reserved'];
  const owned =
    !passing.includes(volume.status) &&
    (isMigrating(volume.migrationStatus) || volume.status === 'uploading');
  if (implied.attachStatus === 'detached' && owned) {
    return { status: volume.status, attachStatus: implied.attachStatus };
  }
  return implied;
}

/**
 * The volume after an attach was rolled back: exactly what it was, except for what others have changed since.
 * @param volume as it is now
 * @param before as it was when the attach was accepted
 * @param others attach_status of the live records that stay
 */
export function volumeAfterAttachRollBack(
  volume: VolumeState,
  before: VolumeStatePair,
  others: readonly (AttachStatus | null)[],
): VolumeStatePair {
  const ours: readonly VolumeStatus[] = ['reserved', 'attaching'];
  // Someone else has set the status meanwhile; a roll-back undoes its own changes only.
  if (!ours.includes(volume.status)) return { status: volume.status, attachStatus: volume.attachStatus };
  const implied = impliedVolumeState(others);
  if (implied.status === before.status) return before;
  const nothingLeft = implied.attachStatus === 'detached';
  // e.g. `downloading`: a status of its own that the reservation has covered.
  if (nothingLeft && !DERIVED.includes(before.status)) return before;
  return implied;
}

/**
 * The volume after a detach was rolled back (Cinder volume/api.py, roll_detaching).
 * @returns `in-use`, or the status it has when it is `detaching` no longer
 */
export function volumeAfterDetachRollBack(volume: VolumeState): VolumeStatePair {
  const status = volume.status === 'detaching' ? 'in-use' : volume.status;
  return { status, attachStatus: volume.attachStatus };
}

/**
 * When even the way back failed, the volume may still be exported or the guest may still hold the disk: nobody may
 * attach it elsewhere before a person has looked.
 * @param others attach_status of the other live records
 */
export function volumeAfterFailedRollBack(others: readonly (AttachStatus | null)[]): VolumeStatePair {
  const implied: ImpliedVolumeState = impliedVolumeState(others);
  return implied.attachStatus === 'detached' ? { status: 'error', attachStatus: 'detached' } : implied;
}
