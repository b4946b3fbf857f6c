/**
 * Detach a volume from a server: marks it, and leaves the host's part to the worker.
 */
import { randomUUID } from 'node:crypto';
import { type DetachEffects, type DetachFacts, decideDetach } from '~/server/domain/detach-volume';
import { type Changeset, commit, type OperationStart } from './commit';
import type { Context } from './context';
import { loadDetachFacts, type PairIds } from './load';
import { RefusedError } from './refused';

/**
 * @param ids the pair
 * @returns as soon as the volume is `detaching`; the operation tells when the disk has gone. On a shelved-offloaded
 *   server it has gone at once.
 * @throws RefusedError with every refusal; nothing is changed then
 */
export async function detachVolume(context: Context, ids: PairIds): Promise<{ operationId: string }> {
  return context.runtime.database.sql.begin(async (sql) => {
    const facts = await loadDetachFacts(sql, context, ids, 'update');
    const decision = decideDetach(facts);
    if (!decision.allowed) throw new RefusedError(decision.refusals);
    const operationId = randomUUID();
    await commit(sql, changeset(context, facts, decision.effects, operationId));
    return { operationId };
  });
}

function changeset(
  context: Context,
  facts: DetachFacts,
  effects: DetachEffects,
  operationId: string,
): Changeset {
  const { server, volume } = facts;
  const shared = {
    volume: { id: volume.id, ...effects.volume },
    startOperation: operationStart(context, facts, effects.attachmentId, operationId),
    announce: [
      { kind: 'volume', id: volume.id, projectId: volume.projectId },
      { kind: 'server', id: server.id, projectId: server.projectId },
      { kind: 'attachment', id: effects.attachmentId, projectId: volume.projectId },
      { kind: 'operation', id: operationId, projectId: server.projectId },
    ],
  } as const satisfies Partial<Changeset>;
  if (effects.via === 'offloaded') {
    const message = `${volume.name} is detached from ${server.name}, which was on no host`;
    return {
      ...shared,
      deleteAttachment: effects.attachmentId,
      updateOperation: {
        id: operationId,
        phase: null,
        outcome: 'succeeded',
        steps: [{ phase: 'finish', result: 'succeeded', message }],
        after: { volume: effects.volume, attachment: { attachStatus: 'detached' } },
      },
    };
  }
  const message = `${volume.name} is marked to leave ${server.name}`;
  return {
    ...shared,
    updateOperation: {
      id: operationId,
      phase: 'disconnect',
      outcome: 'running',
      steps: [{ phase: 'detach', result: 'succeeded', message }],
    },
    job: 'volume.detach',
  };
}

function operationStart(
  { actor, requestId }: Context,
  { server, volume, attachment }: DetachFacts,
  attachmentId: string,
  operationId: string,
): OperationStart {
  return {
    id: operationId,
    action: 'volume.detach',
    requestId,
    userId: actor.userId,
    userName: actor.userName,
    projectId: server.projectId,
    server: { id: server.id, name: server.name },
    volume: { id: volume.id, name: volume.name },
    attachmentId,
    input: { device: attachment?.computeSide?.device ?? null },
    before: {
      volume: { status: volume.status, attachStatus: volume.attachStatus },
      attachment: { attachStatus: attachment?.attachStatus ?? null },
    },
  };
}
