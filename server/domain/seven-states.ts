/**
 * In which states of a server its disks may change, for tests of attaching and of detaching.
 */
import type { VmState } from './server';

/**
 * Nova's seven states; SUSPENDED, RESCUE and ERROR are missing among them on purpose.
 * @returns the rules that refuse in each state, without a task and with one
 */
export function sevenStates(
  wrongState: string,
  busy: string,
): Record<VmState, { idle: string[]; withTask: string[] }> {
  return {
    building: { idle: [wrongState], withTask: [wrongState, busy] },
    active: { idle: [], withTask: [busy] },
    paused: { idle: [], withTask: [busy] },
    suspended: { idle: [wrongState], withTask: [wrongState, busy] },
    stopped: { idle: [], withTask: [busy] },
    rescued: { idle: [wrongState], withTask: [wrongState, busy] },
    resized: { idle: [], withTask: [busy] },
    'soft-delete': { idle: [], withTask: [busy] },
    deleted: { idle: [wrongState], withTask: [wrongState, busy] },
    error: { idle: [wrongState], withTask: [wrongState, busy] },
    shelved: { idle: [], withTask: [busy] },
    shelved_offloaded: { idle: [], withTask: [busy] },
  };
}
