/**
 * Who asks. Roles imply each other as in Keystone: admin ⊃ member ⊃ reader.
 */
import type { PolicyRules } from './policy-defaults';

export const ROLES = ['admin', 'member', 'reader'] as const;
export type Role = (typeof ROLES)[number];

const IMPLIED = {
  admin: ['admin', 'member', 'reader'],
  member: ['member', 'reader'],
  reader: ['reader'],
} as const satisfies Record<Role, readonly Role[]>;

/** The caller of a verb: a user in one project, with the roles granted there. */
export interface Actor {
  userId: string;
  userName: string;
  projectId: string;
  projectName: string;
  roles: readonly Role[];
  /** A valid service token came with the request: a service asks for this user. Never so in the console. */
  service: boolean;
  /** What the policy file changes; left out where it changes nothing. */
  policy?: PolicyRules;
}

/** @returns whether the actor has the role, granted or implied */
export function hasRole(actor: Pick<Actor, 'roles'>, role: Role): boolean {
  return actor.roles.some((granted) => (IMPLIED[granted] as readonly Role[]).includes(role));
}

/** Administrators act on every project; the role counts in whichever project it was granted. */
export function isAdmin(actor: Pick<Actor, 'roles'>): boolean {
  return hasRole(actor, 'admin');
}
