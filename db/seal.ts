/**
 * Encryption at rest for what must not be read from a dump of the database: connectors, connection info, passwords in
 * imported documents. Compact JWE with a key of ours (`dir`, A256GCM).
 */
import { CompactEncrypt, compactDecrypt } from 'jose';

/**
 * @param key 32 bytes
 * @param value anything JSON can say
 * @returns text that only the same key opens; different every time, so never compare it
 */
export function seal(key: Uint8Array, value: unknown): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);
}

/**
 * @param key the key it was sealed with
 * @returns the value that was sealed
 * @throws JWEDecryptionFailed when the key is another one or the text was changed
 */
export async function unseal(key: Uint8Array, text: string): Promise<unknown> {
  const { plaintext } = await compactDecrypt(text, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return JSON.parse(new TextDecoder().decode(plaintext));
}
