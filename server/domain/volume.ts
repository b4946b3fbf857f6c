/**
 * The volume as the rules see it. State names are those on the wire (Block Storage API v3).
 */

/** Statuses an operator may reset a volume to, then those only the machinery reaches. */
export const VOLUME_STATUSES = [
  'creating',
  'available',
  'reserved',
  'attaching',
  'in-use',
  'detaching',
  'maintenance',
  'deleting',
  'error',
  'error_deleting',
  'error_extending',
  'error_restoring',
  'error_backing-up',
  'error_managing',
  'managing',
  'restoring-backup',
  'backing-up',
  'awaiting-transfer',
  'downloading',
  'uploading',
  'retyping',
  'extending',
  'reverting',
  'unmanaging',
  'error_unmanaging',
  'error_managing_deleting',
  'deleted',
] as const;
export type VolumeStatus = (typeof VOLUME_STATUSES)[number];

/** attach_status of a volume as a whole. */
export const VOLUME_ATTACH_STATUSES = ['detached', 'reserved', 'attaching', 'attached'] as const;
export type VolumeAttachStatus = (typeof VOLUME_ATTACH_STATUSES)[number];

/** Stored migration_status values; a migration's hidden target carries `target:<volume id>`. */
export const MIGRATION_STATUSES = [
  'starting',
  'migrating',
  'completing',
  'success',
  'error',
  'deleting',
] as const;
export type MigrationStatus = (typeof MIGRATION_STATUSES)[number] | `target:${string}`;

/** @returns the volume whose data this one is to receive; null unless it is the hidden target of a migration */
export function migrationSource(status: MigrationStatus | null): string | null {
  return status?.startsWith('target:') ? status.slice('target:'.length) : null;
}

/** What the rules need to know of a volume. Sizes are in GiB. */
export interface VolumeFacts {
  id: string;
  name: string;
  projectId: string;
  status: VolumeStatus;
  attachStatus: VolumeAttachStatus;
  migrationStatus: MigrationStatus | null;
  multiattach: boolean;
  bootable: boolean;
  /** Marked read-only by an operator: every attachment is then `ro`. */
  readonly: boolean;
  sizeGib: number;
  availabilityZone: string;
}

/** The family a status belongs to: what colour it has, and whether its age matters. */
export type StatusFamily = 'ok' | 'progress' | 'waiting' | 'attention' | 'error' | 'neutral';

export const VOLUME_STATUS_FAMILY = {
  creating: 'progress',
  available: 'ok',
  reserved: 'waiting',
  attaching: 'progress',
  'in-use': 'ok',
  detaching: 'progress',
  maintenance: 'attention',
  deleting: 'progress',
  error: 'error',
  error_deleting: 'error',
  error_extending: 'error',
  error_restoring: 'error',
  'error_backing-up': 'error',
  error_managing: 'error',
  managing: 'progress',
  'restoring-backup': 'progress',
  'backing-up': 'progress',
  'awaiting-transfer': 'waiting',
  downloading: 'progress',
  uploading: 'progress',
  retyping: 'progress',
  extending: 'progress',
  reverting: 'progress',
  unmanaging: 'progress',
  error_unmanaging: 'error',
  error_managing_deleting: 'error',
  deleted: 'neutral',
} as const satisfies Record<VolumeStatus, StatusFamily>;

/** @returns true while a migration is under way (an ended or failed one does not count) */
export function isMigrating(migrationStatus: MigrationStatus | null): boolean {
  return migrationStatus !== null && !['deleting', 'error', 'success'].includes(migrationStatus);
}

/** @returns true for every status whose name carries `error` (Cinder: create of an attachment looks at the name) */
export function isErrorStatus(status: VolumeStatus): boolean {
  return status.includes('error');
}
