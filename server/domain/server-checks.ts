/**
 * What every action on a server asks first, in Nova's order: lock, vm_state, task_state, launched, host.
 */
import { ACTIONS, type ActionName } from './action';
import type { Refusal, Remedy } from './refusal';
import { type Actor, isAdmin } from './roles';
import { type HostFacts, type ServerFacts, serverStatus, type VmState } from './server';
import { SERVER_ACTION_RULES, type ServerActionRule } from './server-action';
import { stateRemedy, unlockRemedy } from './server-remedy';

function advice(text: string, command?: string): Remedy {
  return { kind: 'advice', text, ...(command === undefined ? {} : { command }) };
}

/** @returns e.g. `attaching`, `confirming the resize`: without the word that leads to the object */
function gerund(action: ActionName): string {
  return ACTIONS[action].gerund.toLowerCase().replace(/ (of|to)$/, '');
}

/**
 * A locked server takes orders from administrators only, the owner who locked it included.
 * Source: Nova compute/api.py, check_instance_lock.
 */
export function lockRefusal(action: ActionName, server: ServerFacts, actor: Actor): Refusal | null {
  if (server.lockedBy === null || isAdmin(actor)) return null;
  const who = server.lockedBy === 'admin' ? 'an administrator' : 'its owner';
  return {
    rule: `${action}.server-locked`,
    code: 'conflict',
    message: `Server ${server.name} is locked by ${who}; only an administrator may change it while it is.`,
    remedy: unlockRemedy(server, actor),
  };
}

/** @returns the state that an action leads to; null for those that hosts have no part in */
function endOf(action: ActionName): VmState | null {
  const rules: Readonly<Partial<Record<ActionName, ServerActionRule>>> = SERVER_ACTION_RULES;
  const rule = rules[action];
  return rule?.kind === 'hosted' ? rule.end.vmState : null;
}

/** Whoever starts a server wants it to run: what is not powered off may come there in another way. */
function wayInto(action: ActionName, { vmState }: ServerFacts, allowed: readonly VmState[]) {
  return action === 'server.start' && vmState !== 'active' ? [...allowed, 'active' as const] : allowed;
}

function oneOf(states: readonly VmState[]): string {
  const names = states.map((state) => serverStatus(state, null)).join(', ');
  return states.length === 1 ? names : `one of ${names}`;
}

/**
 * Source: Nova compute/api.py, check_instance_state.
 * @param allowed vm_states in which the action may run
 */
export function vmStateRefusal(
  action: ActionName,
  server: ServerFacts,
  allowed: readonly VmState[],
  actor: Actor,
): Refusal | null {
  if (allowed.includes(server.vmState)) return null;
  const already = server.vmState === endOf(action);
  const remedy = already
    ? advice('Nothing has to be done.')
    : stateRemedy(server, wayInto(action, server, allowed), actor);
  return {
    rule: `${action}.server-state`,
    code: 'conflict',
    message: `Server ${server.name} is ${serverStatus(server.vmState, null)}${already ? ' already' : ''}; ${gerund(action)} needs ${oneOf(allowed)}.`,
    ...(remedy === null ? {} : { remedy }),
  };
}

/** Source: Nova compute/api.py, check_instance_state with task_state [None]. */
export function taskStateRefusal(action: ActionName, server: ServerFacts): Refusal | null {
  if (server.taskState === null) return null;
  return {
    rule: `${action}.server-busy`,
    code: 'conflict',
    message: `Server ${server.name} is busy (${server.taskState}); it must have no task under way.`,
    remedy: advice(`Wait until ${server.taskState} has ended, then try again.`),
  };
}

/** Source: Nova compute/api.py, check_instance_state with must_have_launched. */
export function launchedRefusal(action: ActionName, server: ServerFacts): Refusal | null {
  if (server.launched) return null;
  return {
    rule: `${action}.server-never-launched`,
    code: 'conflict',
    message: `Server ${server.name} has never been started; ${gerund(action)} needs one that has run.`,
    remedy: advice('Wait until it has been built, or delete it and boot the volume with a new server.'),
  };
}

/**
 * A server with a disk to move needs a host that answers. Shelved-offloaded servers have none and need none.
 * Source: Nova compute/api.py, _detach_volume (bug 1909120); upstream answers 500 where there is no host.
 */
export function hostRefusal(action: ActionName, server: ServerFacts, host: HostFacts | null): Refusal | null {
  if (server.vmState === 'shelved_offloaded') return null;
  if (server.host === null || host === null) {
    return {
      rule: `${action}.no-host`,
      code: 'conflict',
      message: `Server ${server.name} is on no known compute host; ${gerund(action)} needs one that is up.`,
      remedy: advice('An administrator can find out where it belongs, or shelve and unshelve it.'),
    };
  }
  if (host.up) return null;
  return {
    rule: `${action}.host-down`,
    code: 'conflict',
    message: `Compute host ${host.name} of server ${server.name} is down; ${
      action.startsWith('volume.')
        ? `nothing could ${ACTIONS[action].label.toLowerCase()} the disk`
        : `${gerund(action)} needs it to be up`
    }.`,
    remedy: advice(
      `Bring the compute service on ${host.name} back.`,
      `openstack compute service list --host ${host.name}`,
    ),
  };
}
