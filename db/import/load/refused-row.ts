import postgres from 'postgres';
import { ImportError } from '~/db/import/import-error';

/** SQLSTATE classes of data that does not fit: out of range or malformed, and against a constraint. */
const DATA_ERROR = /^2[23]/;

/**
 * What Postgres says against a row, in a line. Drizzle wraps it, with the whole statement.
 * @returns null for every other error
 */
export function refusalOf(error: unknown): ImportError | null {
  const cause = error instanceof Error ? error.cause : null;
  if (!(cause instanceof postgres.PostgresError) || !DATA_ERROR.test(cause.code)) return null;
  const detail = cause.detail === undefined ? '' : ` (${cause.detail})`;
  return new ImportError(`The database refuses a row: ${cause.message}${detail}. Nothing was imported.`);
}
