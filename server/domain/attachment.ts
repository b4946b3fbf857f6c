/**
 * The attachment: one record that is the handle for both sides, storage and compute.
 */
import type { StatusFamily, VolumeAttachStatus, VolumeStatus } from './volume';

/**
 * attach_status of one record. `deleted` and a soft-deleted `detached` never show; `detaching` is a status of the
 * volume only (Cinder objects/fields.py, VolumeAttachStatus).
 */
export const ATTACH_STATUSES = [
  'reserved',
  'attaching',
  'attached',
  'detached',
  'error_attaching',
  'error_detaching',
] as const;
export type AttachStatus = (typeof ATTACH_STATUSES)[number];

/** `null` on the wire is the text "null": not chosen yet. Here that is the absence of a mode. */
export const ATTACH_MODES = ['rw', 'ro'] as const;
export type AttachMode = (typeof ATTACH_MODES)[number];

/** What the rules need to know of a live attachment. */
export interface AttachmentFacts {
  id: string;
  volumeId: string;
  /** The server (or foreign instance) the storage side names; null for a host attach. */
  instanceId: string | null;
  /** Name of that server where it is known here. */
  instanceName: string | null;
  /** Null when only the compute side knows of it. */
  attachStatus: AttachStatus | null;
  mode: AttachMode | null;
  /** The compute side (block device mapping); null when only the storage side knows of it. */
  computeSide: { device: string | null; bootIndex: number | null; deleteOnTermination: boolean } | null;
}

export const ATTACH_STATUS_FAMILY = {
  reserved: 'waiting',
  attaching: 'progress',
  attached: 'ok',
  detached: 'neutral',
  error_attaching: 'error',
  error_detaching: 'error',
} as const satisfies Record<AttachStatus, StatusFamily>;

/** @returns true when this disk is the server's root (Nova BlockDeviceMapping.is_root) */
export function isRoot(attachment: AttachmentFacts): boolean {
  return attachment.computeSide?.bootIndex === 0;
}

/** What the volume is, judged by its live attachments alone. */
export interface ImpliedVolumeState {
  status: Extract<VolumeStatus, 'available' | 'reserved' | 'attaching' | 'in-use'>;
  attachStatus: VolumeAttachStatus;
}

/** Strongest first; `error_*` rows carry no weight (Cinder db/api.py, volume_detached). */
const PRECEDENCE = [
  ['attached', { status: 'in-use', attachStatus: 'attached' }],
  ['attaching', { status: 'attaching', attachStatus: 'attaching' }],
  ['reserved', { status: 'reserved', attachStatus: 'reserved' }],
] as const satisfies readonly (readonly [AttachStatus, ImpliedVolumeState])[];

/**
 * Status and attach status of a volume that these live attachments imply.
 * @param live attach_status of each live record of one volume; null (compute side only) carries no weight
 */
export function impliedVolumeState(live: readonly (AttachStatus | null)[]): ImpliedVolumeState {
  for (const [attachStatus, implied] of PRECEDENCE) {
    if (live.includes(attachStatus)) return implied;
  }
  return { status: 'available', attachStatus: 'detached' };
}
