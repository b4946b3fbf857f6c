/**
 * The actions on a server alone, as one table: when each may run, what it passes through, and where it ends.
 * Source of the states: Nova compute/api.py (check_instance_state of each action), spelled as on the wire.
 */
import type { ServerActionName } from './action';
import type { LockHolder, TaskState, VmState } from './server';

/** Calls a compute host knows for a server. */
export const POWER_CALLS = [
  'powerOn',
  'powerOff',
  'rebootSoft',
  'rebootHard',
  'pause',
  'unpause',
  'suspend',
  'resume',
  'rescue',
  'unrescue',
] as const;
export type PowerCall = (typeof POWER_CALLS)[number];

/** power_state on the wire: 1 running, 3 paused, 4 shut down, 7 suspended. */
export const POWER_STATE = { running: 1, paused: 3, shutdown: 4, suspended: 7 } as const;
export type PowerState = (typeof POWER_STATE)[keyof typeof POWER_STATE];

/** An action that a host carries out. */
export interface HostedServerAction {
  kind: 'hosted';
  vmStates: readonly VmState[];
  /** Tasks during which it may start all the same; none is always fine. */
  taskStates?: readonly TaskState[];
  /** task_state while it runs. */
  task: TaskState;
  call: PowerCall;
  end: { vmState: VmState; powerState: PowerState };
}

/** An action that changes the record alone, in any state and with no host involved. */
export interface RecordServerAction {
  kind: 'record';
}

export type ServerActionRule = HostedServerAction | RecordServerAction;

const HARD_REBOOT_TASKS = [
  'rebooting',
  'reboot_pending',
  'reboot_started',
  'rebooting_hard',
  'reboot_pending_hard',
  'reboot_started_hard',
  'resuming',
  'unpausing',
  'pausing',
  'suspending',
] as const satisfies readonly TaskState[];

export const SERVER_ACTION_RULES = {
  'server.start': hosted(['stopped'], 'powering-on', 'powerOn', 'active', 'running'),
  'server.stop': hosted(['active', 'error'], 'powering-off', 'powerOff', 'stopped', 'shutdown'),
  'server.reboot-soft': hosted(['active'], 'rebooting', 'rebootSoft', 'active', 'running'),
  'server.reboot-hard': {
    ...hosted(
      ['active', 'stopped', 'paused', 'suspended', 'error'],
      'rebooting_hard',
      'rebootHard',
      'active',
      'running',
    ),
    taskStates: HARD_REBOOT_TASKS,
  },
  'server.pause': hosted(['active'], 'pausing', 'pause', 'paused', 'paused'),
  'server.unpause': hosted(['paused'], 'unpausing', 'unpause', 'active', 'running'),
  'server.suspend': hosted(['active'], 'suspending', 'suspend', 'suspended', 'suspended'),
  'server.resume': hosted(['suspended'], 'resuming', 'resume', 'active', 'running'),
  'server.rescue': hosted(['active', 'stopped', 'error'], 'rescuing', 'rescue', 'rescued', 'running'),
  'server.unrescue': hosted(['rescued'], 'unrescuing', 'unrescue', 'active', 'running'),
  'server.lock': { kind: 'record' },
  'server.unlock': { kind: 'record' },
  'server.reset-state': { kind: 'record' },
} as const satisfies Record<ServerActionName, ServerActionRule>;

function hosted(
  vmStates: readonly VmState[],
  task: TaskState,
  call: PowerCall,
  vmState: VmState,
  power: keyof typeof POWER_STATE,
): HostedServerAction {
  return { kind: 'hosted', vmStates, task, call, end: { vmState, powerState: POWER_STATE[power] } };
}

/** What an action that changes the record writes. */
export interface ServerRecordChange {
  vmState?: VmState;
  taskState?: null;
  lockedBy?: LockHolder | null;
  lockedReason?: string | null;
}
