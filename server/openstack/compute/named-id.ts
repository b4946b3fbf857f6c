/**
 * Ids of what has none of its own here, made of its name: the same name has the same id everywhere.
 */
import { createHash } from 'node:crypto';

/** @returns a UUID of version 5's form */
export function namedId(...names: string[]): string {
  const digits = createHash('sha1').update(names.join('\n')).digest('hex');
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  return parts.join('-');
}
