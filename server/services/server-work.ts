/**
 * An action on a server alone in the worker's hands.
 */
import type { ServerActionName } from '~/server/domain/action';
import type { OperationPhase } from '~/server/domain/operation';
import type { TaskState, VmState } from '~/server/domain/server';
import {
  type HostedServerAction,
  SERVER_ACTION_RULES,
  type ServerActionRule,
} from '~/server/domain/server-action';
import type { Announced } from './announce';
import { commit, type OperationUpdate, type ServerUpdate, type StatesSnapshot } from './commit';
import type { Runtime } from './runtime';

export interface ServerWork {
  operationId: string;
  requestId: string;
  action: ServerActionName;
  phase: OperationPhase;
  projectId: string;
  before: Required<Pick<StatesSnapshot, 'server'>>;
  server: { id: string; name: string; host: string | null };
}

interface ServerWorkRow {
  request_id: string;
  action: ServerActionName;
  phase: OperationPhase;
  project_id: string;
  before: Required<Pick<StatesSnapshot, 'server'>>;
  server_id: string;
  server_name: string;
  host: string | null;
}

/** @returns null when the operation has ended */
export async function loadServerWork(runtime: Runtime, operationId: string): Promise<ServerWork | null> {
  const [row] = await runtime.database.sql<ServerWorkRow[]>`
    select o.request_id, o.action, o.phase, o.project_id, o.before, s.id as server_id, s.name as server_name, s.host
    from operations o join servers s on s.id = o.server_id
    where o.id = ${operationId} and o.outcome = 'running'`;
  if (row === undefined) return null;
  return {
    operationId,
    requestId: row.request_id,
    action: row.action,
    phase: row.phase,
    projectId: row.project_id,
    before: row.before,
    server: { id: row.server_id, name: row.server_name, host: row.host },
  };
}

/** @returns the rule of an action that has an asynchronous part */
export function hostedRule(action: ServerActionName): HostedServerAction {
  const rule: ServerActionRule = SERVER_ACTION_RULES[action];
  if (rule.kind !== 'hosted') throw new Error(`${action} has no asynchronous part`);
  return rule;
}

/** The host has done it: the server is in its end state, and free for the next action. */
export async function finishServerAction(runtime: Runtime, work: ServerWork): Promise<void> {
  const { end, task } = hostedRule(work.action);
  await endOperation(runtime, work, (now) => ({
    server: { id: work.server.id, ...end, taskState: ownTask(now.taskState, task) },
    update: { outcome: 'succeeded', message: `${work.server.name} is ${end.vmState}` },
  }));
}

/** The host could not: the server is what it was. */
export async function failServerAction(runtime: Runtime, work: ServerWork, reason: string): Promise<void> {
  const { task } = hostedRule(work.action);
  await endOperation(runtime, work, (now) => ({
    server: { id: work.server.id, vmState: now.vmState, taskState: ownTask(now.taskState, task) },
    update: { outcome: 'failed', message: reason, reason },
  }));
}

/** The host could not, but will be asked again: only the timeline learns of it. */
export async function noteServerFailure(runtime: Runtime, work: ServerWork, reason: string): Promise<void> {
  await runtime.database.sql.begin(async (sql) => {
    const [running] = await sql`
      select 1 from operations where id = ${work.operationId} and outcome = 'running' and phase = ${work.phase} for update`;
    if (running === undefined) return;
    const message = `${reason} It is tried again.`;
    await commit(sql, {
      updateOperation: {
        id: work.operationId,
        phase: work.phase,
        outcome: 'running',
        steps: [{ phase: work.phase, result: 'failed', message }],
      },
      announce: touched(work),
    });
  });
}

/** Ends our own task only: a reset or a harder reboot may have put another in its place. */
function ownTask(now: TaskState | null, task: TaskState): TaskState | null {
  return now === task ? null : now;
}

interface Ended {
  server: ServerUpdate;
  update: { outcome: 'succeeded' | 'failed'; message: string; reason?: string };
}

async function endOperation(
  runtime: Runtime,
  work: ServerWork,
  build: (now: { vmState: VmState; taskState: TaskState | null }) => Ended,
): Promise<void> {
  await runtime.database.sql.begin(async (sql) => {
    const [servers, operations] = await Promise.all([
      sql<{ vm_state: VmState; task_state: TaskState | null }[]>`
        select vm_state, task_state from servers where id = ${work.server.id} for update`,
      sql<{ phase: OperationPhase | null }[]>`
        select phase from operations where id = ${work.operationId} and outcome = 'running' for update`,
    ]);
    const [now] = servers;
    if (now === undefined || operations[0]?.phase !== work.phase) return;
    const { server, update } = build({ vmState: now.vm_state, taskState: now.task_state });
    await commit(sql, { server, updateOperation: ended(work, server, update), announce: touched(work) });
  });
}

function ended(
  work: ServerWork,
  server: ServerUpdate,
  { outcome, message, reason }: Ended['update'],
): OperationUpdate {
  return {
    id: work.operationId,
    phase: null,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    steps: [{ phase: 'act', result: outcome, message }],
    after: { server: { vmState: server.vmState, taskState: server.taskState } },
  };
}

function touched(work: ServerWork): Announced[] {
  return [
    { kind: 'server', id: work.server.id, projectId: work.projectId },
    { kind: 'operation', id: work.operationId, projectId: work.projectId },
  ];
}
