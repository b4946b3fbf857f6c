/**
 * What administrators do with users, projects and roles is told of: to administrators, and without secrets.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeProject, type ProjectRecord } from '~/db/factories';
import { listOperations, listOperationsInput } from '~/server/services/operation-rows';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { createGrant, revokeGrant } from './grants';
import { createProject, deleteProject, updateProject } from './projects';
import { createUser, deleteUser, updateUser } from './users';

let cloud: TestCloud;
let demo: ProjectRecord;

beforeAll(async () => {
  cloud = await openTestCloud();
  demo = await makeProject(cloud.runtime.database, { name: 'demo' });
});
afterAll(() => cloud.close());

it('leaves one line each', async () => {
  const admin = as('admin', demo, cloud.runtime);
  const project = await createProject(admin, { name: 'lab' });
  const user = await createUser(admin, { name: 'ann', password: 'open sesame' });
  const grant = { projectId: project.id, userId: user.id, role: 'member' } as const;
  await createGrant(admin, grant);
  // It is there already, and nothing has changed.
  await createGrant(admin, grant);
  await revokeGrant(admin, grant);
  await updateUser(admin, user.id, { password: 'open barley' });
  await updateProject(admin, project.id, { enabled: false });
  await deleteUser(admin, user.id);
  await deleteProject(admin, project.id);

  const rows = await cloud.runtime.database.sql`
    select o.action, s.message, o.user_name, o.input::text as input
    from operations o join operation_steps s on s.operation_id = o.id order by s.id`;
  expect(rows.map(({ action, message }) => `${action}: ${message}`)).toEqual([
    'project.create: Project lab is made',
    'user.create: User ann is made',
    'role.grant: ann has the role member in project lab',
    `role.revoke: User ${user.id} has the role member in project ${project.id} no more`,
    'user.update: User ann is changed',
    'project.update: Project lab is changed',
    'user.delete: User ann is deleted',
    'project.delete: Project lab is deleted',
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/sesame|barley/);
});

it('is read by administrators alone', async () => {
  const query = listOperationsInput.parse({ allProjects: true });
  const seen = async (role: 'admin' | 'member') =>
    (await listOperations(as(role, demo, cloud.runtime), query)).rows.map(({ action }) => action);
  expect(await seen('admin')).toContain('user.create');
  expect(await seen('member')).toEqual([]);
});
