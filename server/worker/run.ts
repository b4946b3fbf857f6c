/**
 * The worker of this process: takes jobs from the queue, and keeps watch that no operation is left without an owner.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Runner, run, type Task, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';
import type { DriverRegistry } from '~/server/drivers/registry';
import { holdLease, type Lease } from '~/server/services/lease';
import { JOB_NAMES } from '~/server/services/queue';
import type { Runtime } from '~/server/services/runtime';
import { queueLogger } from './queue-logger';
import { queuePool } from './queue-pool';
import { runOperation } from './run-operation';
import { startWatch } from './watch';

const CONCURRENCY = 8;
/** The queue is woken by NOTIFY; this is for jobs whose retry has come due, in ms. */
const POLL_MS = 1000;
/** After the queue library gave up (its database was away too long), in ms. */
const RESTART_MS = 1000;

export interface RunningWorker {
  /** Lets running jobs end, then gives up the lease. */
  stop(): Promise<void>;
}

/**
 * Starts taking jobs. Any number of processes may do so against one database.
 * @throws when the queue cannot be reached
 */
export async function startWorker(runtime: Runtime, drivers: DriverRegistry): Promise<RunningWorker> {
  let stopping = false;
  let current = await startRunner(runtime, drivers);
  const supervised = (async () => {
    while (!stopping) {
      await current.runner.promise.catch((error: unknown) =>
        runtime.log.error({ err: error }, 'the queue stopped'),
      );
      await current.lease.release().catch(() => undefined);
      await current.pool.end();
      if (!stopping) current = await restart(runtime, drivers);
    }
  })();
  const watch = startWatch(runtime, () => current.lease.keep());
  return {
    stop: async () => {
      stopping = true;
      await watch.stop();
      await current.runner.stop();
      await supervised;
    },
  };
}

interface LeasedRunner {
  runner: Runner;
  lease: Lease;
  pool: Pool;
}

async function startRunner(runtime: Runtime, drivers: DriverRegistry): Promise<LeasedRunner> {
  const events: WorkerEvents = new EventEmitter();
  const workerId = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id));
  });
  const pool = queuePool(runtime, CONCURRENCY + 2);
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    // Our process decides when to stop (main.ts).
    noHandleSignals: true,
    taskList: taskList(runtime, drivers),
    logger: queueLogger(runtime.log),
    events,
  });
  try {
    return { runner, pool, lease: await holdLease(runtime, await workerId) };
  } catch (error) {
    await runner.stop();
    await pool.end();
    throw error;
  }
}

/** Tries until it works: without a worker every operation would wait for ever. */
async function restart(runtime: Runtime, drivers: DriverRegistry): Promise<LeasedRunner> {
  for (;;) {
    await wait(RESTART_MS);
    try {
      return await startRunner(runtime, drivers);
    } catch (error) {
      runtime.log.error({ err: error }, 'the queue could not be started again');
    }
  }
}

/** Every action has one job, and every job runs its operation. */
function taskList(runtime: Runtime, drivers: DriverRegistry): TaskList {
  const task: Task = async (payload, { job }) => {
    const { operationId } = payload as { operationId: string };
    await runOperation({ runtime, drivers }, operationId, job.attempts >= job.max_attempts);
  };
  return Object.fromEntries(JOB_NAMES.map((name) => [name, task]));
}

/** @returns whether the queue's tables answer */
export async function queueReachable({ database }: Runtime): Promise<boolean> {
  const rows = await database.sql`select 1 from graphile_worker.jobs limit 1`;
  return rows.length >= 0;
}
