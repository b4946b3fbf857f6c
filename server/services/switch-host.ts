/**
 * Whether a compute host takes new servers.
 */
import type { Context } from './context';
import { perform } from './perform';
import { authorize } from './refused';

/**
 * @param reason why it is switched off; null for none
 * @throws RefusedError forbidden for all but administrators, not_found for a host that is not known
 */
export async function switchHost(
  context: Context,
  host: string,
  { enabled, reason }: { enabled: boolean; reason: string | null },
): Promise<void> {
  // Before anybody learns whether there is such a host.
  authorize(context, 'os_compute_api:os-services:update');
  if (enabled) await perform(context, { action: 'compute-service.enable', id: host, input: {} });
  else {
    const input = reason === null ? {} : { reason };
    await perform(context, { action: 'compute-service.disable', id: host, input });
  }
}
