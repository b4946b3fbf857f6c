/**
 * Runs an operation from wherever it stands to its end: driver calls outside any transaction, each followed by the verb
 * that records it. A run that died is taken up again at the phase it had reached.
 */
import type { ActionName } from '~/server/domain/action';
import { DriverError } from '~/server/drivers/driver';
import { loadWork, OvertakenError, type Work } from '~/server/services/operation-work';
import { abandonRollBack, startRollBack } from '~/server/services/roll-back';
import type { Runtime } from '~/server/services/runtime';
import { attachPhases } from './attach-volume';
import { detachPhases } from './detach-volume';
import type { PhaseHandlers, WorkerDependencies } from './phase-handler';

const HANDLERS: Record<ActionName, PhaseHandlers> = {
  'volume.attach': attachPhases,
  'volume.detach': detachPhases,
};

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
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const work = await loadWork(dependencies.runtime, operationId);
    if (work === null) return;
    const handler = HANDLERS[work.action][work.phase];
    if (handler === undefined) throw new Error(`no handler for phase ${work.phase} of ${work.action}`);
    try {
      await handler(dependencies, work);
    } catch (error) {
      if (!lastAttempt && mayPass(error)) throw error;
      await giveUp(dependencies.runtime, work, error, lastAttempt);
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

async function giveUp(runtime: Runtime, work: Work, error: unknown, lastAttempt: boolean): Promise<void> {
  runtime.log.warn(
    { err: error, operationId: work.operationId, requestId: work.requestId, phase: work.phase },
    'operation failed',
  );
  const reason = reasonOf(error, work);
  if (work.phase === 'roll-back') await abandonRollBack(runtime, work, reason);
  else await startRollBack(runtime, work, reason, lastAttempt);
}

/** Some words are for people; any other error says nothing outward but where to look. */
function reasonOf(error: unknown, work: Work): string {
  if (error instanceof DriverError || error instanceof OvertakenError) return error.message;
  return `An internal error happened; the log has it under ${work.requestId}.`;
}
