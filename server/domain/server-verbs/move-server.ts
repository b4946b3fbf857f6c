/**
 * A server goes from one host to another: powered off, its disks let go there and held for it, connected here, and what
 * the host does then. A resize goes this way, and its way back does.
 */
import { applyChanges, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { disksOf, type ServerRecord } from '../engine/world';
import type { OperationPhase } from '../operation';
import type { TaskState } from '../server';
import { connectPhases } from './connect-disks';
import type { Last } from './disconnect-disks';
import { holdPhase } from './offload-disks';
import { carriedIds, giveUp, serverInHand, serverOvertaken } from './server-work';

export interface Move {
  /** Tasks of the server, all along. */
  tasks: readonly TaskState[];
  /** Its task once its disks are let go. */
  arriving: TaskState;
  /** The host it goes to. */
  target(work: Work, server: ServerRecord): string | null;
  /** What is forgotten when it cannot leave in the first place. */
  stays: Partial<Omit<ServerRecord, 'id'>>;
  /** What is left to do where it has arrived. */
  act: Phase;
  /** When a disk could not be connected there. */
  failed(work: Work, server: ServerRecord, reason: string): Step;
}

/** What has left its host and cannot arrive is in ERROR; its disks are still its own (Nova, _error_out_instance). */
export function strandServer(server: ServerRecord, reason: string): Step {
  return {
    changes: [update('server', server.id, { vmState: 'error', taskState: null })],
    message: `${server.name} did not arrive`,
    outcome: 'failed',
    reason,
  };
}

/** It turns around: powered off where it may run by now, its disks let go again; `target` is asked anew. */
export function turnBack(work: Work, server: ServerRecord, reason: string): Step {
  return {
    changes: [],
    message: `${server.name} goes back`,
    outcome: 'running',
    next: 'detach',
    reason,
    carry: { attachments: disksOf(work.world, server.id).map(({ id }) => id) },
  };
}

/** @returns phases `detach` (power off), `disconnect`, `reserve`, `connect`, `act` */
export function movePhases(move: Move): Partial<Record<OperationPhase, Phase>> {
  const arrive = (work: Work, server: ServerRecord, { changes, said }: Last): Step => {
    const host = move.target(work, server);
    const attachments = disksOf(applyChanges(work.world, changes), server.id).map(({ id }) => id);
    return {
      changes: [...changes, update('server', server.id, { host, taskState: move.arriving })],
      message: `${said === '' ? '' : `${said}; `}${server.name} comes to ${host ?? ''}`,
      outcome: 'running',
      next: attachments.length === 0 ? 'act' : 'reserve',
      carry: { attachments },
    };
  };
  const leave: Phase = {
    tasks: ({ operation }) => [{ call: 'powerOff', serverId: operation.subject.serverId ?? '' }],
    done: (work) => {
      const server = serverInHand(work, move.tasks);
      if (server === null) return serverOvertaken(work);
      if (carriedIds(work, 'attachments').length === 0)
        return arrive(work, server, { changes: [], said: '' });
      return {
        changes: [],
        message: `${server.name} is powered off`,
        outcome: 'running',
        next: 'disconnect',
      };
    },
    failed: (work, reason) => {
      const server = serverInHand(work, move.tasks);
      if (server === null) return serverOvertaken(work);
      const { reason: first } = work.operation;
      if (first !== null) return strandServer(server, first);
      return giveUp(server, `${server.name} could not be powered off`, reason, move.stays);
    },
  };
  return {
    detach: leave,
    disconnect: holdPhase('disconnect', move.tasks, arrive, 'host'),
    ...connectPhases({ tasks: move.tasks, next: 'act', task: move.arriving, failed: move.failed }),
    act: move.act,
  };
}
