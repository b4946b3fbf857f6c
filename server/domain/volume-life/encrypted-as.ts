/**
 * Whether a volume is encrypted, which its type says.
 */
import type { VolumeRecord, VolumeTypeRecord } from '../engine/world';
import { isMultiattachType } from './type-of-volume';

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

/**
 * Types change as long as no volume has them, one that waits for its new type too.
 * @returns why the volume cannot be given the type by now; null when it can
 */
export function unfitByNow(volume: VolumeRecord, type: VolumeTypeRecord | undefined): string | null {
  if (type === undefined || !isMultiattachType(type) || (type.encryption == null && !volume.encrypted))
    return null;
  return `type ${type.name} is multiattach, and the volume would be encrypted: no volume can be both`;
}
