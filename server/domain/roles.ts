/**
 * Who asks. Roles imply each other as in Keystone: admin ⊃ member ⊃ reader. `service` implies none and is implied by
 * none: it makes a token good as a service token, and opens nothing to a person.
 */
import type { PolicyRules } from './policy-defaults';

export const ROLES = ['admin', 'member', 'reader', 'service'] as const;
export type Role = (typeof ROLES)[number];

const IMPLIED = {
  admin: ['admin', 'member', 'reader'],
  member: ['member', 'reader'],
  reader: ['reader'],
  service: ['service'],
} as const satisfies Record<Role, readonly Role[]>;

/** What a token of the APIs is good for: one project, the domain, the whole cloud, or nothing but getting another. */
export const TOKEN_SCOPES = ['project', 'domain', 'system', 'unscoped'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The project of an actor that acts in none, such as one with a token of the whole cloud: no project has this id. */
export const NO_PROJECT = '';

/** The caller of a verb: a user in one project, with the roles granted there. */
export interface Actor {
  userId: string;
  userName: string;
  /** {@link NO_PROJECT} when the actor acts in no project. */
  projectId: string;
  projectName: string;
  roles: readonly Role[];
  /** A valid service token came with the request: a service asks for this user. Never so in the console. */
  service: boolean;
  /** What the policy file changes; left out where it changes nothing. */
  policy?: PolicyRules;
}

/** @returns the roles with all they imply, in the order of {@link ROLES} */
export function withImplied(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => hasRole({ roles }, role));
}

/** @returns whether the actor has the role, granted or implied */
export function hasRole(actor: Pick<Actor, 'roles'>, role: Role): boolean {
  return actor.roles.some((granted) => (IMPLIED[granted] as readonly Role[]).includes(role));
}

/** Administrators act on every project; the role counts in whichever project it was granted. */
export function isAdmin(actor: Pick<Actor, 'roles'>): boolean {
  return hasRole(actor, 'admin');
}
