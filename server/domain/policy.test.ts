/**
 * Who may: roles that imply each other, what the policy asks for, and what an operator changes.
 */
import { describe, expect, it } from 'vitest';
import { policyRefusal } from './policy';
import { POLICY_DEFAULTS, type PolicyName, type PolicyRule } from './policy-defaults';
import { type Actor, hasRole, isAdmin, type Role } from './roles';
import { admin, member, reader } from './sound-facts';

/** Granted, and which of admin, member, reader that gives. */
const IMPLIED: [Role[], [boolean, boolean, boolean]][] = [
  [[], [false, false, false]],
  [['reader'], [false, false, true]],
  [['member'], [false, true, true]],
  [['admin'], [true, true, true]],
  [['service'], [false, false, false]],
  [
    ['reader', 'member'],
    [false, true, true],
  ],
];

describe('roles', () => {
  it.each(IMPLIED)('%j', (roles, [asAdmin, asMember, asReader]) => {
    expect(isAdmin({ roles })).toBe(asAdmin);
    expect(hasRole({ roles }, 'admin')).toBe(asAdmin);
    expect(hasRole({ roles }, 'member')).toBe(asMember);
    expect(hasRole({ roles }, 'reader')).toBe(asReader);
  });
});

/** Nova's table of policies, by the last part of the names; what is not in it is Cinder's. */
const COMPUTE = {
  reader: `servers:index servers:detail servers:show os-volumes-attachments:index os-volumes-attachments:show
    os-instance-actions:list os-instance-actions:show os-flavor-extra-specs:index os-flavor-extra-specs:show
    os-quota-sets:show os-quota-sets:detail os-availability-zone:list os-simple-tenant-usage:show`,
  member: `servers:create servers:create:attach_volume servers:create:attach_network servers:update servers:delete
    servers:start servers:stop servers:reboot servers:resize servers:confirm_resize servers:revert_resize
    os-pause-server:pause os-pause-server:unpause os-suspend-server:suspend os-suspend-server:resume os-shelve:shelve
    os-shelve:unshelve os-rescue os-unrescue os-lock-server:lock os-lock-server:unlock os-deferred-delete:restore
    os-deferred-delete:force os-volumes-attachments:create os-volumes-attachments:update
    os-volumes-attachments:delete`,
  admin: `servers:index:get_all_tenants servers:detail:get_all_tenants servers:allow_all_filters
    servers:show:host_status os-extended-server-attributes servers:create:forced_host servers:create:zero_disk_flavor
    os-shelve:shelve_offload os-shelve:unshelve_to_host os-lock-server:unlock:unlock_override
    os-admin-actions:reset_state os-server-diagnostics os-simple-tenant-usage:list os-instance-actions:events os-instance-actions:events:details os-services:list servers:migrations:index
    os-services:update os-hypervisors:list os-hypervisors:list-detail os-hypervisors:show os-quota-sets:update
    os-quota-sets:delete os-flavor-extra-specs:create os-flavor-extra-specs:update os-flavor-extra-specs:delete
    os-flavor-manage:create os-flavor-manage:update os-flavor-manage:delete os-flavor-access
    os-flavor-access:add_tenant_access os-flavor-access:remove_tenant_access os-availability-zone:detail
    limits:other_project os-quota-class-sets:show os-quota-class-sets:update`,
  service: 'os-volumes-attachments:swap os-server-external-events:create',
};

/** Cinder's table of personas; with it what is neither Nova's nor Cinder's. */
const OTHERS = {
  reader: `volume:get volume:get_all volume_extension:volume_tenant_attribute volume:get_volume_metadata
    volume:get_transfer volume:get_all_transfers volume_extension:volume_image_metadata:show volume:get_all_snapshots volume:get_snapshot
    volume_extension:extended_snapshot_attributes volume:get_snapshot_metadata volume_extension:type_get_all
    volume_extension:type_get volume_extension:access_types_extra_specs volume_extension:types_extra_specs:index
    volume_extension:types_extra_specs:show volume_extension:quotas:show limits_extension:used_limits get_images
    get_image message:get_all message:get`,
  member: `delete_image message:delete volume:create volume:create_from_image volume:multiattach volume:update volume:delete
    volume:create_volume_metadata volume:update_volume_metadata volume:delete_volume_metadata
    volume_extension:volume_image_metadata:set volume_extension:volume_image_metadata:remove volume:extend
    volume:extend_attached_volume volume:revert_to_snapshot volume:retype volume:update_readonly_flag volume:reimage
    volume:reimage_reserved volume_extension:volume_actions:upload_image volume_extension:volume_actions:attach
    volume_extension:volume_actions:detach volume_extension:volume_actions:reserve
    volume_extension:volume_actions:unreserve volume_extension:volume_actions:begin_detaching
    volume_extension:volume_actions:roll_detaching volume_extension:volume_actions:initialize_connection
    volume_extension:volume_actions:terminate_connection volume:attachment_create volume:attachment_update
    volume:attachment_complete volume:attachment_delete volume:multiattach_bootable_volume volume:create_snapshot
    volume:update_snapshot volume:delete_snapshot volume:update_snapshot_metadata volume:delete_snapshot_metadata
    snapshot_extension:snapshot_actions:update_snapshot_status volume_extension:volume_type_access
    volume:create_transfer volume:accept_transfer volume:delete_transfer`,
  admin: `compute:servers:create:requested_destination volume:force_delete volume_extension:volume_host_attribute
    volume_extension:volume_mig_status_attribute volume:update_volume_admin_metadata
    volume_extension:volume_admin_actions:extend_volume_completion volume_extension:volume_actions:upload_public
    volume_extension:volume_admin_actions:reset_status volume_extension:volume_admin_actions:force_delete
    volume_extension:volume_admin_actions:force_detach volume_extension:volume_admin_actions:migrate_volume
    volume_extension:volume_admin_actions:migrate_volume_completion volume_extension:volume_unmanage
    volume_extension:snapshot_admin_actions:reset_status volume_extension:snapshot_admin_actions:force_delete
    volume_extension:type_create volume_extension:type_update volume_extension:type_delete
    volume_extension:access_types_qos_specs_id volume_extension:qos_specs_manage:get_all
    volume_extension:qos_specs_manage:get volume_extension:qos_specs_manage:create
    volume_extension:qos_specs_manage:update volume_extension:qos_specs_manage:delete
    volume_extension:types_extra_specs:read_sensitive
    volume_extension:types_extra_specs:create volume_extension:types_extra_specs:update
    volume_extension:types_extra_specs:delete volume_extension:volume_type_access:get_all_for_type
    volume_extension:volume_type_access:addProjectAccess volume_extension:volume_type_access:removeProjectAccess
    volume_extension:quotas:update volume_extension:quotas:delete volume_extension:services:index
    volume_extension:services:update volume_extension:hosts scheduler_extension:scheduler_stats:get_pools
    volume_extension:quota_classes:get volume_extension:quota_classes:update volume_extension:capabilities
    volume_extension:volume_type_encryption:create volume_extension:volume_type_encryption:update
    volume_extension:volume_type_encryption:delete volume_extension:volume_type_encryption:get volume:freeze_host volume:thaw_host volume:failover_host
    identity:list_projects identity:get_project identity:create_project identity:update_project
    identity:delete_project identity:list_users identity:get_user identity:create_user identity:update_user
    identity:delete_user identity:list_user_projects identity:list_roles identity:get_role identity:create_role
    identity:list_role_inference_rules identity:list_role_assignments identity:list_grants identity:check_grant
    identity:create_grant identity:revoke_grant identity:list_domains identity:create_domain identity:list_services
    identity:list_endpoints identity:list_groups identity:list_application_credentials
    identity:get_application_credential identity:delete_application_credential identity:revoke_token
    mooring:simulator`,
  service: 'identity:validate_token',
  owner: 'volume:attachment_list',
};

const nobody: Actor = { ...member, roles: [] };
const service: Actor = { ...nobody, service: true };

/** Who is let in: admin, member, reader, somebody without a role, the same with a service token. */
type Row = [string, PolicyName, [boolean, boolean, boolean, boolean, boolean]];

const DEFAULTS: Row[] = [
  ...rows('reader', COMPUTE.reader, 'os_compute_api:', [true, true, true, false, false]),
  ...rows('member', COMPUTE.member, 'os_compute_api:', [true, true, false, false, false]),
  ...rows('admin', COMPUTE.admin, 'os_compute_api:', [true, false, false, false, false]),
  ...rows('admin or service', COMPUTE.service, 'os_compute_api:', [true, false, false, false, true]),
  ...rows('reader', OTHERS.reader, '', [true, true, true, false, false]),
  ...rows('member', OTHERS.member, '', [true, true, false, false, false]),
  ...rows('admin', OTHERS.admin, '', [true, false, false, false, false]),
  ...rows('admin or service', OTHERS.service, '', [true, false, false, false, true]),
  ...rows('any role', OTHERS.owner, '', [true, true, true, false, false]),
];

function rows(who: string, names: string, prefix: string, may: Row[2]): Row[] {
  return names.split(/\s+/).map((name) => [who, `${prefix}${name}` as PolicyName, may]);
}

function allowed(policy: PolicyName, actor: Actor, projectId: string | null): boolean {
  return policyRefusal(policy, actor, projectId) === null;
}

describe('defaults', () => {
  it('are of the rules upstream has, each once', () => {
    expect(DEFAULTS.map(([, name]) => name).sort()).toEqual(Object.keys(POLICY_DEFAULTS).sort());
  });

  it.each(DEFAULTS)('%s: %s', (_who, policy, may) => {
    const asked = [admin, member, reader, nobody, service].map((actor) =>
      allowed(policy, actor, member.projectId),
    );
    expect(asked).toEqual(may);
    // Another project's things are for administrators only; where there is no project, the role decides alone.
    expect(policyRefusal(policy, member, 'project-2')?.rule).toBe(`policy.${policy}`);
    expect(allowed(policy, member, null)).toBe(may[1]);
  });
});

/** A rule of the file, and whom it lets in of those above; then a member and a service in another's project. */
const OVERRIDES: [PolicyRule, [boolean, boolean, boolean, boolean, boolean], [boolean, boolean]][] = [
  ['reader', [true, true, true, false, false], [false, false]],
  ['admin', [true, false, false, false, false], [false, false]],
  ['owner', [true, true, true, false, false], [false, false]],
  ['service', [false, false, false, false, true], [false, true]],
  [
    ['member', 'service'],
    [true, true, false, false, true],
    [false, true],
  ],
  [
    ['admin', 'reader'],
    [true, true, true, false, false],
    [false, false],
  ],
  [[], [false, false, false, false, false], [false, false]],
];

describe('a rule of the policy file', () => {
  const name = 'volume:delete';

  it.each(OVERRIDES)('%j', (rule, may, elsewhere) => {
    const under = (actor: Actor): Actor => ({ ...actor, policy: { [name]: rule } });
    const everybody = [admin, member, reader, nobody, service].map(under);
    expect(everybody.map((actor) => allowed(name, actor, 'project-1'))).toEqual(may);
    expect([member, service].map((actor) => allowed(name, under(actor), 'project-2'))).toEqual(elsewhere);
    // The others stay what they were.
    expect(allowed('volume:update', under(member), 'project-1')).toBe(true);
    expect(allowed('volume:update', under(reader), 'project-1')).toBe(false);
  });
});

/** Who asks under which rule for something of which project, and what is said. */
const SENTENCES: [PolicyRule, Actor, string, string, string][] = [
  [
    'admin',
    nobody,
    'project-1',
    'asks for the role admin; demo has no role in project demo.',
    'Ask an administrator for the role admin in project demo.',
  ],
  [
    ['admin', 'service'],
    member,
    'project-1',
    'asks for the role admin or a service token; demo has member in project demo.',
    'Ask an administrator for the role admin in project demo.',
  ],
  [
    'member',
    member,
    'project-2',
    'asks for the role member in the project this belongs to; demo has member in project demo.',
    'Ask an administrator for the role member in its project.',
  ],
  [
    'service',
    admin,
    'project-1',
    'asks for a service token; admin has admin in project demo.',
    'Only services of the cloud do this, by themselves.',
  ],
  [
    [],
    admin,
    'project-1',
    'lets nobody do this; admin has admin in project demo.',
    'Ask whoever runs this cloud; the policy file shuts everybody out.',
  ],
];

describe('a refusal', () => {
  it.each(SENTENCES)('of %j', (rule, actor, projectId, message, text) => {
    expect(
      policyRefusal('volume:delete', { ...actor, policy: { 'volume:delete': rule } }, projectId),
    ).toEqual({
      rule: 'policy.volume:delete',
      code: 'forbidden',
      message: `Policy volume:delete ${message}`,
      remedy: { kind: 'advice', text },
    });
  });
});
