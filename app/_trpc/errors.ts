import type { Refusal } from '~/server/domain/refusal';
import { codeOf } from './query-client';

/** What a failed call has to tell a person. */
export interface Failure {
  code: string | null;
  message: string;
  /** Every reason, when the rules said no. */
  refusals: readonly Refusal[];
  /** For whoever looks it up in the log. */
  requestId: string | null;
}

/**
 * Reads a failed call.
 * @param error whatever was thrown
 */
export function failureOf(error: unknown): Failure {
  const data = isRecord(error) && isRecord(error.data) ? error.data : {};
  return {
    code: codeOf(error),
    message: error instanceof Error ? messageOf(error) : 'Something failed without saying what.',
    refusals: Array.isArray(data.refusals) ? (data.refusals as Refusal[]) : [],
    requestId: typeof data.requestId === 'string' ? data.requestId : null,
  };
}

function messageOf(error: Error): string {
  // Browsers name a lost connection each in their own words.
  const lost = /failed to fetch|load failed|networkerror/i.test(error.message);
  return lost ? 'Mooring cannot be reached. Is the network up, and the server running?' : error.message;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
