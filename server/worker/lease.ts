/**
 * A worker's sign of life: an advisory lock on a connection of its own, gone the moment the process is.
 */
import { leaseName } from '~/server/services/reconcile';
import type { Runtime } from '~/server/services/runtime';

export interface Lease {
  release(): Promise<void>;
}

/**
 * @param workerId name under which the queue locks this worker's jobs
 * @throws when the connection cannot be made
 */
export async function holdLease({ database }: Runtime, workerId: string): Promise<Lease> {
  const connection = await database.sql.reserve();
  await connection`select pg_advisory_lock(hashtextextended(${leaseName(workerId)}, 0))`;
  return {
    release: async () => {
      await connection`select pg_advisory_unlock(hashtextextended(${leaseName(workerId)}, 0))`;
      connection.release();
    },
  };
}
