/**
 * The catalog: where each API is, as the client reached us.
 */
import { createHash } from 'node:crypto';

export const REGION = 'RegionOne';

/**
 * The volume API is there under its old type and the one of today: older clients know the one, newer look for the other.
 * `path` ends with the project where clients of the service expect it.
 */
const SERVICES = [
  { type: 'identity', name: 'keystone', path: '/identity', ofProject: false },
  { type: 'compute', name: 'nova', path: '/compute/v2.1', ofProject: false },
  { type: 'volumev3', name: 'cinderv3', path: '/volume/v3', ofProject: true },
  { type: 'block-storage', name: 'cinder', path: '/volume/v3', ofProject: true },
  { type: 'image', name: 'glance', path: '/image', ofProject: false },
] as const;

const INTERFACES = ['public', 'internal', 'admin'] as const;

/**
 * @param origin under which the client reached us
 * @param projectId of the token; null for a token of no project, whose volume addresses go without
 */
export function catalog(origin: string, projectId: string | null) {
  return SERVICES.map(({ type, name, path, ofProject }) => ({
    id: idOf(type),
    type,
    name,
    endpoints: INTERFACES.map((face) => ({
      id: idOf(`${type} ${face}`),
      interface: face,
      region: REGION,
      region_id: REGION,
      url: `${origin}${path}${ofProject && projectId !== null ? `/${projectId}` : ''}`,
    })),
  }));
}

/** @returns the services without their addresses */
export function catalogServices() {
  return SERVICES.map(({ type, name }) => ({ id: idOf(type), type, name }));
}

/** @returns every address of every service; of those that differ by project, the pattern */
export function catalogEndpoints(origin: string) {
  return catalog(origin, '$(project_id)s').flatMap(({ id: serviceId, endpoints }) =>
    endpoints.map((endpoint) => ({ ...endpoint, serviceId })),
  );
}

/** 32 hex digits, the same in every process. */
function idOf(what: string): string {
  return createHash('sha256').update(`catalog ${what}`).digest('hex').slice(0, 32);
}
