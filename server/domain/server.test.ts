/**
 * The status clients see, from the two states that are stored. Every pair that is not named shows its vm_state.
 */
import { describe, expect, it } from 'vitest';
import { type ServerStatus, serverStatus, TASK_STATES, type TaskState, type VmState } from './server';

const IDLE: Record<VmState, ServerStatus> = {
  active: 'ACTIVE',
  building: 'BUILD',
  stopped: 'SHUTOFF',
  resized: 'VERIFY_RESIZE',
  paused: 'PAUSED',
  suspended: 'SUSPENDED',
  rescued: 'RESCUE',
  error: 'ERROR',
  deleted: 'DELETED',
  'soft-delete': 'SOFT_DELETED',
  shelved: 'SHELVED',
  shelved_offloaded: 'SHELVED_OFFLOADED',
};

const DURING: [VmState, TaskState, ServerStatus][] = [
  ['active', 'rebooting', 'REBOOT'],
  ['active', 'reboot_pending', 'REBOOT'],
  ['active', 'reboot_started', 'REBOOT'],
  ['active', 'rebooting_hard', 'HARD_REBOOT'],
  ['active', 'reboot_pending_hard', 'HARD_REBOOT'],
  ['active', 'reboot_started_hard', 'HARD_REBOOT'],
  ['active', 'updating_password', 'PASSWORD'],
  ['active', 'rebuilding', 'REBUILD'],
  ['active', 'rebuild_block_device_mapping', 'REBUILD'],
  ['active', 'rebuild_spawning', 'REBUILD'],
  ['active', 'migrating', 'MIGRATING'],
  ['active', 'resize_prep', 'RESIZE'],
  ['active', 'resize_migrating', 'RESIZE'],
  ['active', 'resize_migrated', 'RESIZE'],
  ['active', 'resize_finish', 'RESIZE'],
  ['stopped', 'resize_prep', 'RESIZE'],
  ['stopped', 'resize_migrating', 'RESIZE'],
  ['stopped', 'resize_migrated', 'RESIZE'],
  ['stopped', 'resize_finish', 'RESIZE'],
  ['stopped', 'rebuilding', 'REBUILD'],
  ['stopped', 'rebuild_block_device_mapping', 'REBUILD'],
  ['stopped', 'rebuild_spawning', 'REBUILD'],
  ['resized', 'resize_reverting', 'REVERT_RESIZE'],
  ['paused', 'migrating', 'MIGRATING'],
  ['error', 'rebuilding', 'REBUILD'],
  ['error', 'rebuild_block_device_mapping', 'REBUILD'],
  ['error', 'rebuild_spawning', 'REBUILD'],
];

describe('the status of a server', () => {
  it.each(Object.entries(IDLE))('%s', (vmState, status) => {
    expect(serverStatus(vmState as VmState, null)).toBe(status);
  });

  it.each(DURING)('%s while %s', (vmState, taskState, status) => {
    expect(serverStatus(vmState, taskState)).toBe(status);
  });

  it('no other task shows', () => {
    for (const [vmState, status] of Object.entries(IDLE)) {
      const shown = DURING.filter(([state]) => state === vmState).map(([, task]) => task);
      for (const task of TASK_STATES.filter((each) => !shown.includes(each))) {
        expect([vmState, task, serverStatus(vmState as VmState, task)]).toEqual([vmState, task, status]);
      }
    }
  });
});
