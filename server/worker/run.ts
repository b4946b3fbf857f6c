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
  const stopping = new AbortController();
  let current = await startRunner(runtime, drivers);
  const supervised = (async () => {
    for (let next: LeasedRunner | null = current; next !== null; ) {
      current = next;
      await ended(runtime, current);
      next = await restart(runtime, drivers, stopping.signal);
    }
  })();
  const watch = startWatch(runtime, () => current.lease.keep());
  return {
    stop: async () => {
      stopping.abort();
      await watch.stop();
      // It says so when it has ended by itself; another one does not come any more.
      await current.runner.stop().catch((error: unknown) => runtime.log.debug({ err: error }, 'stopped'));
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

/** Waits for the end of a queue, whatever ends it, and gives back what it held. */
async function ended(runtime: Runtime, { runner, lease, pool }: LeasedRunner): Promise<void> {
  await runner.promise.catch((error: unknown) => runtime.log.error({ err: error }, 'the queue stopped'));
  await lease.release().catch(() => undefined);
  await pool.end();
}

/**
 * Tries until it works: without a worker every operation would wait for ever.
 * @returns null when it is to stop
 */
async function restart(
  runtime: Runtime,
  drivers: DriverRegistry,
  stopping: AbortSignal,
): Promise<LeasedRunner | null> {
  while (!stopping.aborted) {
    await wait(RESTART_MS, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) break;
    try {
      const started = await startRunner(runtime, drivers);
      if (!stopping.aborted) return started;
      await started.runner.stop();
      await ended(runtime, started);
    } catch (error) {
      runtime.log.error({ err: error }, 'the queue could not be started again');
    }
  }
  return null;
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
