/**
 * The queue library's connections. A pool of our own, because a connection that is cut while the library is letting it
 * go reports that to nobody, and an error that nobody hears ends the process.
 */
import { Pool } from 'pg';
import type { Runtime } from '~/server/services/runtime';

/** @param max connections; the library wants one to listen on besides those of its jobs */
export function queuePool({ database, log }: Runtime, max: number): Pool {
  const pool = new Pool({
    connectionString: database.url,
    max,
    application_name: 'mooring queue',
    // Who works on a job, and that it is done, need not outlive a crash of the database: it is then done again, which
    // does no harm. That there is a job is written, and waited for, with what it is about.
    options: '-c synchronous_commit=off',
  });
  const onError = (error: unknown) => log.debug({ err: error }, 'the queue lost a connection');
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}
