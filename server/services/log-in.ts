/**
 * Log in to the console with name and password.
 */
import { checkPassword } from './identity/password';
import { RefusedError } from './refused';
import type { Runtime } from './runtime';
import { openSession } from './sessions';

/**
 * @param credentials as typed
 * @param address of the client, for the limit
 * @returns the token of a new session, in the user's own project or the first one by name
 * @throws RefusedError unauthenticated for a wrong pair (never saying which half), rate_limited after too many
 */
export async function logIn(
  runtime: Runtime,
  { name, password }: { name: string; password: string },
  address: string,
): Promise<string> {
  const userId = await checkPassword(runtime, { name, domainId: null }, password, address);
  if (userId === null) throw refused('unauthenticated', 'login.wrong', 'Name or password is wrong.');
  const [project] = await runtime.database.sql<{ id: string }[]>`
    select p.id from role_assignments r join projects p on p.id = r.project_id and p.enabled
    where r.user_id = ${userId} and r.role <> 'service' order by p.name = ${name} desc, r.role, p.name limit 1`;
  if (project === undefined) {
    throw refused('forbidden', 'login.no-project', `${name} has no role in any project.`);
  }
  return openSession(runtime, userId, project.id);
}

function refused(code: 'unauthenticated' | 'forbidden', rule: string, message: string): RefusedError {
  return new RefusedError([{ rule, code, message }]);
}
