import { createHash } from 'node:crypto';

/**
 * A UUID made from names, so that a second import makes the same one (version 8 of RFC 9562: our own scheme).
 * @param names what it stands for, most general first
 */
export function deterministicUuid(...names: string[]): string {
  const digest = createHash('sha256').update(names.join('\u0000')).digest('hex');
  const variant = ((Number.parseInt(digest.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(18, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
