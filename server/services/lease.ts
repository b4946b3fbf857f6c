/**
 * A worker's sign of life: an advisory lock on a connection of its own, gone the moment the process is.
 */
import postgres from 'postgres';
import { socketOptions } from '~/db/socket-url';
import { leaseName } from './reconcile';
import type { Runtime } from './runtime';

/** The queue gives a job away that was taken four hours ago (graphile-worker, resetLockedAt); a large volume takes longer. */
const FRESH_HOURS = 1;

export interface Lease {
  /** Takes it again where the connection has broken meanwhile, and keeps its jobs; to be called again and again. */
  keep(): Promise<void>;
  release(): Promise<void>;
}

/**
 * @param workerId name under which the queue locks this worker's jobs
 * @throws when the connection cannot be made
 */
export async function holdLease({ database }: Runtime, workerId: string): Promise<Lease> {
  const sql = postgres(database.url, {
    ...socketOptions(database.url),
    max: 1,
    // The connection is the lease: it is not exchanged for a younger one.
    max_lifetime: null,
    connection: { application_name: 'mooring lease' },
  });
  const lease = {
    keep: async () => {
      await sql`
        select pg_advisory_lock(hashtextextended(${leaseName(workerId)}, 0))
        where not exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())`;
      await sql`
        update graphile_worker._private_jobs set locked_at = now()
        where locked_by = ${workerId} and locked_at < now() - make_interval(hours => ${FRESH_HOURS})`;
    },
    release: () => sql.end({ timeout: 1 }),
  };
  try {
    await lease.keep();
  } catch (error) {
    await lease.release();
    throw error;
  }
  return lease;
}
