/**
 * Finds operations that nobody runs any more, and gives them an owner again.
 */
import type { ActionName } from '~/server/domain/action';
import { enqueue } from './queue';
import type { Runtime } from './runtime';

/** A job that was just taken may belong to a worker whose lease is still being made. */
const LEASE_GRACE_SECONDS = 2;
/** How long the feed is kept for browsers that lost the stream. */
const FEED_HOURS = 1;

/**
 * Frees the jobs of workers that died. A live worker holds an advisory lock named after itself, which Postgres drops
 * with its connection: there is no heartbeat to miss and no timeout to wait for.
 * @returns names of the dead workers
 */
export async function releaseDeadWorkers({ database }: Runtime): Promise<string[]> {
  return database.sql.begin(async (sql) => {
    const holders = await sql<{ locked_by: string }[]>`
      select distinct locked_by from graphile_worker.jobs
      where locked_by is not null and locked_at < now() - make_interval(secs => ${LEASE_GRACE_SECONDS})`;
    const dead: string[] = [];
    for (const { locked_by: holder } of holders) {
      const [lease] = await sql<{ free: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended(${leaseName(holder)}, 0)) as free`;
      if (lease?.free === true) dead.push(holder);
    }
    if (dead.length > 0) await sql`select graphile_worker.force_unlock_workers(${dead}::text[])`;
    return dead;
  });
}

/** What a worker's lease is called; its hash is the advisory lock. */
export function leaseName(workerId: string): string {
  return `mooring worker ${workerId}`;
}

/**
 * Enqueues running operations that have no job that could still run: every one of them ends, whatever happened.
 * @returns their ids
 */
export async function readoptOperations({ database }: Runtime): Promise<string[]> {
  return database.sql.begin(async (sql) => {
    const orphans = await sql<{ id: string; action: ActionName }[]>`
      select o.id, o.action from operations o
      where o.outcome = 'running' and not exists (
        select 1 from graphile_worker.jobs j where j.key = o.id::text and (j.attempts < j.max_attempts or j.locked_at is not null)
      )
      for update of o skip locked`;
    await Promise.all(orphans.map(({ id, action }) => enqueue(sql, action, id)));
    return orphans.map(({ id }) => id);
  });
}

/** Deletes what nobody needs any more: old changes of the feed, ended sessions, tokens and waits. */
export async function prune({ database }: Runtime): Promise<void> {
  await database.sql`delete from changes where at < now() - make_interval(hours => ${FEED_HOURS})`;
  await database.sql`delete from sessions where expires_at < now()`;
  await database.sql`delete from api_tokens where expires_at < now()`;
  await database.sql`delete from rate_limits where expire < now()`;
}
