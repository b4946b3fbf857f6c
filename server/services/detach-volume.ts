/**
 * Detach a volume from a server: marks it, and leaves the host's part to the worker.
 */
import type { PairIds } from './attach-volume';
import type { Context } from './context';
import { perform } from './perform';

/**
 * @param ids the pair
 * @returns as soon as the volume is `detaching`; the operation tells when the disk has gone. On a shelved-offloaded
 *   server it has gone at once.
 * @throws RefusedError with every refusal; nothing is changed then
 */
export async function detachVolume(
  context: Context,
  { serverId, volumeId }: PairIds,
): Promise<{ operationId: string }> {
  const { operationId } = await perform(context, {
    action: 'volume.detach',
    id: serverId,
    input: { volumeId },
  });
  return { operationId };
}
