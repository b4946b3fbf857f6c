/**
 * The roles as the identity API names them. They are fixed: a role that no rule knows would only look like one.
 */
import { ROLES, type Role, withImplied } from '~/server/domain/roles';
import type { Context } from '../context';
import { authorize, notFound, RefusedError } from '../refused';

/** 32 hex digits, the same in every cloud. */
const ROLE_IDS = {
  admin: '5f0c3a9d1b7e4c2f8a6d0e9b3c7f1a24',
  member: '9d2e6b1f0c8a4d7395b3e1f7a0c4d826',
  reader: 'c1a7f3e50d9b4268be4f8a2d6c0e7391',
  service: 'e8b4d06f2a5c4719a3d7c9f1b0e62d58',
} as const satisfies Record<Role, string>;

export interface RoleView {
  id: string;
  name: Role;
}

/** @returns the role as everybody sees it */
export function roleView(role: Role): RoleView {
  return { id: ROLE_IDS[role], name: role };
}

/** @throws RefusedError not_found for an id that is no role's */
export function roleOfId(id: string): Role {
  const role = ROLES.find((each) => ROLE_IDS[each] === id);
  if (role === undefined) throw notFound('role', id);
  return role;
}

/** @returns the role meant by id or name; undefined for none */
export function findRole({ id, name }: { id?: string | undefined; name?: string | undefined }) {
  return ROLES.find((role) => (id === undefined ? role === name : ROLE_IDS[role] === id));
}

/**
 * @param name keeps the one of this name; undefined keeps all
 * @throws RefusedError forbidden without the policy
 */
export function listRoles(context: Context, name: string | undefined): RoleView[] {
  authorize(context, 'identity:list_roles');
  return ROLES.filter((role) => name === undefined || role === name).map(roleView);
}

/** @throws RefusedError not_found, forbidden */
export function getRole(context: Context, id: string): RoleView {
  authorize(context, 'identity:get_role');
  return roleView(roleOfId(id));
}

/** @returns of each role that implies others, those one step below it */
export function listInferences(context: Context): { prior: RoleView; implied: RoleView[] }[] {
  authorize(context, 'identity:list_role_inference_rules');
  return ROLES.map((role) => ({ prior: roleView(role), implied: impliedBy(role).map(roleView) })).filter(
    ({ implied }) => implied.length > 0,
  );
}

/** Admin implies member, which implies reader: each names the next only, as upstream's bootstrap writes it. */
function impliedBy(role: Role): Role[] {
  return withImplied([role])
    .filter((each) => each !== role)
    .slice(0, 1);
}

/**
 * Roles cannot be made, changed or deleted.
 * @param name of the role somebody wants to make; null when one that is there shall change
 * @throws RefusedError always: forbidden, or conflict for a name that is taken
 */
export function refuseRoleChange(context: Context, name: string | null): never {
  authorize(context, 'identity:create_role');
  if (name !== null && findRole({ name }) !== undefined) {
    throw new RefusedError([
      { rule: 'role.name-taken', code: 'conflict', message: `There is a role ${name} already.` },
    ]);
  }
  throw new RefusedError([
    {
      rule: 'role.fixed',
      code: 'forbidden',
      message: `The roles of this cloud are fixed: ${ROLES.join(', ')}.`,
      remedy: { kind: 'advice', text: 'What each may do is changed in the policy file.' },
    },
  ]);
}
