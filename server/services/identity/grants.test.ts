/**
 * Roles are given and taken, and somebody must be left to do so.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { users } from '~/db/schema/identity';
import { callOf, makePerson } from '~/server/testing/people';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Context } from '../context';
import { createCredential, getCredential } from './application-credentials';
import { listAssignments } from './assignments';
import { createGrant, listGrants, revokeGrant } from './grants';
import { deleteProject, updateProject } from './projects';
import { deleteUser, updateUser } from './users';

let cloud: TestCloud;
/** Administers; made anew for each test, as tests may take the role. */
let admin: Context;
beforeAll(async () => {
  cloud = await openTestCloud();
});
beforeEach(async () => {
  const person = await makePerson(cloud.runtime, ['admin']);
  admin = (await callOf(cloud.runtime, person)).context;
});
afterAll(() => cloud.close());

describe('roles', () => {
  it('are given, listed as given, and taken, with the credentials that had them', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const where = { projectId: person.project.id, userId: person.id };
    const call = await callOf(cloud.runtime, person);
    const { credential } = await createCredential(call, person.id, { name: 'deploy' });
    await createGrant(admin, { ...where, role: 'reader' });
    await createGrant(admin, { ...where, role: 'reader' });
    expect((await listGrants(admin, where.projectId, where.userId)).map(({ name }) => name)).toEqual([
      'member',
      'reader',
    ]);
    await revokeGrant(admin, { ...where, role: 'member' });
    await expect(revokeGrant(admin, { ...where, role: 'member' })).rejects.toThrow(
      'has not got the role member',
    );
    await expect(getCredential(call.context, person.id, credential.id)).rejects.toThrow('could not be found');
    const effective = await listAssignments(admin, { ...where, effective: true });
    expect(effective.map(({ role }) => role.name)).toEqual(['reader']);
  });

  it('of the whole cloud are of those who administer a project', async () => {
    const userId = admin.actor.userId;
    const ofCloud = await listAssignments(admin, { userId, scope: 'system', effective: false });
    expect(ofCloud).toMatchObject([
      { role: { name: 'admin' }, user: { id: userId }, scope: { kind: 'system' } },
    ]);
    const member = await makePerson(cloud.runtime, ['member']);
    expect(await listAssignments(admin, { userId: member.id, scope: 'system', effective: true })).toEqual([]);
  });
});

describe('the last administrator', () => {
  it('is neither deleted, disabled, deprived of role or password, nor shut out with the project', async () => {
    const alone = await openTestCloud();
    try {
      const person = await makePerson(alone.runtime, ['admin']);
      const actor = { ...admin.actor, userId: person.id, policy: {} };
      const context = { runtime: alone.runtime, actor, requestId: 'req-1' };
      const last = /^Nobody could administer this cloud after that/;
      const grant = { projectId: person.project.id, userId: person.id, role: 'admin' } as const;
      await expect(deleteUser(context, person.id)).rejects.toThrow(last);
      await expect(updateUser(context, person.id, { enabled: false })).rejects.toThrow(last);
      await expect(updateUser(context, person.id, { password: null })).rejects.toThrow(last);
      await expect(revokeGrant(context, grant)).rejects.toThrow(last);
      await expect(updateProject(context, person.project.id, { enabled: false })).rejects.toThrow(last);
      await expect(deleteProject(context, person.project.id)).rejects.toThrow(last);
      const other = await makePerson(alone.runtime, ['admin']);
      // Both at once, each by the other: one of them is the last.
      const both = await Promise.allSettled([deleteUser(context, person.id), deleteUser(context, other.id)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await alone.runtime.database.orm.select().from(users)).toHaveLength(1);
    } finally {
      await alone.close();
    }
  });
});
