/**
 * Looks again and again for what a dead worker left behind.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { prune, readoptOperations, releaseDeadWorkers } from '~/server/services/reconcile';
import type { Runtime } from '~/server/services/runtime';

/** How long an operation of a dead worker waits at most, besides the queue's own time, in ms. */
const ROUND_MS = 2000;
/** Every so many rounds, old rows go. */
const PRUNE_ROUNDS = 300;

export interface Watch {
  stop(): Promise<void>;
}

/** @param keepLease takes this worker's own lease again where it was lost */
export function startWatch(runtime: Runtime, keepLease: () => Promise<void>): Watch {
  const stopping = new AbortController();
  const ended = rounds(runtime, keepLease, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function rounds(
  runtime: Runtime,
  keepLease: () => Promise<void>,
  stopping: AbortSignal,
): Promise<void> {
  for (let round = 0; !stopping.aborted; round += 1) {
    try {
      // First of all: whoever lost it looks dead, to itself as well.
      await keepLease();
      await lookOnce(runtime, round);
    } catch (error) {
      // A database that is away comes back; the next round finds out.
      runtime.log.warn({ err: error }, 'could not look for abandoned operations');
    }
    await wait(ROUND_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function lookOnce(runtime: Runtime, round: number): Promise<void> {
  const workers = await releaseDeadWorkers(runtime);
  if (workers.length > 0) runtime.log.warn({ workers }, 'freed the jobs of dead workers');
  const operations = await readoptOperations(runtime);
  if (operations.length > 0) runtime.log.warn({ operations }, 'took abandoned operations up again');
  if (round % PRUNE_ROUNDS === 0) await prune(runtime);
}
