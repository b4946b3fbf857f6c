/**
 * The shape of faults that the compute and the volume API share (nova/api/openstack/wsgi.py, Fault;
 * cinder/api/openstack/wsgi.py, Fault).
 */
import type { FaultError } from './fault';
import type { Answer } from './route';

const NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

/** @returns `{ itemNotFound: { code: 404, message } }`; a status without a name of its own is a computeFault */
export function vendorFault({ status, message, headers }: FaultError): unknown {
  const retryAfter = headers['retry-after'];
  return {
    [NAMES[status] ?? 'computeFault']: {
      code: status,
      message,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  };
}

/** What the routers of both say to a path, or a method, that they do not know; not in the shape of a fault. */
export const UNKNOWN_ROUTE = {
  message: 'There is nothing at this address.',
  code: '404 Not Found',
  title: 'Not Found',
};

/** The answer of the token check in front of both (keystonemiddleware). */
export function tokenNeeded({ origin }: { origin: string }): Answer {
  return {
    status: 401,
    body: {
      error: {
        code: 401,
        title: 'Unauthorized',
        message: 'A valid token is needed, in the header X-Auth-Token.',
      },
    },
    headers: { 'www-authenticate': `Keystone uri="${origin}/identity"` },
  };
}
