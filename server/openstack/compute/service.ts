/**
 * The compute API, 2.1 to 2.93.
 */
import type { Service } from '../service';
import { tokenNeeded, UNKNOWN_ROUTE, vendorFault } from '../vendor-faults';
import { COMPUTE_ROUTES } from './routes';
import { computeVersions } from './versions';

export const COMPUTE: Service = {
  name: 'compute',
  prefix: '/compute',
  roots: ['/v2.1', '/v2'],
  projectInPath: true,
  microversions: {
    major: 2,
    min: 1,
    max: 93,
    names: ['compute'],
    legacy: 'x-openstack-nova-api-version',
  },
  contentTypes: ['application/json', 'application/vnd.openstack.compute+json', 'text/plain'],
  routes: COMPUTE_ROUTES,
  discover: computeVersions,
  fault: vendorFault,
  unknownRoute: UNKNOWN_ROUTE,
  unauthenticated: tokenNeeded,
};
