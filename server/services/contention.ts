/**
 * What Postgres says when two want the same at once, and what that means.
 */
import postgres from 'postgres';
import type { ActionName } from '~/server/domain/action';
import { RefusedError } from './refused';

const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
/** Of all violations of constraints. */
const INTEGRITY_CLASS = '23';
/** One running owner an object, whoever asks. */
const ONE_OWNER = 'operation_one_owner';
/** No lock is held on a name that nothing has yet. */
const TYPE_NAME = 'volume_types_name_unique';
const ATTEMPTS = 3;

/**
 * Runs a transaction again when it was the victim of a deadlock: it left nothing behind, and the other one is through.
 * @param transaction a whole one, with nothing outside it
 * @throws what it throws, of a deadlock only the last one
 */
export async function untilThrough<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPostgres(error, DEADLOCK)) throw error;
    }
  }
}

/** @returns a refusal where the database has seen in time what two callers could not; else the error itself */
export function asRefusal(error: unknown, action: ActionName): unknown {
  if (isPostgres(error, UNIQUE_VIOLATION) && error.constraint_name === TYPE_NAME) {
    return new RefusedError([
      {
        rule: `${action}.name-taken`,
        code: 'conflict',
        message: 'Somebody has just given this name to another volume type.',
        remedy: { kind: 'advice', text: 'Choose another name.' },
      },
    ]);
  }
  if (!isPostgres(error, UNIQUE_VIOLATION) || error.constraint_name !== ONE_OWNER) return error;
  return new RefusedError([
    {
      rule: `${action}.operation-in-progress`,
      code: 'conflict',
      message: 'Another operation is under way on the same object; this one needs it to have ended.',
      remedy: { kind: 'advice', text: 'Wait until it has ended, or reset the state of the object.' },
    },
  ]);
}

/** @returns whether it would be refused again, however often it is tried */
export function breaksConstraint(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code.startsWith(INTEGRITY_CLASS);
}

function isPostgres(error: unknown, code: string): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError && error.code === code;
}
