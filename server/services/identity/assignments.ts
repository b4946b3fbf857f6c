/**
 * Who has which role where: in projects as given, in the whole cloud and its domain as it follows from those.
 */
import { ROLES, type Role, withImplied } from '~/server/domain/roles';
import type { Context } from '../context';
import { all } from '../list-filters';
import { authorize, RefusedError } from '../refused';
import { type DomainRef, domainOf } from './domain';
import { type RoleView, roleView } from './roles';

export interface AssignmentFilter {
  userId?: string | undefined;
  projectId?: string | undefined;
  role?: Role | undefined;
  /** Of the whole cloud only, or of the domain only. */
  scope?: 'system' | 'domain' | undefined;
  /** With what each role implies. */
  effective: boolean;
}

export interface Assignment {
  role: RoleView;
  user: { id: string; name: string; domain: DomainRef };
  scope:
    | { kind: 'project'; id: string; name: string; domain: DomainRef }
    | { kind: 'system' }
    | { kind: 'domain' };
}

/**
 * Who administers any project administers the cloud, and its domain: these follow from the others.
 * @throws RefusedError forbidden
 */
export async function listAssignments(context: Context, filter: AssignmentFilter): Promise<Assignment[]> {
  authorize(context, 'identity:list_role_assignments');
  const granted = await projectAssignments(context, filter);
  if (filter.scope === undefined) return filtered(granted, filter);
  const kind = filter.scope;
  const admins = granted.filter(({ role, enabled }) => role.name === 'admin' && enabled);
  const byUser = new Map(admins.map((each) => [each.user.id, { ...each, scope: { kind } }]));
  return filtered([...byUser.values()], filter);
}

type Found = Assignment & { enabled: boolean };

function filtered(found: readonly Found[], { role, effective }: AssignmentFilter): Assignment[] {
  return found
    .flatMap(({ role: granted, user, scope }) =>
      (effective ? withImplied([granted.name]) : [granted.name]).map((name) => ({
        role: roleView(name),
        user,
        scope,
      })),
    )
    .filter((each) => role === undefined || each.role.name === role);
}

interface AssignmentRow {
  role: Role;
  user_id: string;
  user_name: string;
  user_domain_id: string;
  id: string;
  name: string;
  domain_id: string;
  enabled: boolean;
}

async function projectAssignments(
  context: Context,
  { userId, projectId }: AssignmentFilter,
): Promise<Found[]> {
  const { sql } = context.runtime.database;
  const rows = await sql<AssignmentRow[]>`
    select r.role, u.id as user_id, u.name as user_name, u.domain_id as user_domain_id,
      p.id, p.name, p.domain_id, p.enabled
    from role_assignments r join users u on u.id = r.user_id join projects p on p.id = r.project_id
    where ${all(sql, [
      userId === undefined ? sql`true` : sql`u.id = ${userId}`,
      projectId === undefined ? sql`true` : sql`p.id = ${projectId}`,
    ])}
    order by p.name, u.name, r.role`;
  return rows.map(({ role, id, name, domain_id: domainId, enabled, ...user }) => ({
    role: roleView(role),
    user: { id: user.user_id, name: user.user_name, domain: domainOf(user.user_domain_id) },
    scope: { kind: 'project', id, name, domain: domainOf(domainId) },
    enabled,
  }));
}

/**
 * The whole cloud and its domain are administered by whoever administers a project: nobody is given them apart.
 * @returns the roles a user has there
 * @throws RefusedError forbidden, not_found
 */
export async function listCloudRoles(context: Context, userId: string): Promise<RoleView[]> {
  authorize(context, 'identity:list_grants');
  const held = await listAssignments(context, { userId, scope: 'system', effective: false });
  return ROLES.filter((role) => held.some((each) => each.role.name === role)).map(roleView);
}

/**
 * @param given whether it shall be given; else taken
 * @throws RefusedError forbidden, unless it is so already
 */
export async function changeCloudRole(
  context: Context,
  { userId, role, given }: { userId: string; role: Role; given: boolean },
): Promise<void> {
  authorize(context, given ? 'identity:create_grant' : 'identity:revoke_grant');
  const held = (await listCloudRoles(context, userId)).some((each) => each.name === role);
  if (held === given) return;
  throw new RefusedError([
    {
      rule: 'grant.of-cloud',
      code: 'forbidden',
      message: 'Roles are given in projects here; who administers any project administers the whole cloud.',
      remedy: { kind: 'advice', text: `Give or take the role ${role} in a project.` },
    },
  ]);
}

/** @returns whether the caller administers any project, and with it the cloud; everybody may ask it of oneself */
export async function administersCloud({ runtime, actor }: Context): Promise<boolean> {
  const found = await runtime.database.sql`
    select from role_assignments r join projects p on p.id = r.project_id and p.enabled
    where r.user_id = ${actor.userId} and r.role = 'admin' limit 1`;
  return found.count > 0;
}
