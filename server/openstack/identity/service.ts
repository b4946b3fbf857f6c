/**
 * The identity API, version 3: what clients need of it.
 */
import type { Service } from '../service';
import { tokenNeeded } from '../vendor-faults';
import { IDENTITY_ROUTES } from './routes';
import { identityVersions } from './versions';

/** By the names HTTP has for them; clients show them as the kind of error. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

function fault(code: number, message: string): unknown {
  return { error: { code, message, title: TITLES[code] ?? 'Error' } };
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
  // What is answered depends on who asks.
  headers: { vary: 'X-Auth-Token' },
  fault: ({ status, message }) => fault(status, message),
  unknownRoute: fault(404, 'There is nothing at this address.'),
  // Keystone checks permissions in what a route leads to (keystone/server/flask/application.py).
  routesFirst: true,
  unauthenticated: tokenNeeded,
};
