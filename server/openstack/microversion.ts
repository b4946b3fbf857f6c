/**
 * Which version of an API a request asks for, and how the answer says so.
 * Source: spec of the compute API (api-guide/source/microversions.rst) and of the volume API (cinder/api/openstack/wsgi.py).
 */
import { FaultError } from './fault';

const STANDARD = 'openstack-api-version';

export interface Microversions {
  major: number;
  min: number;
  max: number;
  /** What the standard header may call the service; the first is how answers call it. */
  names: readonly [string, ...string[]];
  /** Header of before there was a standard one. */
  legacy?: string;
  /** Whether the standard header, where there is one, has to name the service; of several entries the first then counts. */
  namedFirst?: true;
}

/** No leading zeros, as `2.01` is no version. */
const pattern = /^([1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * @returns the minor version asked for, the lowest without a header, the highest for `latest`
 * @throws FaultError 400 for what is no version, 406 for one we do not speak; only then does the answer say a version:
 * the one that was asked for
 */
export function negotiate(known: Microversions, headers: Headers): number {
  const asked = askedVersion(known, headers);
  if (asked === null) return known.min;
  if (asked === 'latest') return known.max;
  const match = pattern.exec(asked);
  if (match === null) {
    throw new FaultError(400, `${asked} is no API version; it is written like ${text(known, known.max)}.`);
  }
  const [, major, minor] = match;
  if (Number(major) !== known.major || Number(minor) < known.min || Number(minor) > known.max) {
    throw new FaultError(
      406,
      `Version ${asked} is not supported; ${text(known, known.min)} to ${text(known, known.max)} are.`,
      versionHeaders(known, asked),
    );
  }
  return Number(minor);
}

/**
 * @returns what the last entry for this service says; entries for other services are not ours to judge
 * @throws FaultError 400 where the header has to name the service, and does not
 */
function askedVersion(known: Microversions, headers: Headers): string | null {
  const entries = (headers.get(STANDARD) ?? '').split(',').map((entry) => entry.trim().split(/\s+/));
  const own = entries
    .filter(([name]) => known.names.includes(name?.toLowerCase() ?? ''))
    .at(known.namedFirst === true ? 0 : -1);
  if (own !== undefined) return own.slice(1).join(' ');
  if (known.namedFirst === true && headers.has(STANDARD)) {
    throw new FaultError(
      400,
      `The header OpenStack-API-Version names no version of this API; it is written like ${known.names[0]} ${text(known, known.max)}.`,
    );
  }
  if (known.legacy === undefined) return null;
  return headers.get(known.legacy)?.split(',').at(-1)?.trim() ?? null;
}

/** @param version as shown: a minor of ours, or what somebody asked for */
export function versionHeaders(known: Microversions, version: number | string): Record<string, string> {
  const shown = typeof version === 'number' ? text(known, version) : version;
  const { legacy } = known;
  return {
    [STANDARD]: `${known.names[0]} ${shown}`,
    ...(legacy === undefined ? {} : { [legacy]: shown }),
    vary: ['OpenStack-API-Version', ...(legacy === undefined ? [] : ['X-OpenStack-Nova-API-Version'])].join(
      ', ',
    ),
  };
}

function text({ major }: Microversions, minor: number): string {
  return `${major}.${minor}`;
}
