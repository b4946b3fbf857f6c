/**
 * The image API, version 2: read, and delete what an upload has made.
 */
import type { Service } from '../service';
import { tokenNeeded, UNKNOWN_ROUTE } from '../vendor-faults';
import { IMAGE_ROUTES } from './routes';
import { imageVersions } from './versions';

export const IMAGE: Service = {
  name: 'image',
  prefix: '/image',
  roots: ['/v2'],
  projectInPath: false,
  microversions: null,
  contentTypes: ['application/json', 'application/openstack-images-v2.1-json-patch'],
  routes: IMAGE_ROUTES,
  discover: imageVersions,
  fault: ({ status, message }) => ({ code: `${status}`, title: message, message }),
  unknownRoute: UNKNOWN_ROUTE,
  unauthenticated: tokenNeeded,
};
