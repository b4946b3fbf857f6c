/**
 * The versions of the compute API that are spoken here.
 */
import type { Microversions } from '../microversion';

export const COMPUTE_VERSIONS: Microversions = {
  major: 2,
  min: 1,
  max: 93,
  names: ['compute'],
  legacy: 'x-openstack-nova-api-version',
};
