/**
 * The four services behind their prefixes.
 */
import type { Runtime } from '~/server/services/runtime';
import { COMPUTE } from './compute/service';
import { dispatcher } from './dispatch';
import { FaultError } from './fault';
import { IDENTITY } from './identity/service';
import { IMAGE } from './image/service';
import type { Service } from './service';
import { VOLUME } from './volume/service';

export const SERVICES: readonly Service[] = [IDENTITY, COMPUTE, VOLUME, IMAGE];

export interface Mounted {
  /** Of every path it answers, e.g. `/compute`. */
  prefix: string;
  handle(request: Request): Promise<Response>;
  /** The answer to a body of more than `limit` bytes. */
  tooLarge(limit: number): Response;
}

/** @returns what answers below each prefix */
export function openstackServices(runtime: Runtime): Mounted[] {
  return SERVICES.map((service) => ({
    prefix: service.prefix,
    handle: dispatcher(service, runtime),
    tooLarge(limit) {
      const fault = new FaultError(413, `The request body is larger than ${limit} bytes.`);
      return Response.json(service.fault(fault), { status: 413 });
    },
  }));
}
