/**
 * Attach a volume to a server: reserves it, and leaves the rest to the worker.
 */
import { randomUUID } from 'node:crypto';
import {
  type AttachEffects,
  type AttachFacts,
  type AttachRequest,
  decideAttach,
} from '~/server/domain/attach-volume';
import { COMPLETED } from '~/server/domain/attachment-life';
import { type Changeset, commit, type OperationStart } from './commit';
import type { Context } from './context';
import { loadAttachFacts, type PairIds } from './load';
import { RefusedError } from './refused';

export interface AttachResult {
  operationId: string;
  attachmentId: string;
  /** e.g. `/dev/vdb`; null on a shelved-offloaded server, which names its disks when it is unshelved. */
  device: string | null;
}

/**
 * @param input ids of the pair, and what is wanted of the disk
 * @returns as soon as the volume is reserved; the operation tells when the disk is there
 * @throws RefusedError with every refusal; nothing is changed then
 */
export async function attachVolume(
  context: Context,
  input: PairIds & { request: AttachRequest },
): Promise<AttachResult> {
  return context.runtime.database.sql.begin(async (sql) => {
    const facts = await loadAttachFacts(sql, context, input, 'update');
    const decision = decideAttach(facts);
    if (!decision.allowed) throw new RefusedError(decision.refusals);
    const { device } = decision.effects;
    const operationId = randomUUID();
    const attachmentId = randomUUID();
    await commit(sql, changeset(context, facts, decision.effects, { operationId, attachmentId }));
    return { operationId, attachmentId, device };
  });
}

function changeset(
  context: Context,
  facts: AttachFacts,
  effects: AttachEffects,
  ids: { operationId: string; attachmentId: string },
): Changeset {
  const { server, volume, request } = facts;
  const shared = {
    volume: { id: volume.id, ...effects.volume },
    insertAttachment: {
      id: ids.attachmentId,
      volumeId: volume.id,
      multiattach: volume.multiattach,
      instanceId: server.id,
      bdmId: randomUUID(),
      attachStatus: effects.attachStatus,
      mode: effects.mode,
      device: effects.device,
      tag: request.tag,
      deleteOnTermination: request.deleteOnTermination,
    },
    startOperation: operationStart(context, facts, ids),
    announce: [
      { kind: 'volume', id: volume.id, projectId: volume.projectId },
      { kind: 'server', id: server.id, projectId: server.projectId },
      { kind: 'attachment', id: ids.attachmentId, projectId: volume.projectId },
      { kind: 'operation', id: ids.operationId, projectId: server.projectId },
    ],
  } as const satisfies Partial<Changeset>;
  if (effects.via === 'offloaded') {
    const message = `${volume.name} is attached to ${server.name}, which is on no host; it gets its device when it is unshelved`;
    return {
      ...shared,
      updateOperation: {
        id: ids.operationId,
        phase: null,
        outcome: 'succeeded',
        steps: [{ phase: 'complete', result: 'succeeded', message }],
        after: { volume: COMPLETED.volume, attachment: { attachStatus: 'attached' } },
      },
    };
  }
  const message = `${volume.name} is reserved for ${server.name} as ${effects.device ?? 'a disk'}, ${effects.mode}`;
  return {
    ...shared,
    updateOperation: {
      id: ids.operationId,
      phase: 'connect',
      outcome: 'running',
      steps: [{ phase: 'reserve', result: 'succeeded', message }],
    },
    job: 'volume.attach',
  };
}

function operationStart(
  { actor, requestId }: Context,
  { server, volume, request }: AttachFacts,
  ids: { operationId: string; attachmentId: string },
): OperationStart {
  return {
    id: ids.operationId,
    action: 'volume.attach',
    requestId,
    userId: actor.userId,
    userName: actor.userName,
    projectId: server.projectId,
    server: { id: server.id, name: server.name },
    volume: { id: volume.id, name: volume.name },
    attachmentId: ids.attachmentId,
    input: { ...request },
    before: {
      volume: { status: volume.status, attachStatus: volume.attachStatus },
      attachment: { attachStatus: null },
    },
  };
}
