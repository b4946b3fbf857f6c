/**
 * The identity API's version documents: the list at its root, and the one version below it. Both spellings of each
 * address are answered, as clients use both and follow no redirect.
 * Source: keystone/api/discovery.py
 */
import type { Answer } from '../route';

/** @returns null for what a route answers */
export function identityVersions(
  { origin }: { origin: string },
  method: string,
  path: string,
): Answer | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  const version = {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${origin}/identity/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
  if (path === '/') return { status: 300, body: { versions: { values: [version] } } };
  if (path === '/v3' || path === '/v3/') return { status: 200, body: { version } };
  return null;
}
