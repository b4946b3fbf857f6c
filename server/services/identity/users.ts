/**
 * Users, for administrators, and each caller's own.
 */
import type { Sql, TransactionSql } from 'postgres';
import type { Context } from '../context';
import { all } from '../list-filters';
import { authorize, notFound, RefusedError } from '../refused';
import type { Runtime } from '../runtime';
import { keepingAnAdministrator } from './administrators';
import { DEFAULT_DOMAIN } from './domain';
import { newIdentifier } from './identifier';
import { unlessTaken } from './name-taken';
import { checkPassword, hashSecret } from './password';
import { record } from './record';

export interface UserView {
  id: string;
  name: string;
  email: string | null;
  description: string | null;
  defaultProjectId: string | null;
  domainId: string;
  enabled: boolean;
}

/** What may be said of a user; what is left out stays, or is the usual. */
export interface UserInput {
  name?: string | undefined;
  email?: string | null | undefined;
  description?: string | null | undefined;
  defaultProjectId?: string | null | undefined;
  enabled?: boolean | undefined;
  /** null: the user cannot log in with one. */
  password?: string | null | undefined;
}

/**
 * All users, by name.
 * @throws RefusedError forbidden
 */
export async function listUsers(
  context: Context,
  {
    name,
    domainId,
    enabled,
  }: { name?: string | undefined; domainId?: string | undefined; enabled?: boolean | undefined },
): Promise<UserView[]> {
  authorize(context, 'identity:list_users');
  const { sql } = context.runtime.database;
  return sql<UserView[]>`
    select ${columns(sql)} from users where ${all(sql, [
      name === undefined ? sql`true` : sql`name = ${name}`,
      domainId === undefined ? sql`true` : sql`domain_id = ${domainId}`,
      enabled === undefined ? sql`true` : sql`enabled = ${enabled}`,
    ])}
    order by name`;
}

/**
 * Oneself, or as an administrator anybody.
 * @throws RefusedError not_found, forbidden
 */
export async function getUser(context: Context, id: string): Promise<UserView> {
  if (id !== context.actor.userId) authorize(context, 'identity:get_user');
  const { sql } = context.runtime.database;
  const [user] = await sql<UserView[]>`select ${columns(sql)} from users where id = ${id}`;
  if (user === undefined) throw notFound('user', id);
  return user;
}

/** @throws RefusedError forbidden; conflict for a name that is taken */
export async function createUser(context: Context, input: UserInput & { name: string }): Promise<UserView> {
  authorize(context, 'identity:create_user');
  const { sql } = context.runtime.database;
  const { password, ...rest } = input;
  const user: UserView = {
    id: newIdentifier(),
    name: rest.name,
    email: rest.email ?? null,
    description: rest.description ?? null,
    defaultProjectId: rest.defaultProjectId ?? null,
    domainId: DEFAULT_DOMAIN.id,
    enabled: rest.enabled ?? true,
  };
  const passwordHash = password == null ? null : await hashSecret(password);
  await unlessTaken('user', user.name, () =>
    sql.begin(async (transaction) => {
      await transaction`
        insert into users (id, name, email, description, default_project_id, enabled, password_hash)
        values (${user.id}, ${user.name}, ${user.email}, ${user.description}, ${user.defaultProjectId}, ${user.enabled},
          ${passwordHash})`;
      const input = { userId: user.id, name: user.name, enabled: user.enabled };
      await record(transaction, context, {
        action: 'user.create',
        input,
        message: `User ${user.name} is made`,
      });
    }),
  );
  return user;
}

/**
 * A new password, or being disabled, ends every token and session of the user.
 * @throws RefusedError not_found, forbidden; conflict for a name that is taken, or the last administrator
 */
export async function updateUser(context: Context, id: string, input: UserInput): Promise<UserView> {
  authorize(context, 'identity:update_user');
  const { password, ...rest } = input;
  const passwordHash = password == null ? null : await hashSecret(password);
  return unlessTaken('user', rest.name ?? id, () =>
    keepingAnAdministrator(context.runtime, async (sql) => {
      const given = {
        ...(rest.name === undefined ? {} : { name: rest.name }),
        ...(rest.email === undefined ? {} : { email: rest.email }),
        ...(rest.description === undefined ? {} : { description: rest.description }),
        ...(rest.defaultProjectId === undefined ? {} : { default_project_id: rest.defaultProjectId }),
        ...(rest.enabled === undefined ? {} : { enabled: rest.enabled }),
        ...(password === undefined ? {} : { password_hash: passwordHash }),
      };
      if (Object.keys(given).length > 0) await sql`update users set ${sql(given)} where id = ${id}`;
      const [user] = await sql<UserView[]>`select ${columns(sql)} from users where id = ${id}`;
      if (user === undefined) throw notFound('user', id);
      if (!user.enabled || password !== undefined) await logOutEverywhere(sql, id);
      // Which columns, and not what is in them: a hash is nobody's to read.
      const input = { userId: id, changed: Object.keys(given) };
      await record(sql, context, { action: 'user.update', input, message: `User ${user.name} is changed` });
      return user;
    }),
  );
}

/**
 * Changes a password by the one it was, which is all that is asked for, as upstream has it: whoever knows it could get a
 * token with it. All tokens and sessions of the user end.
 * @param address of the client, for the limit
 * @throws RefusedError unauthenticated for a wrong original one, rate_limited
 */
export async function changePassword(
  runtime: Runtime,
  id: string,
  { original, password }: { original: string; password: string },
  address: string,
): Promise<void> {
  if ((await checkPassword(runtime, { id }, original, address)) === null) {
    throw new RefusedError([
      { rule: 'user.wrong-password', code: 'unauthenticated', message: 'The original password is wrong.' },
    ]);
  }
  if (original === password) {
    throw new RefusedError([
      { rule: 'user.same-password', code: 'invalid', message: 'The new password is the original one.' },
    ]);
  }
  const passwordHash = await hashSecret(password);
  await runtime.database.sql.begin(async (sql) => {
    await sql`update users set password_hash = ${passwordHash} where id = ${id}`;
    await logOutEverywhere(sql, id);
  });
}

/**
 * Servers and volumes that the user made stay: they are their project's.
 * @throws RefusedError not_found, forbidden; conflict for the last administrator
 */
export async function deleteUser(context: Context, id: string): Promise<void> {
  authorize(context, 'identity:delete_user');
  await keepingAnAdministrator(context.runtime, async (sql) => {
    const [gone] = await sql<{ name: string }[]>`delete from users where id = ${id} returning name`;
    if (gone === undefined) throw notFound('user', id);
    const input = { userId: id, name: gone.name };
    await record(sql, context, { action: 'user.delete', input, message: `User ${gone.name} is deleted` });
  });
}

async function logOutEverywhere(sql: TransactionSql, id: string): Promise<void> {
  await sql`delete from api_tokens where user_id = ${id}`;
  await sql`delete from sessions where user_id = ${id}`;
}

function columns(sql: Sql | TransactionSql) {
  return sql`id, name, email, description, default_project_id as "defaultProjectId", domain_id as "domainId", enabled`;
}
