/**
 * The compute API, 2.1 to 2.93.
 */
import type { Service } from '../service';
import { tokenNeeded, UNKNOWN_ROUTE, vendorFault } from '../vendor-faults';
import { COMPUTE_VERSIONS } from './microversions';
import { COMPUTE_ROUTES } from './routes';
import { computeVersions } from './versions';

export const COMPUTE: Service = {
  name: 'compute',
  prefix: '/compute',
  roots: ['/v2.1', '/v2'],
  legacyRoot: '/v2',
  projectInPath: true,
  microversions: COMPUTE_VERSIONS,
  contentTypes: ['application/json', 'application/vnd.openstack.compute+json', 'text/plain'],
  routes: COMPUTE_ROUTES,
  discover: computeVersions,
  fault: vendorFault,
  unknownRoute: UNKNOWN_ROUTE,
  unauthenticated: tokenNeeded,
};
