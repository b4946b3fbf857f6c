/**
 * What an operator changes in the policy file, from the session to the verb.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHost, makeProject, makeServer, makeVolume, type ProjectRecord } from '~/db/factories';
import { roleAssignments, users } from '~/db/schema/identity';
import type { PolicyRules } from '~/server/domain/policy-defaults';
import type { Role } from '~/server/domain/roles';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { attachVolume } from './attach-volume';
import { listPolicy } from './policy-rows';
import { findSession, openSession } from './sessions';

const request = { device: null, mode: null, tag: null, deleteOnTermination: false };

let cloud: TestCloud;
let host: string;
let demo: ProjectRecord;

beforeAll(async () => {
  cloud = await openTestCloud();
  host = (await makeHost(cloud.runtime.database)).name;
  demo = await makeProject(cloud.runtime.database, { name: 'demo' });
});
afterAll(() => cloud.close());

function under(policy: PolicyRules, role: Role) {
  return as(role, demo, { ...cloud.runtime, policy });
}

async function attachAs(role: Role, policy: PolicyRules) {
  const { database } = cloud.runtime;
  const server = await makeServer(database, { projectId: demo.id, host });
  const volume = await makeVolume(database, { projectId: demo.id });
  return attachVolume(under(policy, role), { serverId: server.id, volumeId: volume.id, request });
}

describe('a changed rule', () => {
  it('lets in whom the default keeps out', async () => {
    await expect(attachAs('reader', {})).rejects.toThrow('asks for the role member');
    await attachAs('reader', {
      'os_compute_api:os-volumes-attachments:create': 'owner',
      'volume:attachment_create': ['reader', 'service'],
    });
  });

  it('keeps out whom the default lets in, administrators included', async () => {
    await attachAs('member', {});
    const policy = { 'os_compute_api:os-volumes-attachments:create': 'admin' } as const;
    await expect(attachAs('member', policy)).rejects.toThrow(
      'Policy os_compute_api:os-volumes-attachments:create asks for the role admin; member has member in project demo.',
    );
    await attachAs('admin', policy);
    await expect(attachAs('admin', { 'volume:attachment_create': [] })).rejects.toThrow(
      'Policy volume:attachment_create lets nobody do this',
    );
  });
});

describe('a session', () => {
  it('carries what was changed, so that the browser decides as the server does', async () => {
    const { orm } = cloud.runtime.database;
    const person = { id: 'a'.repeat(32), name: 'ann' };
    await orm.insert(users).values(person);
    await orm.insert(roleAssignments).values({ userId: person.id, projectId: demo.id, role: 'reader' });
    const policy = { 'volume:delete': 'reader' } as const;
    const token = await openSession(cloud.runtime, person.id, demo.id);
    const session = await findSession({ ...cloud.runtime, policy }, token);
    expect(session?.actor).toMatchObject({ roles: ['reader'], service: false, policy });
  });
});

describe('the list of permissions', () => {
  it('tells the default from what is so now', () => {
    const { rows } = listPolicy(under({ 'volume:delete': [] }, 'reader'));
    expect(rows.filter(({ changed }) => changed)).toEqual([
      {
        id: 'volume:delete',
        service: 'storage',
        permits: 'Delete a volume',
        actions: ['Volume: Delete'],
        byDefault: ['member'],
        now: [],
        changed: true,
      },
    ]);
  });

  it('names the actions that ask for a rule', () => {
    const { rows } = listPolicy(under({}, 'reader'));
    expect(rows.find(({ id }) => id === 'os_compute_api:servers:reboot')?.actions).toEqual([
      'Server: Reboot',
      'Server: Hard reboot',
    ]);
    expect(rows.filter(({ changed }) => changed)).toEqual([]);
  });
});
