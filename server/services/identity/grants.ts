/**
 * Giving roles to users in projects, and taking them.
 */
import type { Role } from '~/server/domain/roles';
import type { Context } from '../context';
import { authorize, notFound, RefusedError } from '../refused';
import type { Runtime } from '../runtime';
import { keepingAnAdministrator } from './administrators';
import { record } from './record';
import { type RoleView, roleView } from './roles';

/** One role of one user in one project. */
export interface Grant {
  projectId: string;
  userId: string;
  role: Role;
}

/**
 * @returns the roles granted to the user in the project; not those they imply
 * @throws RefusedError not_found, forbidden
 */
export async function listGrants(context: Context, projectId: string, userId: string): Promise<RoleView[]> {
  authorize(context, 'identity:list_grants');
  await assertThere(context.runtime, projectId, userId);
  const rows = await context.runtime.database.sql<{ role: Role }[]>`
    select role from role_assignments where project_id = ${projectId} and user_id = ${userId} order by role`;
  return rows.map(({ role }) => roleView(role));
}

/** @throws RefusedError not_found when the user has not got the role there, forbidden */
export async function checkGrant(context: Context, grant: Grant): Promise<void> {
  authorize(context, 'identity:check_grant');
  const { projectId, userId, role } = grant;
  await assertThere(context.runtime, projectId, userId);
  const rows = await context.runtime.database.sql`
    select from role_assignments where project_id = ${projectId} and user_id = ${userId} and role = ${role}`;
  if (rows.count === 0) throw noGrant(grant);
}

/**
 * Gives a role; one that the user has got already is no mistake.
 * @throws RefusedError not_found, forbidden
 */
export async function createGrant(context: Context, { projectId, userId, role }: Grant): Promise<void> {
  authorize(context, 'identity:create_grant');
  await assertThere(context.runtime, projectId, userId);
  // Once more in the statement: either may have gone since.
  await context.runtime.database.sql.begin(async (sql) => {
    const [made] = await sql<{ project: string; person: string }[]>`
      with made as (
        insert into role_assignments (project_id, user_id, role)
        select p.id, u.id, ${role} from projects p, users u
        where p.id = ${projectId} and p.deleted_at is null and u.id = ${userId}
        on conflict do nothing returning project_id, user_id
      )
      select p.name as project, u.name as person
      from made join projects p on p.id = made.project_id join users u on u.id = made.user_id`;
    if (made === undefined) return;
    const message = `${made.person} has the role ${role} in project ${made.project}`;
    await record(sql, context, { action: 'role.grant', input: { projectId, userId, role }, message });
  });
}

/**
 * Takes a role; application credentials that had it go with it, as upstream's do.
 * @throws RefusedError not_found, forbidden; conflict for the last administrator's
 */
export async function revokeGrant(context: Context, grant: Grant): Promise<void> {
  authorize(context, 'identity:revoke_grant');
  const { projectId, userId, role } = grant;
  await assertThere(context.runtime, projectId, userId);
  await keepingAnAdministrator(context.runtime, async (sql) => {
    const gone = await sql`
      delete from role_assignments where project_id = ${projectId} and user_id = ${userId} and role = ${role}`;
    if (gone.count === 0) throw noGrant(grant);
    await sql`
      delete from application_credentials
      where project_id = ${projectId} and user_id = ${userId} and ${role} = any(roles)`;
    const message = `User ${userId} has the role ${role} in project ${projectId} no more`;
    await record(sql, context, { action: 'role.revoke', input: { projectId, userId, role }, message });
  });
}

async function assertThere({ database }: Runtime, projectId: string, userId: string): Promise<void> {
  const [there] = await database.sql<{ project: boolean; person: boolean }[]>`
    select exists (select from projects where id = ${projectId} and deleted_at is null) as project,
      exists (select from users where id = ${userId}) as person`;
  if (there?.project !== true) throw notFound('project', projectId);
  if (!there.person) throw notFound('user', userId);
}

function noGrant({ projectId, userId, role }: Grant): RefusedError {
  return new RefusedError([
    {
      rule: 'grant.not-found',
      code: 'not_found',
      message: `User ${userId} has not got the role ${role} in project ${projectId}.`,
    },
  ]);
}
