/**
 * Connects a host to a volume that it attaches by itself, and tells it where the volume is.
 */
import type { ConnectionInfo } from '~/server/domain/connection';
import { awaitOperation, OperationFailedError } from './await-operation';
import { openConnectionInfo } from './connection-schema';
import type { Context } from './context';
import { perform } from './perform';

export interface Initialized {
  /** With its secrets. */
  connection: ConnectionInfo;
  volume: { readonly: boolean; encrypted: boolean; cacheable: boolean };
}

/**
 * @param asked.connector as the host has sent it
 * @throws RefusedError when the rules refuse
 * @throws OperationFailedError with the reason when storage does
 */
export async function initializeConnection(
  context: Context,
  asked: { volumeId: string; connector: Readonly<Record<string, unknown>> },
): Promise<Initialized> {
  const { volumeId: id, connector } = asked;
  const performed = await perform(context, {
    action: 'volume.initialize-connection',
    id,
    input: { connector },
  });
  const { connectionInfo: sealed } = await awaitOperation(context, performed);
  const { database, secretKey } = context.runtime;
  const [connection, [volume]] = await Promise.all([
    openConnectionInfo(secretKey, typeof sealed === 'string' ? sealed : null),
    database.sql<Initialized['volume'][]>`
      select v.readonly, v.encrypted, coalesce(t.extra_specs->>'cacheable' = '<is> True', false) as cacheable
      from volumes v left join volume_types t on t.id = v.volume_type_id where v.id = ${id}`,
  ]);
  if (connection === null || volume === undefined)
    throw new OperationFailedError('Storage has not said where the volume is.', 'fault');
  return { connection, volume };
}
