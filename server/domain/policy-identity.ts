/**
 * Who may use the identity API by default, by upstream's names. What somebody may do with the own user is no rule's
 * business: that is always allowed.
 * Source: keystone/common/policies
 */
import type { PolicyRule } from './policy-defaults';

export const IDENTITY_POLICIES = {
  'identity:list_projects': 'admin',
  'identity:get_project': 'admin',
  'identity:create_project': 'admin',
  'identity:update_project': 'admin',
  'identity:delete_project': 'admin',
  'identity:list_users': 'admin',
  'identity:get_user': 'admin',
  'identity:create_user': 'admin',
  'identity:update_user': 'admin',
  'identity:delete_user': 'admin',
  'identity:list_user_projects': 'admin',
  'identity:list_roles': 'admin',
  'identity:get_role': 'admin',
  'identity:create_role': 'admin',
  'identity:list_role_inference_rules': 'admin',
  'identity:list_role_assignments': 'admin',
  'identity:list_grants': 'admin',
  'identity:check_grant': 'admin',
  'identity:create_grant': 'admin',
  'identity:revoke_grant': 'admin',
  'identity:list_domains': 'admin',
  'identity:create_domain': 'admin',
  'identity:list_services': 'admin',
  'identity:list_endpoints': 'admin',
  'identity:list_groups': 'admin',
  'identity:list_application_credentials': 'admin',
  'identity:get_application_credential': 'admin',
  'identity:delete_application_credential': 'admin',
  'identity:validate_token': ['admin', 'service'],
  'identity:revoke_token': 'admin',
} as const satisfies Record<string, PolicyRule>;
