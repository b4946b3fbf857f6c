/**
 * Who may: roles that imply each other, and policies that ask for them.
 */
import { describe, expect, it } from 'vitest';
import { POLICY_DEFAULTS, type PolicyName, policyRefusal } from './policy';
import { hasRole, isAdmin, type Role } from './roles';
import { admin, member, reader } from './sound-facts';

/** Granted, and which of admin, member, reader that gives. */
const IMPLIED: [Role[], [boolean, boolean, boolean]][] = [
  [[], [false, false, false]],
  [['reader'], [false, false, true]],
  [['member'], [false, true, true]],
  [['admin'], [true, true, true]],
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

/** Upstream's defaults. */
const DEFAULTS: Record<PolicyName, Role> = {
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
  'volume:get_all': 'reader',
  'volume:get': 'reader',
  'volume:attachment_list': 'reader',
  'volume:attachment_create': 'member',
  'volume:attachment_delete': 'member',
  'mooring:simulator': 'admin',
};

const ASK: Record<Role, { reader: boolean; member: boolean; admin: boolean }> = {
  reader: { reader: true, member: true, admin: true },
  member: { reader: false, member: true, admin: true },
  admin: { reader: false, member: false, admin: true },
};

describe('policies', () => {
  it('are upstream’s, with upstream’s roles', () => {
    expect(POLICY_DEFAULTS).toEqual(DEFAULTS);
  });

  it.each(Object.entries(DEFAULTS))('%s is for %s', (name, role) => {
    const policy = name as PolicyName;
    const may = ASK[role];
    expect(policyRefusal(policy, reader, reader.projectId) === null).toBe(may.reader);
    expect(policyRefusal(policy, member, member.projectId) === null).toBe(may.member);
    expect(policyRefusal(policy, admin, member.projectId) === null).toBe(may.admin);
    // Another project's things are for administrators only; where there is no project, the role decides alone.
    expect(policyRefusal(policy, member, 'project-2')?.rule).toBe(`policy.${policy}`);
    expect(policyRefusal(policy, member, null) === null).toBe(may.member);
  });

  it('a refusal says what is asked for and what there is', () => {
    expect(policyRefusal('mooring:simulator', { ...member, roles: [] }, null)).toEqual({
      rule: 'policy.mooring:simulator',
      code: 'forbidden',
      message: 'Policy mooring:simulator asks for the role admin; demo has no role in project demo.',
      remedy: { kind: 'advice', text: 'Ask an administrator for the role admin in project demo.' },
    });
  });
});
