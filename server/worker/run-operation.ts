/**
 * Runs an operation from wherever it stands to its end: the tasks of each phase outside any transaction, then the step
 * that its verb says. A run that died is taken up again at the phase it had reached.
 */
import type { DriverAnswer } from '~/server/domain/driver-task';
import type { Phase, Step } from '~/server/domain/engine/verb';
import { DriverError } from '~/server/drivers/driver';
import { breaksConstraint } from '~/server/services/contention';
import { loadVerbWork, noteVerbFailure, takeVerbStep, type VerbWork } from '~/server/services/verb-work';
import { carryOut } from './carry-out';
import type { WorkerDependencies } from './dependencies';

/**
 * More rounds than any verb has: phases, some of which come once a disk. A phase that does not move its operation on is a
 * bug, not a loop.
 */
const MAX_ROUNDS = 500;

/**
 * @param lastAttempt whether the queue will not call again: what fails now is rolled back, or given up
 * @throws what failed, when a later attempt may succeed; the queue then calls again
 */
export async function runOperation(
  dependencies: WorkerDependencies,
  operationId: string,
  lastAttempt: boolean,
): Promise<void> {
  const { runtime } = dependencies;
  // Ended already: there is nothing left to do, and being called twice does no harm.
  let left = await loadVerbWork(runtime, operationId);
  for (let round = 0; left !== null; round += 1) {
    if (round === MAX_ROUNDS) throw new Error(`operation ${operationId} does not move on`);
    const work: VerbWork = left;
    try {
      left = await runPhase(dependencies, work);
    } catch (error) {
      const { phase, requestId } = work;
      const reason = reasonOf(error, requestId);
      if (!lastAttempt && mayPass(error)) {
        await noteVerbFailure(runtime, work, reason);
        throw error;
      }
      runtime.log.warn({ err: error, operationId, requestId, phase }, 'operation failed');
      left = await failPhase(dependencies, work, reason, lastAttempt);
      if (lastAttempt) return;
    }
  }
}

/**
 * Asks the tasks of the phase that is due, and takes the step that follows. Being called twice does no harm.
 * @returns the work that is left
 */
export async function runPhase(dependencies: WorkerDependencies, work: VerbWork): Promise<VerbWork | null> {
  const answers: DriverAnswer[] = [];
  for (const task of phaseOf(work).tasks(work)) {
    answers.push(await carryOut(dependencies, task));
  }
  return takeVerbStep(dependencies.runtime, work, (locked) => phaseOf(locked).done(locked, answers));
}

/**
 * What a verb cannot even fail at must end all the same: an operation that nobody ends would hold its object for ever.
 * @returns the work that is left
 */
async function failPhase(
  { runtime }: WorkerDependencies,
  work: VerbWork,
  reason: string,
  lastAttempt: boolean,
): Promise<VerbWork | null> {
  let undecided = false;
  const inOrder = (now: VerbWork): Step => {
    try {
      return phaseOf(now).failed(now, reason);
    } catch (error) {
      undecided = true;
      throw error;
    }
  };
  try {
    return await takeVerbStep(runtime, work, inOrder, lastAttempt);
  } catch (error) {
    // A database that is away comes back, and the operation is taken up again.
    if (!lastAttempt || !(undecided || breaksConstraint(error))) throw error;
    const { operationId, phase } = work;
    runtime.log.error({ err: error, operationId, phase }, 'operation could not be given up in order');
    return takeVerbStep(runtime, work, () => ({ outcome: 'failed', reason, message: reason, changes: [] }));
  }
}

function phaseOf({ verb, phase }: VerbWork): Phase {
  const found = verb.phases?.[phase];
  if (found === undefined) throw new Error(`${verb.name} has no phase ${phase}`);
  return found;
}

/** A driver knows; of an unknown error nobody knows, so it is tried again. */
function mayPass(error: unknown): boolean {
  return error instanceof DriverError ? error.retryable : true;
}

/** Some words are for people; any other error says nothing outward but where to look. */
function reasonOf(error: unknown, requestId: string): string {
  if (error instanceof DriverError) return error.message;
  return `An internal error happened; the log has it under ${requestId}.`;
}
