/**
 * The volume API, 3.0 to 3.71.
 */
import type { Service } from '../service';
import { tokenNeeded, UNKNOWN_ROUTE, vendorFault } from '../vendor-faults';
import { VOLUME_VERSIONS } from './microversions';
import { VOLUME_ROUTES } from './routes';
import { volumeVersions } from './versions';

export const VOLUME: Service = {
  name: 'volume',
  prefix: '/volume',
  roots: ['/v3'],
  projectInPath: true,
  jsonSuffix: true,
  microversions: VOLUME_VERSIONS,
  contentTypes: ['application/json', 'application/vnd.openstack.volume+json'],
  // cinder/api/openstack/wsgi.py, get_body.
  typedActions: true,
  routes: VOLUME_ROUTES,
  discover: volumeVersions,
  fault: vendorFault,
  unknownRoute: UNKNOWN_ROUTE,
  unauthenticated: tokenNeeded,
};
