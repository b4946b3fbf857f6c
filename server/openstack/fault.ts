/**
 * How the APIs say no. A fault is a status and a sentence; each service wraps it in its own shape.
 */
import type { Refusal, RefusalCode } from '~/server/domain/refusal';
import { RefusedError } from '~/server/services/refused';

export type ServiceName = 'identity' | 'compute' | 'volume' | 'image';

/** Of a sentence, in characters: what a client has sent may be in it, and need not come back at length. */
const LONGEST = 1000;

export class FaultError extends Error {
  /** @param message one plain sentence, shown to the client */
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message);
    this.name = 'FaultError';
  }
}

const USUAL = {
  not_found: 404,
  forbidden: 403,
  invalid: 400,
  conflict: 409,
  outdated: 412,
  over_quota: 403,
  unsupported: 400,
  unauthenticated: 401,
  rate_limited: 429,
} as const satisfies Record<RefusalCode, number>;

/** The volume service answers a full quota with 413 (cinder/exception.py, OverQuota and its kin). */
const STATUS: Readonly<Record<ServiceName, Readonly<Record<RefusalCode, number>>>> = {
  identity: USUAL,
  compute: USUAL,
  volume: { ...USUAL, over_quota: 413 },
  image: USUAL,
};

/** Clients read it: without, some wait for a minute (cinder/api/middleware/fault.py). */
const RETRY_AT_ONCE = { 'retry-after': '0' };

/** Said outward of whatever nobody expected; the log has the rest. */
export const INTERNAL = 'Something went wrong here. The request id leads to it in the log.';

/**
 * The one place where what services throw becomes a status.
 * @returns null for what nobody expected: a 500, after it has been logged
 */
export function faultOf(error: unknown, service: ServiceName): FaultError | null {
  if (error instanceof FaultError) return error;
  if (!(error instanceof RefusedError)) return null;
  const [first] = error.refusals;
  const status = STATUS[service][first.code];
  return new FaultError(
    status,
    `${kindOf(service, first)}${sentences(error)}`,
    status === 413 ? RETRY_AT_ONCE : {},
  );
}

/** Programs know the detach protection by upstream's name for it, before the sentence (cinder/exception.py). */
function kindOf(service: ServiceName, { code, rule }: Refusal): string {
  const protects = service === 'volume' && code === 'conflict' && rule.endsWith('used-by-compute');
  return protects ? 'ConflictNovaUsingAttachment: ' : '';
}

/** What is wrong, and what helps: an API client has no other place to look. */
function sentences({ refusals: [first] }: RefusedError): string {
  const { remedy } = first;
  if (remedy === undefined) return first.message;
  return `${first.message} ${remedy.kind === 'advice' ? remedy.text : `${remedy.label}.`}`;
}
