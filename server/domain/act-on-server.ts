/**
 * May this action be done to this server, and what happens then? The states are in the table (server-action.ts); the
 * order of checks is Nova's: policy, lock, host, vm_state, task_state, launched, then what is the action's own.
 */
import { ACTIONS, type ServerActionName } from './action';
import { policyRefusal } from './policy';
import { type Decision, decide, type Refusal } from './refusal';
import { type Actor, isAdmin } from './roles';
import type { HostFacts, ServerFacts, TaskState } from './server';
import {
  type HostedServerAction,
  SERVER_ACTION_RULES,
  type ServerActionRule,
  type ServerRecordChange,
} from './server-action';
import { hostRefusal, launchedRefusal, lockRefusal, taskStateRefusal, vmStateRefusal } from './server-checks';
import { mayOverrideLock, unlockRemedy } from './server-remedy';

export interface ServerActionInput {
  /** Why it is locked, 1 to 255 characters. */
  lockedReason?: string | null;
  /** State to set, for `server.reset-state`. */
  state?: 'active' | 'error';
}

export interface ServerActionFacts {
  actor: Actor;
  server: ServerFacts;
  host: HostFacts | null;
  input: ServerActionInput;
}

export type ServerActionEffects =
  /** The host carries it out; the server is busy with `task` meanwhile. */
  | { kind: 'hosted'; task: TaskState }
  /** Done at once. */
  | { kind: 'record'; change: ServerRecordChange };

/** Actions that a lock does not keep anybody from: they are about the lock, or an operator's repair. */
const IGNORES_LOCK: readonly ServerActionName[] = ['server.lock', 'server.unlock', 'server.reset-state'];

/** @returns every refusal, in the API's order */
export function serverActionRefusals(action: ServerActionName, facts: ServerActionFacts): Refusal[] {
  const { actor, server } = facts;
  const rule: ServerActionRule = SERVER_ACTION_RULES[action];
  return [
    policyRefusal(ACTIONS[action].policy, actor, server.projectId),
    IGNORES_LOCK.includes(action) ? null : lockRefusal(action, server, actor),
    ...(rule.kind === 'hosted' ? hostedRefusals(action, rule, facts) : []),
    action === 'server.unlock' ? unlockRefusal(server, actor) : null,
  ].filter((refusal) => refusal !== null);
}

function hostedRefusals(
  action: ServerActionName,
  rule: HostedServerAction,
  { actor, server, host }: ServerActionFacts,
): (Refusal | null)[] {
  const busyWithAllowed = server.taskState !== null && rule.taskStates?.includes(server.taskState) === true;
  return [
    vmStateRefusal(action, server, rule.vmStates, actor),
    busyWithAllowed ? null : taskStateRefusal(action, server),
    launchedRefusal(action, server),
    hostRefusal(action, server, host),
  ];
}

/** Source: Nova api/openstack/compute/lock_server.py, unlock_override. */
function unlockRefusal(server: ServerFacts, actor: Actor): Refusal | null {
  if (server.lockedBy !== 'admin' || mayOverrideLock(server, actor)) return null;
  return {
    rule: 'server.unlock.locked-by-admin',
    code: 'forbidden',
    message: `Server ${server.name} was locked by an administrator; only an administrator may unlock it.`,
    remedy: unlockRemedy(server, actor),
  };
}

/** @returns what the action writes at once, or every reason why not */
export function decideServerAction(
  action: ServerActionName,
  facts: ServerActionFacts,
): Decision<ServerActionEffects> {
  return decide(serverActionRefusals(action, facts), () => effects(action, facts));
}

function effects(action: ServerActionName, facts: ServerActionFacts): ServerActionEffects {
  const rule: ServerActionRule = SERVER_ACTION_RULES[action];
  if (rule.kind === 'hosted') return { kind: 'hosted', task: rule.task };
  return { kind: 'record', change: recordChange(action, facts) };
}

function recordChange(
  action: ServerActionName,
  { actor, server, input }: ServerActionFacts,
): ServerRecordChange {
  switch (action) {
    case 'server.lock':
      // Locking what is locked changes nothing, not even who holds it (Nova compute/api.py, lock).
      return server.lockedBy === null
        ? { lockedBy: isAdmin(actor) ? 'admin' : 'owner', lockedReason: input.lockedReason ?? null }
        : {};
    case 'server.unlock':
      return { lockedBy: null, lockedReason: null };
    case 'server.reset-state':
      return { vmState: input.state ?? 'error', taskState: null };
    default:
      throw new Error(`${action} is carried out by a host, not in the record`);
  }
}
