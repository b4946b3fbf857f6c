/**
 * Who may do what, as data: upstream's policy names with upstream's default roles.
 */

import type { Refusal } from './refusal';
import { type Actor, hasRole, isAdmin, type Role } from './roles';

export const POLICY_DEFAULTS = {
  'os_compute_api:servers:index': 'reader',
  'os_compute_api:servers:show': 'reader',
  'os_compute_api:servers:start': 'member',
  'os_compute_api:servers:stop': 'member',
  'os_compute_api:servers:reboot': 'member',
  'os_compute_api:os-pause-server:pause': 'member',
  'os_compute_api:os-pause-server:unpause': 'member',
  'os_compute_api:os-suspend-server:suspend': 'member',
  'os_compute_api:os-suspend-server:resume': 'member',
  'os_compute_api:os-rescue': 'member',
  'os_compute_api:os-unrescue': 'member',
  'os_compute_api:os-lock-server:lock': 'member',
  'os_compute_api:os-lock-server:unlock': 'member',
  'os_compute_api:os-lock-server:unlock:unlock_override': 'admin',
  'os_compute_api:os-admin-actions:reset_state': 'admin',
  'os_compute_api:os-volumes-attachments:index': 'reader',
  'os_compute_api:os-volumes-attachments:create': 'member',
  'os_compute_api:os-volumes-attachments:delete': 'member',
  'os_compute_api:os-instance-actions:list': 'reader',
  'os_compute_api:os-services:list': 'admin',
  'os_compute_api:os-hypervisors:list-detail': 'admin',
  'os_compute_api:os-flavor-extra-specs:index': 'reader',
  'os_compute_api:os-quota-sets:show': 'reader',
  'volume:get_all': 'reader',
  'volume:get': 'reader',
  'volume:attachment_list': 'reader',
  'volume:attachment_create': 'member',
  'volume:attachment_delete': 'member',
  'volume:get_all_snapshots': 'reader',
  'volume:get_snapshot': 'reader',
  'volume_extension:type_get_all': 'reader',
  'volume_extension:type_get': 'reader',
  'volume_extension:types_extra_specs:read_sensitive': 'admin',
  'volume_extension:volume_type_access:get_all_for_type': 'admin',
  'volume_extension:quotas:show': 'reader',
  'volume_extension:services:index': 'admin',
  'scheduler_extension:scheduler_stats:get_pools': 'admin',
  get_images: 'reader',
  get_image: 'reader',
  'identity:list_projects': 'admin',
  'mooring:simulator': 'admin',
} as const satisfies Record<string, Role>;
export type PolicyName = keyof typeof POLICY_DEFAULTS;

/**
 * Whether policy lets the actor act on something of a project.
 * @param projectId project the target belongs to; null where the target has none
 * @returns the refusal, or null when allowed
 */
export function policyRefusal(policy: PolicyName, actor: Actor, projectId: string | null): Refusal | null {
  const role = POLICY_DEFAULTS[policy];
  if (isAdmin(actor)) return null;
  const ownProject = projectId === null || projectId === actor.projectId;
  if (ownProject && hasRole(actor, role)) return null;
  return {
    rule: `policy.${policy}`,
    code: 'forbidden',
    message: `Policy ${policy} asks for the role ${role}; ${actor.userName} has ${rolesText(actor)} in project ${actor.projectName}.`,
    remedy: {
      kind: 'advice',
      text: `Ask an administrator for the role ${role} in project ${actor.projectName}.`,
    },
  };
}

function rolesText(actor: Actor): string {
  return actor.roles.length === 0 ? 'no role' : actor.roles.join(', ');
}
