/**
 * Waits for the end of an operation, for the calls of the APIs that answer with what came of it. Whoever waits holds no
 * connection and no lock; when it waits in vain, the operation goes on all the same.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { CHANGES_CHANNEL } from '~/db/schema/operation';
import type { Json } from '~/server/domain/connection';
import type { FailureCause, OperationOutcome } from '~/server/domain/operation';
import type { Context } from './context';
import type { Performed } from './perform';

/** Longer than any client waits for an answer (that of the volume API's own services: 60 s). */
const WITHIN_MS = 60_000;
/** News can be lost with the connection they come by. */
const LOOK_AGAIN_MS = 1000;

/** It has ended, and not as it was asked to. */
export class OperationFailedError extends Error {
  constructor(
    reason: string,
    readonly failureCause: FailureCause,
  ) {
    super(reason);
    this.name = 'OperationFailedError';
  }
}

/** It is under way still. */
export class OperationUnfinishedError extends Error {
  constructor(operationId: string) {
    super(`Operation ${operationId} is still under way; its end can be looked up later.`);
    this.name = 'OperationUnfinishedError';
  }
}

/**
 * @param withinMs how long to wait at most
 * @returns what the phases of the operation have handed on, secrets sealed; at once when nothing went on
 * @throws OperationFailedError with the reason, when it failed
 * @throws OperationUnfinishedError when it has not ended in time
 */
export async function awaitOperation(
  { runtime }: Pick<Context, 'runtime'>,
  { operationId, running }: Pick<Performed, 'operationId' | 'running'>,
  withinMs = WITHIN_MS,
): Promise<Readonly<Record<string, Json>>> {
  if (!running) return {};
  const { sql } = runtime.database;
  let wake = (): void => undefined;
  const heard = (payload: string): void => {
    if (payload.includes(operationId)) wake();
  };
  const subscription = await sql.listen(CHANGES_CHANNEL, heard);
  const deadline = performance.now() + withinMs;
  try {
    for (;;) {
      // Before looking, so that nothing that happens meanwhile goes unheard.
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const end = await endOf(runtime, operationId);
      if (end !== null) return end;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new OperationUnfinishedError(operationId);
      await Promise.race([news, wait(Math.min(leftMs, LOOK_AGAIN_MS), undefined, { ref: false })]);
    }
  } finally {
    await subscription.unlisten();
  }
}

/** @returns null while it runs */
async function endOf(
  { database }: Context['runtime'],
  operationId: string,
): Promise<Readonly<Record<string, Json>> | null> {
  const [row] = await database.sql<
    {
      outcome: OperationOutcome;
      reason: string | null;
      cause: FailureCause | null;
      carry: Record<string, Json>;
    }[]
  >`select outcome, reason, cause, carry from operations where id = ${operationId}`;
  if (row === undefined) throw new OperationFailedError(`Operation ${operationId} is gone.`, 'overtaken');
  if (row.outcome === 'running') return null;
  if (row.outcome === 'succeeded') return row.carry;
  throw new OperationFailedError(row.reason ?? 'It failed.', row.cause ?? 'fault');
}
