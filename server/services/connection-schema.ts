/**
 * The shapes of what is sealed at rest, checked when it is opened again: an older release may have sealed it.
 */
import { z } from 'zod';
import { unseal } from '~/db/seal';
import type { ConnectionInfo, Connector } from '~/server/domain/connection';

const connectorSchema = z.object({
  host: z.string(),
  ip: z.string(),
  initiator: z.string(),
  multipath: z.boolean(),
});

const connectionInfoSchema = z.object({
  driverVolumeType: z.string(),
  data: z.record(z.string(), z.json()),
});

/** @throws when the text does not open with this key, or holds no connector */
export async function openConnector(key: Uint8Array, sealed: string | null): Promise<Connector | null> {
  return sealed === null ? null : connectorSchema.parse(await unseal(key, sealed));
}

/** @throws when the text does not open with this key, or holds no connection info */
export async function openConnectionInfo(
  key: Uint8Array,
  sealed: string | null,
): Promise<ConnectionInfo | null> {
  return sealed === null ? null : connectionInfoSchema.parse(await unseal(key, sealed));
}
