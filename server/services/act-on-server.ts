/**
 * Do an action to a server: start, stop, pause, lock …
 */
import { randomUUID } from 'node:crypto';
import type { TransactionSql } from 'postgres';
import {
  decideServerAction,
  type ServerActionEffects,
  type ServerActionFacts,
  type ServerActionInput,
} from '~/server/domain/act-on-server';
import { ACTIONS, type ServerActionName } from '~/server/domain/action';
import { type Changeset, commit, type OperationUpdate, type ServerUpdate } from './commit';
import type { Context } from './context';
import { type Locking, loadServer } from './load';
import { RefusedError } from './refused';

export interface ServerActionRequest {
  serverId: string;
  action: ServerActionName;
  input: ServerActionInput;
}

/**
 * @returns as soon as the server is busy with it (or, for what needs no host, when it is done)
 * @throws RefusedError with every refusal; nothing is changed then
 */
export async function actOnServer(
  context: Context,
  request: ServerActionRequest,
): Promise<{ operationId: string }> {
  return context.runtime.database.sql.begin(async (sql) => {
    const facts = await loadServerActionFacts(sql, context, request, 'update');
    const decision = decideServerAction(request.action, facts);
    if (!decision.allowed) throw new RefusedError(decision.refusals);
    const operationId = randomUUID();
    await commit(sql, changeset(context, request, facts, decision.effects, operationId));
    return { operationId };
  });
}

/** Facts for {@link decideServerAction}; `none` locks nothing, for who only wants to know. */
export async function loadServerActionFacts(
  sql: TransactionSql,
  context: Context,
  { serverId, input }: Omit<ServerActionRequest, 'action'>,
  locking: Locking,
): Promise<ServerActionFacts> {
  const { server, host } = await loadServer(sql, context, serverId, locking);
  return { actor: context.actor, server, host, input };
}

function changeset(
  context: Context,
  { action, input }: ServerActionRequest,
  { server }: ServerActionFacts,
  effects: ServerActionEffects,
  operationId: string,
): Changeset {
  const update = serverUpdate(server, effects);
  return {
    server: update,
    startOperation: {
      id: operationId,
      action,
      requestId: context.requestId,
      userId: context.actor.userId,
      userName: context.actor.userName,
      projectId: server.projectId,
      server: { id: server.id, name: server.name },
      volume: null,
      attachmentId: null,
      input: { ...input },
      before: { server: { vmState: server.vmState, taskState: server.taskState } },
    },
    updateOperation: operationUpdate(action, server.name, effects, update, operationId),
    announce: [
      { kind: 'server', id: server.id, projectId: server.projectId },
      { kind: 'operation', id: operationId, projectId: server.projectId },
    ],
    ...(effects.kind === 'hosted' ? { job: action } : {}),
  };
}

function serverUpdate(server: ServerActionFacts['server'], effects: ServerActionEffects): ServerUpdate {
  const base = { id: server.id, vmState: server.vmState, taskState: server.taskState };
  if (effects.kind === 'hosted') return { ...base, taskState: effects.task };
  const { vmState, taskState, lockedBy, lockedReason } = effects.change;
  return {
    ...base,
    ...(vmState === undefined ? {} : { vmState }),
    ...(taskState === undefined ? {} : { taskState }),
    ...(lockedBy === undefined ? {} : { lock: { by: lockedBy, reason: lockedReason ?? null } }),
  };
}

function operationUpdate(
  action: ServerActionName,
  serverName: string,
  effects: ServerActionEffects,
  update: ServerUpdate,
  id: string,
): OperationUpdate {
  const message = `${ACTIONS[action].gerund} ${serverName}`;
  if (effects.kind === 'hosted') {
    return { id, phase: 'act', outcome: 'running', steps: [{ phase: 'act', result: 'started', message }] };
  }
  return {
    id,
    phase: null,
    outcome: 'succeeded',
    steps: [{ phase: 'act', result: 'succeeded', message }],
    after: { server: { vmState: update.vmState, taskState: update.taskState } },
  };
}
