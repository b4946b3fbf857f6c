/**
 * Sessions of the console: who is logged in, in which project, and with which roles. The console is for people: the
 * role `service` counts for nothing here.
 */
import type { PolicyRules } from '~/server/domain/policy-defaults';
import type { Actor, Role } from '~/server/domain/roles';
import { notFound } from './refused';
import type { Runtime } from './runtime';
import { hashToken, newToken } from './tokens';

/** A working day, in seconds. */
export const SESSION_SECONDS = 12 * 60 * 60;

export interface SessionView {
  user: { id: string; name: string };
  project: { id: string; name: string };
  roles: Role[];
  /** All projects in which the user has a role, by name. */
  projects: { id: string; name: string; roles: Role[] }[];
  /** The same as the rules see it. */
  actor: Actor;
}

interface SessionRow {
  user_id: string;
  user_name: string;
  project_id: string;
  projects: { id: string; name: string; roles: Role[] }[];
}

/**
 * @param token from the cookie
 * @returns null when the session is unknown, over, or its user may no longer log in
 */
export async function findSession({ database, policy }: Runtime, token: string): Promise<SessionView | null> {
  const [row] = await database.sql<SessionRow[]>`
    select u.id as user_id, u.name as user_name, s.project_id, coalesce((
      select json_agg(json_build_object('id', p.id, 'name', p.name, 'roles', r.roles) order by p.name)
      from (
        select project_id, array_agg(role order by role) as roles
        from role_assignments where user_id = u.id and role <> 'service' group by project_id
      ) r
        join projects p on p.id = r.project_id and p.enabled
    ), '[]') as projects
    from sessions s join users u on u.id = s.user_id and u.enabled
    where s.token_hash = ${hashToken(token)} and s.expires_at > now()`;
  if (row === undefined) return null;
  const project = row.projects.find((each) => each.id === row.project_id);
  return project === undefined ? null : view(row, project, policy);
}

function view(row: SessionRow, project: SessionRow['projects'][number], policy: PolicyRules): SessionView {
  return {
    user: { id: row.user_id, name: row.user_name },
    project: { id: project.id, name: project.name },
    roles: project.roles,
    projects: row.projects,
    actor: {
      userId: row.user_id,
      userName: row.user_name,
      projectId: project.id,
      projectName: project.name,
      roles: project.roles,
      service: false,
      policy,
    },
  };
}

/** @returns the token of a new session */
export async function openSession({ database }: Runtime, userId: string, projectId: string): Promise<string> {
  const token = newToken();
  await database.sql`
    insert into sessions (token_hash, user_id, project_id, expires_at)
    values (${hashToken(token)}, ${userId}, ${projectId}, now() + make_interval(secs => ${SESSION_SECONDS}))`;
  return token;
}

/** Ends a session; ending one that is over already does no harm. */
export async function closeSession({ database }: Runtime, token: string): Promise<void> {
  await database.sql`delete from sessions where token_hash = ${hashToken(token)}`;
}

/**
 * @param token of a session that is live
 * @throws RefusedError not_found for a project in which the user has no role
 */
export async function switchProject({ database }: Runtime, token: string, projectId: string): Promise<void> {
  const moved = await database.sql`
    update sessions s set project_id = ${projectId}
    where s.token_hash = ${hashToken(token)} and exists (
      select 1 from role_assignments r join projects p on p.id = r.project_id and p.enabled
      where r.user_id = s.user_id and r.project_id = ${projectId} and r.role <> 'service'
    )`;
  if (moved.count === 0) throw notFound('project', projectId);
}
