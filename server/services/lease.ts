/**
 * A worker's sign of life: an advisory lock on a connection of its own, gone the moment the process is.
 */
import postgres from 'postgres';
import { socketOptions } from '~/db/socket-url';
import { leaseName } from './reconcile';
import type { Runtime } from './runtime';

export interface Lease {
  /** Takes it again where the connection has broken meanwhile; to be called again and again. */
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
