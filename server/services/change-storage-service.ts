/**
 * Puts services of the storage side in and out of use: the scheduler looks at them when it places a volume.
 */
import type { Context } from './context';
import { perform } from './perform';
import { authorize, RefusedError } from './refused';

/**
 * @param service.binary e.g. `cinder-volume`
 * @param service.reason why it is disabled; null for none
 * @throws RefusedError forbidden for all but administrators, not_found when there is no such service
 */
export async function setServiceEnabled(
  context: Context,
  service: { host: string; binary: string; enabled: boolean; reason: string | null },
): Promise<void> {
  // Before anybody learns whether there is such a service.
  authorize(context, 'volume_extension:services:update');
  const { host, binary, enabled, reason } = service;
  const id = `${binary}@${host}`;
  if (enabled) await perform(context, { action: 'storage-service.enable', id, input: {} });
  else {
    const input = reason === null ? {} : { reason };
    await perform(context, { action: 'storage-service.disable', id, input });
  }
}

/**
 * @param host `host@backend` of a volume service
 * @throws RefusedError forbidden for all but administrators, invalid when there is no such service
 */
export async function setHostFrozen(context: Context, host: string, frozen: boolean): Promise<void> {
  authorize(context, frozen ? 'volume:freeze_host' : 'volume:thaw_host');
  const action = frozen ? 'storage-service.freeze' : 'storage-service.thaw';
  try {
    await perform(context, { action, id: `cinder-volume@${host}`, input: {} });
  } catch (error) {
    // Not not_found, in upstream's API too (cinder/api/v3/services.py, _freeze).
    if (error instanceof RefusedError && error.refusals[0].code === 'not_found') throw noBackend(host);
    throw error;
  }
}

/**
 * Backends here have no replica to switch over to.
 * @throws RefusedError always: forbidden, not known, or unsupported
 */
export async function failOver(context: Context, host: string): Promise<never> {
  authorize(context, 'volume:failover_host');
  const { sql } = context.runtime.database;
  const [there] = await sql`select 1 from services s where s.host = ${host} and s.binary = 'cinder-volume'`;
  if (there === undefined) throw noBackend(host);
  throw new RefusedError([
    {
      rule: 'storage-service.no-replica',
      code: 'unsupported',
      message: `Backend ${host} is not replicated: there is nothing to switch over to.`,
    },
  ]);
}

function noBackend(host: string): RefusedError {
  return new RefusedError([
    {
      rule: 'storage-service.no-backend',
      code: 'invalid',
      message: `There is no volume service on host ${host}.`,
    },
  ]);
}
