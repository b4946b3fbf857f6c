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
  const issues = issuesIn(error.message);
  if (issues !== null) return issues;
  // Browsers name a lost connection each in their own words.
  const lost = /failed to fetch|load failed|networkerror/i.test(error.message);
  return lost ? 'Mooring cannot be reached. Is the network up, and the server running?' : error.message;
}

/** What a schema refused comes as a JSON list of issues, each with its sentence. */
function issuesIn(text: string): string | null {
  if (!text.startsWith('[')) return null;
  try {
    const issues: unknown = JSON.parse(text);
    const sentences = Array.isArray(issues)
      ? issues.flatMap((issue) => (isRecord(issue) && typeof issue.message === 'string' ? issue.message : []))
      : [];
    return sentences.length === 0 ? null : sentences.join(' ');
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
