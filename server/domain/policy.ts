/**
 * Who may: asks the rules of the policy, the operator's before the defaults.
 */
import { type Grant, POLICY_DEFAULTS, type PolicyName, type PolicyRule } from './policy-defaults';
import type { Refusal } from './refusal';
import { type Actor, hasRole, isAdmin } from './roles';

export type { PolicyName };

/** @returns the kinds of callers a rule lets in; none means nobody */
export function grantsOf(rule: PolicyRule): readonly Grant[] {
  return typeof rule === 'string' ? [rule] : rule;
}

/** @returns the kinds of callers that the policy this actor is under lets in */
export function grantsFor(policy: PolicyName, { policy: changed }: Pick<Actor, 'policy'>): readonly Grant[] {
  return grantsOf(changed?.[policy] ?? POLICY_DEFAULTS[policy]);
}

/** @returns whether a rule lets in others than the default does */
export function isChanged(policy: PolicyName, rule: PolicyRule): boolean {
  const [one, other] = [new Set(grantsOf(rule)), new Set(grantsOf(POLICY_DEFAULTS[policy]))];
  return one.size !== other.size || [...one].some((grant) => !other.has(grant));
}

/**
 * Whether policy lets the actor act on something of a project. Administrators may whatever any role may, in every
 * project; what is only for services, or for nobody, they may not.
 * @param projectId project the target belongs to; null where the target has none
 * @returns the refusal, or null when allowed
 */
export function policyRefusal(policy: PolicyName, actor: Actor, projectId: string | null): Refusal | null {
  const grants = grantsFor(policy, actor);
  const own = projectId === null || projectId === actor.projectId;
  if (grants.some((grant) => lets(grant, actor, own))) return null;
  // Somebody who would be let in at home is told that this is not home.
  const foreign = grants.some((grant) => lets(grant, actor, true));
  return {
    rule: `policy.${policy}`,
    code: 'forbidden',
    message: `Policy ${policy} ${demand(grants, foreign)}; ${actor.userName} has ${rolesText(actor)} in project ${actor.projectName}.`,
    remedy: {
      kind: 'advice',
      text: advice(grants, foreign ? 'its project' : `project ${actor.projectName}`),
    },
  };
}

/** @param own whether the target is of the actor's project, or of none */
function lets(grant: Grant, actor: Actor, own: boolean): boolean {
  if (grant === 'service') return actor.service;
  if (isAdmin(actor)) return true;
  return own && (grant === 'owner' ? actor.roles.length > 0 : hasRole(actor, grant));
}

const IN_WORDS = {
  admin: 'the role admin',
  member: 'the role member',
  reader: 'the role reader',
  owner: 'any role',
  service: 'a service token',
} as const satisfies Record<Grant, string>;

/** @returns e.g. `the role admin or a service token`; `nobody` for no grants */
export function grantsText(grants: readonly Grant[]): string {
  return grants.length === 0 ? 'nobody' : grants.map((grant) => IN_WORDS[grant]).join(' or ');
}

function demand(grants: readonly Grant[], foreign: boolean): string {
  if (grants.length === 0) return 'lets nobody do this';
  return `asks for ${grantsText(grants)}${foreign ? ' in the project this belongs to' : ''}`;
}

function advice(grants: readonly Grant[], place: string): string {
  const roles = grants.filter((grant) => grant !== 'service');
  if (roles.length > 0) return `Ask an administrator for ${grantsText(roles)} in ${place}.`;
  return grants.length > 0
    ? 'Only services of the cloud do this, by themselves.'
    : 'Ask whoever runs this cloud; the policy file shuts everybody out.';
}

function rolesText(actor: Actor): string {
  return actor.roles.length === 0 ? 'no role' : actor.roles.join(', ');
}
