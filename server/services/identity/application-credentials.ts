/**
 * Application credentials: passwords for programs, each made by its user for one project.
 */
import { randomBytes } from 'node:crypto';
import { hasRole, NO_PROJECT, type Role } from '~/server/domain/roles';
import type { Context } from '../context';
import { authorize, notFound, RefusedError } from '../refused';
import type { Caller } from './authenticate';
import { newIdentifier } from './identifier';
import { unlessTaken } from './name-taken';
import { hashSecret } from './password';

const SECRET_BYTES = 64;

export interface CredentialView {
  id: string;
  userId: string;
  projectId: string;
  name: string;
  description: string | null;
  roles: Role[];
  unrestricted: boolean;
  /** UTC to the microsecond without a zone, as clients compare it with what they sent. */
  expiresAt: string | null;
}

/**
 * Everybody's own; administrators may look at others'.
 * @param name keeps the one of this name; undefined keeps all
 * @throws RefusedError forbidden
 */
export async function listCredentials(
  context: Context,
  userId: string,
  name: string | undefined,
): Promise<CredentialView[]> {
  if (userId !== context.actor.userId) authorize(context, 'identity:list_application_credentials');
  const { sql } = context.runtime.database;
  return sql<CredentialView[]>`
    select ${columns(context)} from application_credentials
    where user_id = ${userId} and (${name ?? null}::text is null or name = ${name ?? null}) order by name`;
}

/** @throws RefusedError not_found, forbidden */
export async function getCredential(context: Context, userId: string, id: string): Promise<CredentialView> {
  if (userId !== context.actor.userId) authorize(context, 'identity:get_application_credential');
  const [found] = await context.runtime.database.sql<CredentialView[]>`
    select ${columns(context)} from application_credentials where user_id = ${userId} and id = ${id}`;
  if (found === undefined) throw notFound('application-credential', id);
  return found;
}

export interface CredentialInput {
  name: string;
  description?: string | null | undefined;
  /** Chosen by the client; made here when left out. */
  secret?: string | undefined;
  /** Some of those its maker has in the project; all when left out. */
  roles?: readonly Role[] | undefined;
  unrestricted?: boolean | undefined;
  /** As {@link CredentialView} has it. */
  expiresAt?: string | null | undefined;
}

/**
 * Only for oneself, for the project of the token.
 * @returns what was made, with its secret, which is never shown again
 * @throws RefusedError forbidden with another's user, without a project, or with a restricted application credential;
 * invalid for a role one has not got or a time that is past; conflict for a name that is taken
 */
export async function createCredential(
  { context, caller }: { context: Context; caller: Caller },
  userId: string,
  input: CredentialInput,
): Promise<{ credential: CredentialView; secret: string }> {
  const { actor } = context;
  refuseRestricted(caller);
  if (userId !== actor.userId)
    throw refused('forbidden', 'not-own', 'Everybody makes application credentials for oneself only.');
  if (actor.projectId === NO_PROJECT) {
    throw refused(
      'forbidden',
      'no-project',
      'This token is for no project; an application credential is made with a token of its project.',
    );
  }
  const roles = [...(input.roles ?? actor.roles)];
  const missing = roles.find((role) => !hasRole(actor, role));
  if (missing !== undefined) {
    throw refused(
      'invalid',
      'role-missing',
      `${actor.userName} has not got the role ${missing} in project ${actor.projectName}.`,
    );
  }
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && Date.parse(`${expiresAt}Z`) <= Date.now()) {
    throw refused('invalid', 'expired', 'The time at which it expires is past.');
  }
  const secret = input.secret ?? randomBytes(SECRET_BYTES).toString('base64url');
  const credential: CredentialView = {
    id: newIdentifier(),
    userId,
    projectId: actor.projectId,
    name: input.name,
    description: input.description ?? null,
    roles,
    unrestricted: input.unrestricted ?? false,
    expiresAt,
  };
  await insert(context, credential, await hashSecret(secret));
  return { credential, secret };
}

async function insert({ runtime }: Context, credential: CredentialView, secretHash: string): Promise<void> {
  const { id, userId, projectId, name, description, roles, unrestricted, expiresAt } = credential;
  await unlessTaken(
    'application credential',
    name,
    () =>
      runtime.database.sql`
      insert into application_credentials
        (id, user_id, project_id, name, description, secret_hash, roles, unrestricted, expires_at)
      values (${id}, ${userId}, ${projectId}, ${name}, ${description}, ${secretHash}, ${roles}::text[]::role[],
        ${unrestricted}, ${expiresAt === null ? null : `${expiresAt}Z`}::text::timestamptz)`,
  );
}

/**
 * Tokens made with it end with it.
 * @throws RefusedError not_found, forbidden
 */
export async function deleteCredential(
  { context, caller }: { context: Context; caller: Caller },
  userId: string,
  id: string,
): Promise<void> {
  refuseRestricted(caller);
  if (userId !== context.actor.userId) authorize(context, 'identity:delete_application_credential');
  const gone = await context.runtime.database.sql`
    delete from application_credentials where user_id = ${userId} and id = ${id}`;
  if (gone.count === 0) throw notFound('application-credential', id);
}

/** A credential that leaks must not make others that outlive it. */
function refuseRestricted({ tokenView }: Caller): void {
  if (tokenView.applicationCredential?.restricted !== true) return;
  throw refused(
    'forbidden',
    'restricted',
    'A restricted application credential neither makes nor deletes application credentials.',
  );
}

function refused(code: 'forbidden' | 'invalid', rule: string, message: string): RefusedError {
  return new RefusedError([{ rule: `application-credential.${rule}`, code, message }]);
}

function columns({ runtime }: Context) {
  return runtime.database.sql`
    id, user_id as "userId", project_id as "projectId", name, description, roles::text[] as roles, unrestricted,
    to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as "expiresAt"`;
}
