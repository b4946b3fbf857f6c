/**
 * The compute API's version documents, open to everybody: clients read them before they have a token.
 * Source: nova/api/openstack/compute/versions.py and nova/api/openstack/compute/views/versions.py
 */
import { FaultError } from '../fault';
import { negotiate, versionHeaders } from '../microversion';
import { type Answer, answer, type Route, route } from '../route';
import { COMPUTE_VERSIONS } from './microversions';

interface Version {
  id: string;
  status: string;
  version: string;
  min_version: string;
  updated: string;
  /** Path of its root. */
  path: string;
  /** As media types name it. */
  media: string;
}

const { major, min, max } = COMPUTE_VERSIONS;

/** 2.0 is what clients of before microversions ask for: 2.1 that takes no offence at keys it does not know. */
const V20: Version = {
  id: 'v2.0',
  status: 'SUPPORTED',
  version: '',
  min_version: '',
  updated: '2011-01-21T11:33:21Z',
  path: '/v2/',
  media: '2',
};
const V21: Version = {
  id: 'v2.1',
  status: 'CURRENT',
  version: `${major}.${max}`,
  min_version: `${major}.${min}`,
  updated: '2013-07-23T11:33:21Z',
  path: '/v2.1/',
  media: '2.1',
};
const VERSIONS = [V20, V21];

type Place = { origin: string };

function self({ origin }: Place, { path }: Version, below = '') {
  return { rel: 'self', href: `${origin}/compute${path}${below}` };
}

function mediaTypes({ media }: Version) {
  return [{ base: 'application/json', type: `application/vnd.openstack.compute+json;version=${media}` }];
}

function entry(place: Place, version: Version) {
  const { path: _path, media: _media, ...shown } = version;
  return { ...shown, links: [self(place, version)] };
}

function document(place: Place, version: Version) {
  const { links, ...shown } = entry(place, version);
  const describedBy = { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' };
  return { version: { ...shown, links: [...links, describedBy], 'media-types': mediaTypes(version) } };
}

/** What somebody is offered who asks for a path of no version: the same path below each. */
function choices(place: Place, path: string): Answer {
  const below = path.replace(/^\/+|(?<!\/)\/+$/g, '');
  return {
    status: 300,
    body: {
      choices: VERSIONS.map((version) => ({
        id: version.id,
        status: version.status,
        links: [self(place, version, below)],
        'media-types': mediaTypes(version),
      })),
    },
  };
}

/**
 * @param path below the prefix
 * @returns null for what a route answers
 * @throws FaultError 400 or 406 for a version that is none, or is not spoken; only the document of 2.1 asks for one
 */
export function computeVersions(
  place: { origin: string; headers: Headers },
  method: string,
  path: string,
): Answer | null {
  // A browser that asks what it may send needs no token for that.
  if (method === 'OPTIONS') return { status: 200 };
  if (path === '/')
    return { status: 200, body: { versions: VERSIONS.map((version) => entry(place, version)) } };
  const version = VERSIONS.find((each) => `${path}/`.startsWith(each.path));
  if (version === undefined) return choices(place, path);
  if (method !== 'GET' || (path !== version.path && `${path}/` !== version.path)) return null;
  const headers =
    version === V21 ? versionHeaders(COMPUTE_VERSIONS, negotiate(COMPUTE_VERSIONS, place.headers)) : {};
  return { status: 200, body: document(place, version), headers };
}

const show = route({
  method: 'GET',
  path: '/versions/:id',
  summary: 'Show a version of the API',
  status: 200,
  handle: ({ origin, params }) => {
    const version = VERSIONS.find(({ id }) => id === params.id);
    if (version === undefined) throw new FaultError(404, `There is no version ${params.id}.`);
    return answer(document({ origin }, version));
  },
});

export const VERSION_ROUTES: readonly Route[] = [show];
