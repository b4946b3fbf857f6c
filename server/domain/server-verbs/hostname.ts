/**
 * What a guest calls itself.
 */

const MAX = 63;

/**
 * @returns its name with everything taken out that a host name may not have; for nothing left, one made of its id
 * Source: Nova utils.py, sanitize_hostname.
 */
export function defaultHostname({ id, name }: { id: string; name: string }): string {
  const letters = name
    .replaceAll(/[ _]/g, '-')
    .replaceAll(/[^\w.-]+/g, '')
    .toLowerCase();
  const trimmed = letters.replaceAll(/^[.-]+|[.-]+$/g, '').slice(0, MAX);
  return trimmed === '' ? `server-${id}` : trimmed;
}
