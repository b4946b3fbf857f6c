/**
 * What an action on a server would do, before anybody has asked for it.
 */

import { decideServerAction, type ServerActionFacts } from './act-on-server';
import { ACTIONS, type ServerActionName } from './action';
import type { Explanation } from './explanation';
import { serverStatus } from './server';
import { SERVER_ACTION_RULES, type ServerActionRule } from './server-action';

/** The same for a terminal and for a program: arguments of `openstack server`, and the body of the action request. */
const SPOKEN: Record<
  ServerActionName,
  (facts: ServerActionFacts) => { command: string; body: Record<string, unknown> }
> = {
  'server.start': () => ({ command: 'start', body: { 'os-start': null } }),
  'server.stop': () => ({ command: 'stop', body: { 'os-stop': null } }),
  'server.reboot-soft': () => ({ command: 'reboot --soft', body: { reboot: { type: 'SOFT' } } }),
  'server.reboot-hard': () => ({ command: 'reboot --hard', body: { reboot: { type: 'HARD' } } }),
  'server.pause': () => ({ command: 'pause', body: { pause: null } }),
  'server.unpause': () => ({ command: 'unpause', body: { unpause: null } }),
  'server.suspend': () => ({ command: 'suspend', body: { suspend: null } }),
  'server.resume': () => ({ command: 'resume', body: { resume: null } }),
  'server.rescue': () => ({ command: 'rescue', body: { rescue: null } }),
  'server.unrescue': () => ({ command: 'unrescue', body: { unrescue: null } }),
  'server.lock': ({ input }) =>
    input.lockedReason == null
      ? { command: 'lock', body: { lock: null } }
      : {
          command: `lock --reason ${JSON.stringify(input.lockedReason)}`,
          body: { lock: { locked_reason: input.lockedReason } },
        },
  'server.unlock': () => ({ command: 'unlock', body: { unlock: null } }),
  'server.reset-state': ({ input }) => ({
    command: `set --state ${input.state ?? 'error'}`,
    body: { 'os-resetState': { state: input.state ?? 'error' } },
  }),
};

/** @returns what it would do to this server, or why it is refused */
export function explainServerAction(action: ServerActionName, facts: ServerActionFacts): Explanation {
  const decision = decideServerAction(action, facts);
  const { command, body } = SPOKEN[action](facts);
  const { id } = facts.server;
  return {
    action,
    refusals: decision.allowed ? [] : decision.refusals,
    steps: decision.allowed ? steps(action, facts) : [],
    warnings: warnings(action, facts),
    command: `openstack server ${command} ${id}`,
    request: { method: 'POST', path: `/v2.1/servers/${id}/action`, body },
  };
}

function steps(action: ServerActionName, { server, input }: ServerActionFacts): string[] {
  const rule: ServerActionRule = SERVER_ACTION_RULES[action];
  if (rule.kind === 'hosted') {
    const after = serverStatus(rule.end.vmState, null);
    return [
      `Server ${server.name} is busy (${rule.task}) and takes no other action meanwhile.`,
      `Host ${server.host ?? ''} does it, and the server becomes ${after}.`,
      'If the host cannot, the server stays what it is. Its volumes stay attached in any case.',
    ];
  }
  if (action === 'server.lock') return [`Server ${server.name} takes orders from administrators only.`];
  if (action === 'server.unlock')
    return [`Server ${server.name} takes orders from members of its project again.`];
  const after = serverStatus(input.state ?? 'error', null);
  return [`Server ${server.name} is recorded as ${after} without a task. Nothing happens on its host.`];
}

function warnings(action: ServerActionName, { server }: ServerActionFacts): string[] {
  if (ACTIONS[action].danger && action !== 'server.reset-state' && server.vmState === 'active') {
    return [
      `What runs on ${server.name} is interrupted; what its guest has not written to disk may be lost.`,
    ];
  }
  if (action === 'server.reset-state') {
    return ['This changes the record only. Make sure that it then tells the truth about the guest.'];
  }
  return [];
}
