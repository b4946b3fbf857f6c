/**
 * The identity API, version 3: what clients need of it.
 */
import type { Service } from '../service';
import { tokenNeeded } from '../vendor-faults';
import { IDENTITY_ROUTES } from './routes';
import { identityVersions } from './versions';

function fault(code: number, message: string, title: string): unknown {
  return { error: { code, message, title } };
}

export const IDENTITY: Service = {
  name: 'identity',
  prefix: '/identity',
  roots: ['/v3'],
  projectInPath: false,
  microversions: null,
  contentTypes: ['application/json'],
  routes: IDENTITY_ROUTES,
  discover: identityVersions,
  fault: ({ status, message }) => fault(status, message, 'Refused'),
  unknownRoute: fault(404, 'There is nothing at this address.', 'Not Found'),
  unauthenticated: tokenNeeded,
};
