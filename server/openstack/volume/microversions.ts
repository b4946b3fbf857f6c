/**
 * The versions of the volume API.
 */
import type { Microversions } from '../microversion';

/** Old clients call it by its catalog type (gophercloud up to v2.6 sends `volumev3`). */
export const VOLUME_VERSIONS: Microversions = {
  major: 3,
  min: 0,
  max: 71,
  names: ['volume', 'volumev3', 'block-storage'],
  // cinder/api/openstack/wsgi.py, set_api_version_request
  namedFirst: true,
};
