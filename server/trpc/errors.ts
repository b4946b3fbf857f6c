/**
 * The one place where refusals become tRPC errors.
 */
import { TRPCError } from '@trpc/server';
import type { Refusal, RefusalCode } from '~/server/domain/refusal';
import { RefusedError } from '~/server/services/refused';

const CODES = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  outdated: 'PRECONDITION_FAILED',
  over_quota: 'FORBIDDEN',
  unsupported: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  rate_limited: 'TOO_MANY_REQUESTS',
} as const satisfies Record<RefusalCode, TRPCError['code']>;

/** Said outward of whatever nobody expected; the log has the rest. */
const INTERNAL = 'Something went wrong here. The request id leads to it in the log.';

/** @returns the error to send: refusals by their code, bad input as it is, all else without a word of its cause */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error;
  if (cause instanceof RefusedError) {
    return new TRPCError({ code: CODES[cause.refusals[0].code], message: cause.message, cause });
  }
  if (error.code === 'INTERNAL_SERVER_ERROR') return new TRPCError({ code: error.code, message: INTERNAL });
  return error;
}

/** @returns the refusals an error carries, none for other errors */
export function refusalsIn(error: TRPCError): readonly Refusal[] {
  return error.cause instanceof RefusedError ? error.cause.refusals : [];
}
