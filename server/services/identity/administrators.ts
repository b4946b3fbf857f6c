/**
 * Somebody must be left who can log in and administer the cloud.
 */
import type { TransactionSql } from 'postgres';
import { RefusedError } from '../refused';
import type { Runtime } from '../runtime';

/** Who changes users, projects and roles does so one after the other: two must not take the last two administrators. */
const IDENTITY_LOCK = 7_305_229_516;

/**
 * Runs a change that may take the last administrator away.
 * @throws RefusedError conflict, with nothing changed, when nobody could administer the cloud after it
 */
export function keepingAnAdministrator<Result>(
  { database }: Runtime,
  change: (sql: TransactionSql) => Promise<Result>,
): Promise<Result> {
  return database.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${IDENTITY_LOCK})`;
    const before = await hasAdministrator(sql);
    const result = await change(sql);
    if (!before || (await hasAdministrator(sql))) return result;
    throw new RefusedError([
      {
        rule: 'identity.last-administrator',
        code: 'conflict',
        message:
          'Nobody could administer this cloud after that: it concerns the last administrator with a password.',
        remedy: { kind: 'advice', text: 'Give the role admin to somebody else first.' },
      },
    ]);
  }) as Promise<Result>;
}

async function hasAdministrator(sql: TransactionSql): Promise<boolean> {
  const found = await sql`
    select from role_assignments r
      join users u on u.id = r.user_id and u.enabled and u.password_hash is not null
      join projects p on p.id = r.project_id and p.enabled
    where r.role = 'admin' limit 1`;
  return found.count > 0;
}
