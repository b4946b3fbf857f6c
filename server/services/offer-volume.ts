/**
 * A volume is offered by a program: the key is made up for it.
 */
import { randomBytes } from 'node:crypto';
import type { Context } from './context';
import { perform } from './perform';

/** As many as upstream's keys have (cinder option `volume_transfer_key_length`: 16 digits). */
const KEY_BYTES = 8;

/**
 * @param offer.noSnapshots only if it has none
 * @returns id of the transfer, and the key: told now, and never again
 * @throws RefusedError with every refusal
 */
export async function offerVolume(
  context: Context,
  { volumeId, name, noSnapshots }: { volumeId: string; name: string | undefined; noSnapshots: boolean },
): Promise<{ transferId: string; authKey: string }> {
  const authKey = randomBytes(KEY_BYTES).toString('hex');
  const { answer } = await perform(context, {
    action: 'volume.create-transfer',
    id: volumeId,
    input: { name, authKey, noSnapshots },
  });
  return { transferId: String(answer.transferId), authKey };
}
