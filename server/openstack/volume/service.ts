/**
 * The volume API, 3.0 to 3.71.
 */
import type { Service } from '../service';
import { tokenNeeded, UNKNOWN_ROUTE, vendorFault } from '../vendor-faults';
import { VOLUME_ROUTES } from './routes';
import { volumeVersions } from './versions';

export const VOLUME: Service = {
  name: 'volume',
  prefix: '/volume',
  roots: ['/v3'],
  projectInPath: true,
  // Old clients call it by its catalog type (gophercloud up to v2.6 sends `volumev3`).
  microversions: { major: 3, min: 0, max: 71, names: ['volume', 'volumev3', 'block-storage'] },
  contentTypes: ['application/json', 'application/vnd.openstack.volume+json'],
  routes: VOLUME_ROUTES,
  discover: volumeVersions,
  fault: vendorFault,
  unknownRoute: UNKNOWN_ROUTE,
  unauthenticated: tokenNeeded,
};
