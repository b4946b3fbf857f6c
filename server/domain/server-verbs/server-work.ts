/**
 * What the phases of actions on a server have in common: the server as it is by then, and what they hand on.
 */
import { type Change, update } from '../engine/change';
import type { Step, Work } from '../engine/verb';
import type { ServerRecord } from '../engine/world';
import type { TaskState } from '../server';

/** @returns the server while it is at one of the operation's own tasks; null when somebody has set another state */
export function serverInHand(work: Work, tasks: readonly TaskState[]): ServerRecord | null {
  const server = work.world.server.get(work.operation.subject.serverId ?? '');
  return server?.taskState != null && tasks.includes(server.taskState) ? server : null;
}

/** @param kept what is written all the same: what hosts and storage have done is done */
export function serverOvertaken({ world, operation }: Work, kept: readonly Change[] = []): Step {
  const server = world.server.get(operation.subject.serverId ?? '');
  const now = server === undefined ? 'is gone' : `is ${server.taskState ?? server.vmState} by now`;
  const reason = `Server ${server?.name ?? operation.subject.serverId ?? ''} ${now}.`;
  return { changes: kept, message: reason, outcome: 'failed', cause: 'overtaken', reason };
}

/** The server has no task any more, and stays what it was. @param set what else is to be put back */
export function giveUp(
  server: ServerRecord,
  message: string,
  reason: string,
  set: Partial<Omit<ServerRecord, 'id'>> = {},
): Step {
  return {
    changes: [update('server', server.id, { ...set, taskState: null })],
    message,
    outcome: 'failed',
    reason,
  };
}

/** @returns ids that an earlier step has handed on, under a name that their rows are loaded by */
export function carriedIds({ operation }: Work, name: 'attachments' | 'volumes'): string[] {
  const value = operation.carry[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** @returns a text that the plan has handed on; null when it has not */
export function carriedText({ operation }: Work, name: string): string | null {
  const value = operation.carry[name];
  return typeof value === 'string' ? value : null;
}
