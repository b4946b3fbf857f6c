/**
 * How each service says no, as components of the document.
 */
import type { ServiceName } from '../fault';
import type { JsonSchema } from './schema';

const text = { type: 'string' };

/** Sentences for people; clients look at the status. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'Something in the request is not as it must be, or the state of things does not allow it.',
  401: 'There is no token, or it is over; `WWW-Authenticate` says where to get one.',
  403: 'The caller’s roles do not allow it, or a quota is full.',
  404: 'There is no such thing, or it is another project’s, or this version does not know the call.',
  406: 'This version of the API is not spoken here.',
  409: 'Something else is going on with it, or it exists already.',
  413: 'The body is too large, or (in the volume API) a quota is full.',
  415: 'The body is of another kind than is read here.',
};

/** The member that a fault of the compute and the volume API has, by status. */
const VENDOR_NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  406: 'computeFault',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
};

function object(properties: Record<string, unknown>, optional: readonly string[] = []): JsonSchema {
  return {
    type: 'object',
    properties: properties as Record<string, JsonSchema>,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
  };
}

function faultSchema(service: ServiceName, status: number): JsonSchema {
  const code = { type: 'integer', const: status };
  const vendor = VENDOR_NAMES[status];
  if (service === 'image') return object({ code: text, title: text, message: text });
  if (service === 'identity' || vendor === undefined)
    return object({ error: object({ code, title: text, message: text }) });
  const inner = object({ code, message: text, ...(status === 413 ? { retryAfter: text } : {}) }, [
    'retryAfter',
  ]);
  const fault = object({ [vendor]: inner });
  // An address that no route has is answered by the router, in a shape of its own.
  return status === 404 ? { anyOf: [fault, object({ message: text, code: text, title: text })] } : fault;
}

function nameOf(service: ServiceName, status: number): string {
  return `${service}-${status}`;
}

/** @returns the faults of a service by the name of their component */
export function faultResponses(service: ServiceName): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(REASONS).map(([status, description]) => [
      nameOf(service, Number(status)),
      { description, content: { 'application/json': { schema: faultSchema(service, Number(status)) } } },
    ]),
  );
}

/**
 * @param call.versioned whether the service has microversions
 * @returns references to what a call may be refused with, by status
 */
export function faultsOf(
  service: ServiceName,
  call: { open: boolean; body: boolean; versioned: boolean },
): Record<string, unknown> {
  const statuses = [
    400,
    ...(call.open ? [] : [401, 403]),
    404,
    ...(call.versioned ? [406] : []),
    409,
    ...(call.body ? [413, 415] : []),
  ];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(service, status)}` }]),
  );
}
