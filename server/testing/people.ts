/**
 * People for tests of who may do what: users with a password, in projects of their own.
 */

import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { makeProject, type ProjectRecord } from '~/db/factories';
import { roleAssignments, users } from '~/db/schema/identity';
import type { Role } from '~/server/domain/roles';
import type { Context } from '~/server/services/context';
import { actorOfToken, type Caller } from '~/server/services/identity/authenticate';
import { issueToken, type ScopeWish } from '~/server/services/identity/issue-token';
import type { Runtime } from '~/server/services/runtime';

export const PASSWORD = 'correct horse';

/** Where everybody is. */
export const ADDRESS = '192.0.2.1';

/** Hashed once: it is slow on purpose. */
const hashed = hash(PASSWORD);

export interface PersonRecord {
  id: string;
  name: string;
  project: ProjectRecord;
}

/**
 * @param roles in `project`
 * @param project one of its own when left out
 */
export async function makePerson(
  { database }: Runtime,
  roles: readonly Role[],
  project?: ProjectRecord,
): Promise<PersonRecord> {
  const where = project ?? (await makeProject(database));
  const id = randomBytes(16).toString('hex');
  const name = `person-${id}`;
  await database.orm.insert(users).values({ id, name, passwordHash: await hashed });
  const granted = roles.map((role) => ({ userId: id, projectId: where.id, role }));
  if (granted.length > 0) await database.orm.insert(roleAssignments).values(granted);
  return { id, name, project: where };
}

/** What a route hands on of who calls. */
export interface PersonCall {
  context: Context;
  caller: Caller;
  token: string;
}

/** @param wish the person's project when left out */
export async function tokenOf(
  runtime: Runtime,
  { id, project }: PersonRecord,
  wish: ScopeWish = { kind: 'project', id: project.id },
  password = PASSWORD,
): Promise<string> {
  const proof = { method: 'password', user: { id }, password } as const;
  return (await issueToken(runtime, [proof], wish, ADDRESS)).token;
}

/** @returns a call of the person with a new token */
export async function callOf(runtime: Runtime, person: PersonRecord, wish?: ScopeWish): Promise<PersonCall> {
  return callWith(runtime, await tokenOf(runtime, person, wish));
}

/** @throws when the token is good for nothing */
export async function callWith(runtime: Runtime, token: string): Promise<PersonCall> {
  const caller = await actorOfToken(runtime, token, null);
  if (caller === null) throw new Error('this token is good for nothing');
  return { caller, token, context: { runtime, actor: caller.actor, requestId: 'req-1' } };
}

/** @returns whether a token is good for anything */
export async function isLive(runtime: Runtime, token: string): Promise<boolean> {
  return (await actorOfToken(runtime, token, null)) !== null;
}
