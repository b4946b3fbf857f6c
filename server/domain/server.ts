/**
 * The server as the rules see it. vm_state, task_state and status are spelled as the Compute API v2.1 spells them.
 */
import type { StatusFamily } from './volume';

export const VM_STATES = [
  'building',
  'active',
  'paused',
  'suspended',
  'stopped',
  'rescued',
  'resized',
  'soft-delete',
  'deleted',
  'error',
  'shelved',
  'shelved_offloaded',
] as const;
export type VmState = (typeof VM_STATES)[number];

export const TASK_STATES = [
  'scheduling',
  'block_device_mapping',
  'networking',
  'spawning',
  'image_snapshot',
  'image_snapshot_pending',
  'image_pending_upload',
  'image_uploading',
  'image_backup',
  'updating_password',
  'resize_prep',
  'resize_migrating',
  'resize_migrated',
  'resize_finish',
  'resize_reverting',
  'resize_confirming',
  'rebooting',
  'reboot_pending',
  'reboot_started',
  'rebooting_hard',
  'reboot_pending_hard',
  'reboot_started_hard',
  'pausing',
  'unpausing',
  'suspending',
  'resuming',
  'powering-off',
  'powering-on',
  'rescuing',
  'unrescuing',
  'rebuilding',
  'rebuild_block_device_mapping',
  'rebuild_spawning',
  'migrating',
  'deleting',
  'soft-deleting',
  'restoring',
  'shelving',
  'shelving_image_pending_upload',
  'shelving_image_uploading',
  'shelving_offloading',
  'unshelving',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const SERVER_STATUSES = [
  'ACTIVE',
  'BUILD',
  'DELETED',
  'ERROR',
  'HARD_REBOOT',
  'MIGRATING',
  'PASSWORD',
  'PAUSED',
  'REBOOT',
  'REBUILD',
  'RESCUE',
  'RESIZE',
  'REVERT_RESIZE',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'SHUTOFF',
  'SOFT_DELETED',
  'SUSPENDED',
  'VERIFY_RESIZE',
] as const;
export type ServerStatus = (typeof SERVER_STATUSES)[number];

export const LOCK_HOLDERS = ['owner', 'admin'] as const;
export type LockHolder = (typeof LOCK_HOLDERS)[number];

/** What the rules need to know of a server. */
export interface ServerFacts {
  id: string;
  name: string;
  projectId: string;
  vmState: VmState;
  taskState: TaskState | null;
  /** Who locked it; null when unlocked. */
  lockedBy: LockHolder | null;
  /** False until the guest has run once. */
  launched: boolean;
  /** Compute host; null while unscheduled and after shelve-offload. */
  host: string | null;
  /** e.g. `/dev/vda`; gives every further disk its prefix. */
  rootDeviceName: string | null;
  availabilityZone: string;
}

/** What the rules need to know of a server's compute host. */
export interface HostFacts {
  name: string;
  /** False when the compute service is down or forced down. */
  up: boolean;
  /** False when an operator lets nothing new onto it; what is there goes on. */
  enabled: boolean;
  zone: string;
  /** A machine that a server has for itself; only flavors that ask for one get it. */
  bareMetal: boolean;
  supportsMultiattach: boolean;
  supportsTagging: boolean;
}

const STATUS_OF_VM_STATE = {
  building: 'BUILD',
  active: 'ACTIVE',
  paused: 'PAUSED',
  suspended: 'SUSPENDED',
  stopped: 'SHUTOFF',
  rescued: 'RESCUE',
  resized: 'VERIFY_RESIZE',
  'soft-delete': 'SOFT_DELETED',
  deleted: 'DELETED',
  error: 'ERROR',
  shelved: 'SHELVED',
  shelved_offloaded: 'SHELVED_OFFLOADED',
} as const satisfies Record<VmState, ServerStatus>;

/** Task states that change the shown status, per vm_state (Nova api/openstack/common.py, the status map). */
const STATUS_DURING_TASK: Partial<Record<VmState, Partial<Record<TaskState, ServerStatus>>>> = {
  active: {
    rebooting: 'REBOOT',
    reboot_pending: 'REBOOT',
    reboot_started: 'REBOOT',
    rebooting_hard: 'HARD_REBOOT',
    reboot_pending_hard: 'HARD_REBOOT',
    reboot_started_hard: 'HARD_REBOOT',
    updating_password: 'PASSWORD',
    rebuilding: 'REBUILD',
    rebuild_block_device_mapping: 'REBUILD',
    rebuild_spawning: 'REBUILD',
    migrating: 'MIGRATING',
    resize_prep: 'RESIZE',
    resize_migrating: 'RESIZE',
    resize_migrated: 'RESIZE',
    resize_finish: 'RESIZE',
  },
  stopped: {
    resize_prep: 'RESIZE',
    resize_migrating: 'RESIZE',
    resize_migrated: 'RESIZE',
    resize_finish: 'RESIZE',
    rebuilding: 'REBUILD',
    rebuild_block_device_mapping: 'REBUILD',
    rebuild_spawning: 'REBUILD',
  },
  resized: { resize_reverting: 'REVERT_RESIZE' },
  paused: { migrating: 'MIGRATING' },
  error: {
    rebuilding: 'REBUILD',
    rebuild_block_device_mapping: 'REBUILD',
    rebuild_spawning: 'REBUILD',
  },
};

/**
 * The status a client sees, from the two states that are stored.
 * @returns one of {@link SERVER_STATUSES}
 */
export function serverStatus(vmState: VmState, taskState: TaskState | null): ServerStatus {
  const during = taskState === null ? undefined : STATUS_DURING_TASK[vmState]?.[taskState];
  return during ?? STATUS_OF_VM_STATE[vmState];
}

export const SERVER_STATUS_FAMILY = {
  ACTIVE: 'ok',
  BUILD: 'progress',
  DELETED: 'neutral',
  ERROR: 'error',
  HARD_REBOOT: 'progress',
  MIGRATING: 'progress',
  PASSWORD: 'progress',
  PAUSED: 'waiting',
  REBOOT: 'progress',
  REBUILD: 'progress',
  RESCUE: 'attention',
  RESIZE: 'progress',
  REVERT_RESIZE: 'progress',
  SHELVED: 'neutral',
  SHELVED_OFFLOADED: 'neutral',
  SHUTOFF: 'neutral',
  SOFT_DELETED: 'attention',
  SUSPENDED: 'waiting',
  VERIFY_RESIZE: 'attention',
} as const satisfies Record<ServerStatus, StatusFamily>;
