/**
 * Names that are unique: only the database knows for sure, when two come at once.
 */
import postgres from 'postgres';
import { RefusedError } from '../refused';

const UNIQUE_VIOLATION = '23505';

/**
 * @param noun e.g. `user`
 * @returns what `write` gives
 * @throws RefusedError conflict when the name is taken
 */
export async function unlessTaken<Result>(
  noun: 'project' | 'user' | 'application credential',
  name: string,
  write: () => PromiseLike<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== UNIQUE_VIOLATION) throw error;
    throw new RefusedError([
      {
        rule: `${noun.replace(' ', '-')}.name-taken`,
        code: 'conflict',
        message: `The name ${name} is taken by another ${noun}.`,
        remedy: { kind: 'advice', text: 'Choose another name.' },
      },
    ]);
  }
}
