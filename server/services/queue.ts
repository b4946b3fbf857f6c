/**
 * Jobs, written in the transaction of what they are about: neither exists without the other.
 */
import type { TransactionSql } from 'postgres';
import { ACTION_NAMES, type ActionName } from '~/server/domain/action';
import type { Fragment } from './around';

/** Job name in the queue: the action's own name. */
export const JOB_NAMES: readonly ActionName[] = ACTION_NAMES;

/** With the queue's exponential waits (e^n s), the last try is about 85 s after the first. */
export const MAX_ATTEMPTS = 5;

/** Enqueues the job that owns an operation. */
export function enqueue(sql: TransactionSql, action: ActionName, operationId: string): Promise<unknown> {
  return sql`select ${enqueuing(sql, action, operationId)}`.execute();
}

/**
 * Enqueues the job that owns an operation. One job an operation: a second one replaces the first.
 * @param sql the transaction that writes the operation
 * @returns an expression that does it
 */
export function enqueuing(sql: TransactionSql, action: ActionName, operationId: string): Fragment {
  return sql`graphile_worker.add_job(
    ${action}, json_build_object('operationId', ${operationId}::text), max_attempts => ${MAX_ATTEMPTS}, job_key => ${operationId}
  )`;
}
