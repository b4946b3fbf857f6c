/**
 * The feed of changes, as browsers follow it: one listener a process, one stream a browser, and a way to catch up.
 */
import { EventEmitter, on } from 'node:events';
import { CHANGES_CHANNEL } from '~/db/schema/operation';
import { isAdmin } from '~/server/domain/roles';
import { type Change, EVERYBODY } from './announce';
import type { Context } from './context';
import type { Runtime } from './runtime';

/** What a browser gets to know: which objects to read again, or that it has to read everything again. */
export type FeedEvent = { changes: { kind: Change['kind']; id: string }[] } | { reset: true };

/** An event with its place in the feed, from which a browser that lost the stream goes on. */
export interface TrackedEvent {
  position: string;
  event: FeedEvent;
}

/**
 * Transactions commit in another order than they take their numbers. Whoever comes back therefore gets the changes of
 * some seconds before its position again; reading an object once more does no harm.
 */
const OVERLAP_SECONDS = 10;
/** More than that, and reading everything again is cheaper. */
const MAX_CATCH_UP = 500;

type News = Change[] | 'reset';

export interface ChangeFeed {
  /** Emits what one transaction has changed, or `reset` when notifications may have been lost. */
  emitter: EventEmitter<{ news: [News] }>;
  close(): Promise<void>;
}

/**
 * Starts listening; once per process.
 * @throws when the database cannot be reached; later it reconnects by itself
 */
export async function openChangeFeed({ database, log }: Runtime): Promise<ChangeFeed> {
  const emitter: ChangeFeed['emitter'] = new EventEmitter();
  // One listener a browser; there is no number of them that would be a leak.
  emitter.setMaxListeners(0);
  let listening = false;
  const subscription = await database.sql.listen(
    CHANGES_CHANNEL,
    (payload) => emitter.emit('news', JSON.parse(payload) as News),
    () => {
      // Called again after a lost connection: nobody knows what was said meanwhile.
      if (listening) {
        log.warn('the change feed was interrupted');
        emitter.emit('news', 'reset');
      }
      listening = true;
    },
  );
  return { emitter, close: () => subscription.unlisten() };
}

/**
 * Follows the feed for one caller.
 * @param since position of the last event the caller has seen; null begins now
 * @param signal ends the stream
 */
export async function* followChanges(
  context: Context,
  feed: ChangeFeed,
  since: string | null,
  signal: AbortSignal,
): AsyncGenerator<TrackedEvent> {
  // `on` listens from here, before catching up, so that nothing falls in between.
  const live = on(feed.emitter, 'news', { signal });
  try {
    yield await catchUp(context, since);
    for await (const [news] of live) {
      const event = await toEvent(context, news as News);
      if (event !== null) yield event;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** @returns null when nothing of it is the caller's */
async function toEvent(context: Context, news: News): Promise<TrackedEvent | null> {
  if (news === 'reset') return { position: await lastPosition(context), event: { reset: true } };
  const heard = [context.actor.projectId, EVERYBODY];
  const mine = news.filter((change) => isAdmin(context.actor) || heard.includes(change.projectId));
  const last = mine.at(-1);
  return last === undefined ? null : { position: String(last.seq), event: { changes: mine.map(pick) } };
}

function pick({ kind, id }: Change): { kind: Change['kind']; id: string } {
  return { kind, id };
}

async function catchUp(context: Context, since: string | null): Promise<TrackedEvent> {
  if (since === null || !/^\d{1,18}$/.test(since))
    return { position: await lastPosition(context), event: { changes: [] } };
  const { sql } = context.runtime.database;
  const scope = isAdmin(context.actor)
    ? sql`true`
    : sql`project_id in (${context.actor.projectId}, ${EVERYBODY})`;
  const [rows, [known]] = await Promise.all([
    sql<{ seq: string; kind: Change['kind']; object_id: string }[]>`
      select seq, kind, object_id from changes
      where ${scope} and at >= coalesce((select at from changes where seq = ${since}), '-infinity')
        - make_interval(secs => ${OVERLAP_SECONDS})
      order by seq limit ${MAX_CATCH_UP + 1}`,
    sql<{ kept: boolean }[]>`select exists (select 1 from changes where seq = ${since}) as kept`,
  ]);
  const position = await lastPosition(context);
  // 0 is the position of a feed in which nothing has been said yet.
  const kept = known?.kept === true || (since === '0' && rows.length === 0);
  if (!kept || rows.length > MAX_CATCH_UP) return { position, event: { reset: true } };
  return { position, event: { changes: rows.map((row) => ({ kind: row.kind, id: row.object_id })) } };
}

/**
 * @returns where the feed is now: what is read from here on is followed without a gap by a stream that begins there,
 * even if it had to be opened some seconds later
 */
export async function lastPosition({ runtime }: Context): Promise<string> {
  const [row] = await runtime.database.sql<
    { seq: string }[]
  >`select coalesce(max(seq), 0)::text as seq from changes`;
  return row?.seq ?? '0';
}
