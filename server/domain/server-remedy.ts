/**
 * The way out for a server that is in the way: another action on it, where the caller may do that.
 */
import { ACTIONS, type ActionName, SERVER_ACTION_NAMES, type ServerActionName } from './action';
import { policyRefusal } from './policy';
import type { Remedy } from './refusal';
import type { Actor } from './roles';
import type { ServerFacts, VmState } from './server';
import { SERVER_ACTION_RULES, type ServerActionRule } from './server-action';

/** A reboot leads to ACTIVE from many states, but is no way out that one would propose. */
const NOT_PROPOSED: readonly ServerActionName[] = ['server.reboot-soft', 'server.reboot-hard'];

/**
 * @param allowed states that the refused action may start from
 * @returns the action that leads from the server's state into one of them; what to do instead where there is none
 */
export function stateRemedy(server: ServerFacts, allowed: readonly VmState[], actor: Actor): Remedy | null {
  switch (server.vmState) {
    case 'building':
      return { kind: 'advice', text: `Wait until server ${server.name} has been built.` };
    case 'error':
      return serverRemedy('server.reset-state', server, actor, {
        args: { state: 'active' },
        otherwise: `Find out what broke server ${server.name}; an administrator can set its state back afterwards.`,
      });
    default: {
      const action = actionInto(server.vmState, allowed);
      return action === undefined ? null : serverRemedy(action, server, actor);
    }
  }
}

/** What leads from states of a server's life to others, besides the actions of the table. */
const WAYS: readonly { action: ActionName; from: readonly VmState[]; to: VmState }[] = [
  { action: 'server.unshelve', from: ['shelved', 'shelved_offloaded'], to: 'active' },
  { action: 'server.confirm-resize', from: ['resized'], to: 'active' },
  { action: 'server.restore', from: ['soft-delete'], to: 'active' },
];

function actionInto(from: VmState, into: readonly VmState[]): ActionName | undefined {
  return (
    powerActionInto(from, into) ??
    WAYS.find((way) => way.from.includes(from) && into.includes(way.to))?.action
  );
}

function powerActionInto(from: VmState, into: readonly VmState[]): ServerActionName | undefined {
  return SERVER_ACTION_NAMES.find((name) => {
    const rule: ServerActionRule = SERVER_ACTION_RULES[name];
    if (rule.kind !== 'hosted' || NOT_PROPOSED.includes(name)) return false;
    return rule.vmStates.includes(from) && into.includes(rule.end.vmState);
  });
}

/** @returns whether the actor may take away a lock that an administrator set */
export function mayOverrideLock({ projectId }: ServerFacts, actor: Actor): boolean {
  return policyRefusal('os_compute_api:os-lock-server:unlock:unlock_override', actor, projectId) === null;
}

/** @returns what takes the lock away; words where it is not the caller's to take */
export function unlockRemedy(server: ServerFacts, actor: Actor): Remedy {
  if (server.lockedBy === 'admin' && !mayOverrideLock(server, actor))
    return { kind: 'advice', text: 'Ask an administrator to unlock it.' };
  return serverRemedy('server.unlock', server, actor);
}

/**
 * @param options.args of the action besides the server
 * @param options.otherwise what to say to somebody who may not do it
 */
function serverRemedy(
  action: ActionName,
  server: ServerFacts,
  actor: Actor,
  options: { args?: Record<string, string>; otherwise?: string } = {},
): Remedy {
  const { label, policy } = ACTIONS[action];
  const title = `${label} ${server.name}`;
  if (policyRefusal(policy, actor, server.projectId) === null) {
    return { kind: 'action', action, label: title, args: { serverId: server.id, ...options.args } };
  }
  return { kind: 'advice', text: options.otherwise ?? `${title}: ask somebody who may.` };
}
