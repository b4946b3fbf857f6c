/**
 * The shapes of what is sealed at rest, checked when it is opened again: an import or an older release may have sealed it.
 */
import { z } from 'zod';
import { seal, unseal } from '~/db/seal';
import type { ConnectionInfo, Connector } from '~/server/domain/connection';

const text = z
  .string()
  .nullish()
  .transform((given) => given ?? '');

const connectorSchema = z.object({
  // Programs bring connectors of their own along: what their protocol does not need is not in them.
  host: text,
  ip: text,
  initiator: text,
  multipath: z
    .union([z.boolean(), z.string()])
    .nullish()
    .transform((given) => given === true || ['true', '1', 'yes', 'on'].includes(String(given).toLowerCase())),
});

const ownConnectionInfo = z.object({
  driverVolumeType: z.string(),
  data: z.record(z.string(), z.json()),
});

/** Flat, as the Block Storage API shows it: what an import has sealed. */
const importedConnectionInfo = z
  .object({ driver_volume_type: z.string() })
  .catchall(z.json())
  .transform(({ driver_volume_type: driverVolumeType, ...data }) => ({ driverVolumeType, data }));

const connectionInfoSchema = z.union([ownConnectionInfo, importedConnectionInfo]);

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

/** @returns the text to keep; only the key opens it again */
export function sealConnection(key: Uint8Array, secret: Connector | ConnectionInfo): Promise<string> {
  return seal(key, secret);
}
