/**
 * How volumes of a type are encrypted, and a volume, as the volume API shows it.
 */
import type { ControlLocation } from '~/server/domain/encryption';
import type { Context } from '../context';
import { authorize } from '../refused';
import { timeText } from './column-conditions';
import { getVolumeTypeRecord } from './volume-type-records';

/** Times are texts such as `2026-11-21T07:00:00.000000`, UTC. */
interface TypeEncryptionRecord {
  id: string;
  volume_type_id: string;
  provider: string;
  control_location: ControlLocation;
  cipher: string | null;
  /** Bits. */
  key_size: number | null;
  created_at: string;
  /** null as long as nothing has changed. */
  updated_at: string | null;
}

/**
 * @returns null when they are not encrypted
 * @throws RefusedError forbidden for all but administrators, not_found when there is no such type
 */
export async function getTypeEncryption(
  context: Context,
  typeId: string,
): Promise<TypeEncryptionRecord | null> {
  authorize(context, 'volume_extension:volume_type_encryption:get');
  return encryptionOf(context, (await getVolumeTypeRecord(context, typeId)).id);
}

/**
 * The same for whoever has a volume of the type.
 * @param typeId of a volume that the caller sees
 */
export async function encryptionOf(
  { runtime }: Context,
  typeId: string,
): Promise<TypeEncryptionRecord | null> {
  const { sql } = runtime.database;
  const [row] = await sql<TypeEncryptionRecord[]>`
    select id, volume_type_id, provider, control_location, cipher, key_size,
      ${timeText(sql, sql`created_at`)} as created_at, ${timeText(sql, sql`updated_at`)} as updated_at
    from volume_type_encryptions where volume_type_id = ${typeId}`;
  return row ?? null;
}
