/**
 * Runs an operation from wherever it stands to its end: driver calls outside any transaction, each followed by the verb
 * that records it. A run that died is taken up again at the phase it had reached.
 */
import { DriverError } from '~/server/drivers/driver';
import { OvertakenError } from '~/server/services/disk-work';
import { actionInProgress } from '~/server/services/queue';
import type { Runner, Work, WorkerDependencies } from './runner';
import { withRunner } from './runners';

/** More rounds than any action has phases: a handler that does not move its operation on is a bug, not a loop. */
const MAX_ROUNDS = 8;

/**
 * @param lastAttempt whether the queue will not call again: what fails now is rolled back, or given up
 * @throws what failed, when a later attempt may succeed; the queue then calls again
 */
export async function runOperation(
  dependencies: WorkerDependencies,
  operationId: string,
  lastAttempt: boolean,
): Promise<void> {
  const action = await actionInProgress(dependencies.runtime, operationId);
  // Ended already: there is nothing left to do, and being called twice does no harm.
  if (action === null) return;
  await withRunner(action, (runner) => runPhases(runner, dependencies, operationId, lastAttempt));
}

async function runPhases<W extends Work>(
  runner: Runner<W>,
  dependencies: WorkerDependencies,
  operationId: string,
  lastAttempt: boolean,
): Promise<void> {
  const { runtime } = dependencies;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const work = await runner.load(runtime, operationId);
    if (work === null) return;
    const handler = runner.phases[work.phase];
    if (handler === undefined)
      throw new Error(`no handler for phase ${work.phase} of operation ${operationId}`);
    try {
      await handler(dependencies, work);
    } catch (error) {
      if (!lastAttempt && mayPass(error)) {
        await runner.noteFailure(runtime, work, reasonOf(error, work.requestId));
        throw error;
      }
      const { requestId, phase } = work;
      runtime.log.warn({ err: error, operationId, requestId, phase }, 'operation failed');
      await runner.giveUp(runtime, work, reasonOf(error, requestId), lastAttempt);
      if (lastAttempt) return;
    }
  }
  throw new Error(`operation ${operationId} does not move on`);
}

/** A driver knows; what somebody else has done stays done; of an unknown error nobody knows, so it is tried again. */
function mayPass(error: unknown): boolean {
  if (error instanceof OvertakenError) return false;
  return error instanceof DriverError ? error.retryable : true;
}

/** Some words are for people; any other error says nothing outward but where to look. */
function reasonOf(error: unknown, requestId: string): string {
  if (error instanceof DriverError || error instanceof OvertakenError) return error.message;
  return `An internal error happened; the log has it under ${requestId}.`;
}
