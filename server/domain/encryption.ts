/**
 * How volumes of a type are encrypted, as far as it is known here: by what, where and how. Keys are kept elsewhere; a volume
 * knows the id of its own, and nothing more.
 * Source: cinder/api/schemas/volume_type_encryption.py
 */

/** Who encrypts: hosts or storage. */
export const CONTROL_LOCATIONS = ['front-end', 'back-end'] as const;
export type ControlLocation = (typeof CONTROL_LOCATIONS)[number];

export interface TypeEncryption {
  id: string;
  /** Name of what encrypts, e.g. `luks`. */
  provider: string;
  controlLocation: ControlLocation;
  /** null leaves it to the provider. */
  cipher: string | null;
  /** Bits; null leaves it to the provider. */
  keySize: number | null;
}
