/**
 * Attach a volume to a server: reserves it, and leaves the rest to the worker.
 */
import type { AttachRequest } from '~/server/domain/attach-volume';
import type { Context } from './context';
import { perform } from './perform';

/** A server and a volume. */
export interface PairIds {
  serverId: string;
  volumeId: string;
}

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
  { serverId, ...input }: PairIds & { request: AttachRequest },
): Promise<AttachResult> {
  const call = { action: 'volume.attach', id: serverId, input: attachInput(input) } as const;
  const { operationId, answer } = await perform(context, call);
  return {
    operationId,
    attachmentId: String(answer.attachmentId),
    device: (answer.device as string) ?? null,
  };
}

/** @returns the verb's input: what is null there is absent here */
export function attachInput({ volumeId, request }: { volumeId: string; request: AttachRequest }) {
  const given = Object.entries(request).filter(([, value]) => value !== null);
  return { volumeId, ...Object.fromEntries(given) };
}
