/**
 * The snapshot as the rules see it. State names are those on the wire (Block Storage API v3).
 */
import type { StatusFamily } from './volume';

export const SNAPSHOT_STATUSES = [
  'creating',
  'available',
  'deleting',
  'error',
  'updating',
  'error_deleting',
  'unmanaging',
  'backing-up',
  'restoring',
  'deleted',
] as const;
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number];

export const SNAPSHOT_STATUS_FAMILY = {
  creating: 'progress',
  available: 'ok',
  deleting: 'progress',
  error: 'error',
  updating: 'progress',
  error_deleting: 'error',
  unmanaging: 'progress',
  'backing-up': 'progress',
  restoring: 'progress',
  deleted: 'neutral',
} as const satisfies Record<SnapshotStatus, StatusFamily>;
