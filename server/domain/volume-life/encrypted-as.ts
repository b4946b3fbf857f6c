/**
 * Whether a volume is encrypted, which its type says.
 */
import type { VolumeRecord, VolumeTypeRecord } from '../engine/world';

type Encrypted = Pick<VolumeRecord, 'encrypted' | 'encryptionKeyId'>;

/**
 * @param before type that it has; undefined for one that is not known any more
 * @param type that it gets
 * @param fresh makes the id of a key
 * @returns what changes with the type: a key that it has stays; nothing where neither type says how to encrypt, as a
 * volume of another cloud may be encrypted by what is not known here
 */
export function encryptedAs(
  volume: VolumeRecord,
  before: VolumeTypeRecord | undefined,
  type: VolumeTypeRecord | undefined,
  fresh: () => string,
): Partial<Encrypted> {
  if (type === undefined || (type.encryption == null && before?.encryption == null)) return {};
  if (type.encryption == null) return { encrypted: false, encryptionKeyId: null };
  return { encrypted: true, encryptionKeyId: volume.encryptionKeyId ?? fresh() };
}
