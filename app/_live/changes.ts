import type { inferProcedureOutput } from '@trpc/server';
import type { AppRouter } from '~/server/trpc/router';

type StreamEvent =
  inferProcedureOutput<AppRouter['changes']['stream']> extends AsyncIterable<infer Yielded> ? Yielded : never;

/** What the stream says: which objects to read again, or that everything has to be. */
export type FeedEvent = Extract<StreamEvent, { data: unknown }>['data'];
export type Change = Extract<FeedEvent, { changes: unknown }>['changes'][number];
export type ChangeKind = Change['kind'];

/** @returns the ids of one kind, each once */
export function idsOf(changes: readonly Change[], kind: ChangeKind): string[] {
  return [...new Set(changes.flatMap((change) => (change.kind === kind ? change.id : [])))];
}
