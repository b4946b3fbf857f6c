/**
 * The volume API's version documents, open to everybody: clients read them before they have a token.
 * Source: cinder/api/versions.py and cinder/api/views/versions.py
 */
import { negotiate, versionHeaders } from '../microversion';
import type { Answer } from '../route';
import { UNKNOWN_ROUTE } from '../vendor-faults';
import { VOLUME_VERSIONS } from './microversions';

/** Both forms are answered at once: a client need not follow a redirect. */
const V3 = ['/v3', '/v3/'];

/**
 * @param path below the prefix
 * @returns null for what a route answers
 * @throws FaultError 400 or 406 for a version that is none, or is not spoken; the list of versions is for everybody
 */
export function volumeVersions(
  { origin, headers }: { origin: string; headers: Headers },
  method: string,
  path: string,
): Answer | null {
  if (V3.includes(path)) {
    if (method !== 'GET') return null;
    const minor = negotiate(VOLUME_VERSIONS, headers);
    return { status: 200, body: document(origin), headers: versionHeaders(VOLUME_VERSIONS, minor) };
  }
  if (path.startsWith('/v3/')) return null;
  if (path !== '/' || method !== 'GET') return { status: 404, body: UNKNOWN_ROUTE };
  return {
    status: 300,
    body: document(origin),
    headers: versionHeaders(VOLUME_VERSIONS, VOLUME_VERSIONS.min),
  };
}

function document(origin: string): unknown {
  const { major, min, max } = VOLUME_VERSIONS;
  return {
    versions: [
      {
        id: `v${major}.0`,
        status: 'CURRENT',
        version: `${major}.${max}`,
        min_version: `${major}.${min}`,
        updated: '2023-08-31T00:00:00Z',
        links: [
          { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
          { rel: 'self', href: `${origin}/volume/v3/` },
        ],
        'media-types': [
          { base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' },
        ],
      },
    ],
  };
}
