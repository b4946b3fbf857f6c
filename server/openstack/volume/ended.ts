/**
 * Answers that wait for what they started: upstream's API asks its volume service, and answers when that has.
 */
import {
  awaitOperation,
  OperationFailedError,
  OperationUnfinishedError,
} from '~/server/services/await-operation';
import type { Context } from '~/server/services/context';
import type { Performed } from '~/server/services/perform';
import { FaultError } from '../fault';

/** @throws FaultError as {@link inTime} */
export async function ended(context: Context, performed: Performed): Promise<void> {
  await inTime(awaitOperation(context, performed));
}

/** Longer than it takes to take a record away, and no longer than anybody minds. */
const MOMENT_MS = 5000;

/** Waits a moment for what is accepted whatever comes of it: whoever asks has it looked up next. */
export async function soonEnded(context: Context, performed: Performed): Promise<void> {
  try {
    await awaitOperation(context, performed, MOMENT_MS);
  } catch (error) {
    if (error instanceof OperationFailedError || error instanceof OperationUnfinishedError) return;
    throw error;
  }
}

/**
 * @param waiting for the end of an operation
 * @throws FaultError 500 with the reason when storage has failed, 409 when somebody else was first, 503 when it goes on
 *   for longer than anybody waits
 */
export async function inTime<Result>(waiting: Promise<Result>): Promise<Result> {
  try {
    return await waiting;
  } catch (error) {
    if (error instanceof OperationFailedError)
      throw new FaultError(error.failureCause === 'overtaken' ? 409 : 500, error.message);
    if (error instanceof OperationUnfinishedError) throw new FaultError(503, error.message);
    throw error;
  }
}
