import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, type ProjectRecord } from '~/db/factories';
import { apiTokens, applicationCredentials, projects, roleAssignments, users } from '~/db/schema/identity';
import { NO_PROJECT, type Role } from '~/server/domain/roles';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { hashToken, newToken } from '../tokens';
import { actorOfToken } from './authenticate';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await openTestCloud();
});
afterAll(() => cloud.close());

const hour = 3_600_000;

async function person(project: ProjectRecord, ...roles: Role[]): Promise<string> {
  const { orm } = cloud.runtime.database;
  const id = randomBytes(16).toString('hex');
  await orm.insert(users).values({ id, name: `user-${id}` });
  const granted = roles.map((role) => ({ userId: id, projectId: project.id, role }));
  if (granted.length > 0) await orm.insert(roleAssignments).values(granted);
  return id;
}

async function tokenOf(userId: string, given: Partial<typeof apiTokens.$inferInsert> = {}): Promise<string> {
  const token = newToken();
  await cloud.runtime.database.orm.insert(apiTokens).values({
    tokenHash: hashToken(token),
    userId,
    scope: given.projectId === undefined ? 'unscoped' : 'project',
    methods: ['password'],
    auditIds: [newToken()],
    expiresAt: new Date(Date.now() + hour),
    ...given,
  });
  return token;
}

const ask = (token: string, serviceToken: string | null = null) =>
  actorOfToken(cloud.runtime, token, serviceToken);

describe('the actor of a token', () => {
  it('has the roles granted in its project, and the view those implied too', async () => {
    const project = await makeProject(cloud.runtime.database);
    const userId = await person(project, 'member');
    const found = await ask(await tokenOf(userId, { projectId: project.id }));
    expect(found?.actor).toMatchObject({
      userId,
      projectId: project.id,
      projectName: project.name,
      roles: ['member'],
      service: false,
    });
    expect(found?.tokenView).toMatchObject({
      scope: 'project',
      roles: ['member', 'reader'],
      project: { id: project.id, domain: { id: 'default', name: 'Default' } },
      applicationCredential: null,
    });
  });

  it('is nobody for a token that is made up, or over', async () => {
    const project = await makeProject(cloud.runtime.database);
    const userId = await person(project, 'member');
    const over = await tokenOf(userId, {
      projectId: project.id,
      issuedAt: new Date(Date.now() - 2 * hour),
      expiresAt: new Date(Date.now() - hour),
    });
    expect(await ask(over)).toBeNull();
    expect(await ask(newToken())).toBeNull();
    expect(await ask('')).toBeNull();
  });

  it('is nobody as soon as the role, the user or the project is taken away', async () => {
    const { orm } = cloud.runtime.database;
    const project = await makeProject(cloud.runtime.database);
    const [lost, disabled, here] = [
      await person(project, 'member'),
      await person(project, 'member'),
      await person(project, 'member'),
    ];
    const [ofLost, ofDisabled, ofHere] = await Promise.all(
      [lost, disabled, here].map((userId) => tokenOf(userId, { projectId: project.id })),
    );
    await orm.delete(roleAssignments).where(eq(roleAssignments.userId, lost));
    await orm.update(users).set({ enabled: false }).where(eq(users.id, disabled));
    expect(await ask(ofLost ?? '')).toBeNull();
    expect(await ask(ofDisabled ?? '')).toBeNull();
    expect(await ask(ofHere ?? '')).not.toBeNull();
    await orm.update(projects).set({ enabled: false }).where(eq(projects.id, project.id));
    expect(await ask(ofHere ?? '')).toBeNull();
  });

  it('has no role and no project with an unscoped token', async () => {
    const project = await makeProject(cloud.runtime.database);
    const found = await ask(await tokenOf(await person(project, 'admin')));
    expect(found?.actor).toMatchObject({ projectId: NO_PROJECT, roles: [] });
    expect(found?.tokenView).toMatchObject({ scope: 'unscoped', project: null, roles: [] });
  });

  it('administers the whole cloud with a token of it, if it administers any project', async () => {
    const project = await makeProject(cloud.runtime.database);
    const admin = await ask(await tokenOf(await person(project, 'admin'), { scope: 'system' }));
    expect(admin?.actor).toMatchObject({ projectId: NO_PROJECT, roles: ['admin'] });
    expect(admin?.tokenView).toMatchObject({ scope: 'system', roles: ['admin', 'member', 'reader'] });
    expect(await ask(await tokenOf(await person(project, 'member'), { scope: 'system' }))).toBeNull();
  });

  it('has no more roles than the application credential was given, and none once that is over', async () => {
    const { orm } = cloud.runtime.database;
    const project = await makeProject(cloud.runtime.database);
    const userId = await person(project, 'admin');
    const id = randomBytes(16).toString('hex');
    await orm.insert(applicationCredentials).values({
      id,
      userId,
      projectId: project.id,
      name: 'backup',
      secretHash: '-',
      roles: ['reader'],
    });
    const token = await tokenOf(userId, { projectId: project.id, applicationCredentialId: id });
    const found = await ask(token);
    expect(found?.actor.roles).toEqual(['reader']);
    expect(found?.tokenView.applicationCredential).toEqual({ id, name: 'backup', restricted: true });
    await orm.update(applicationCredentials).set({ expiresAt: new Date(Date.now() - hour) });
    expect(await ask(token)).toBeNull();
  });
});

describe('a service token', () => {
  it('makes the call a service’s when it has the role service', async () => {
    const project = await makeProject(cloud.runtime.database);
    const token = await tokenOf(await person(project, 'member'), { projectId: project.id });
    const service = await tokenOf(await person(project, 'service'), { projectId: project.id });
    expect((await ask(token, service))?.actor.service).toBe(true);
    expect((await ask(token, service))?.actor.roles).toEqual(['member']);
    // The user's own token with that role is no service token: the header is what counts.
    expect((await ask(service))?.actor.service).toBe(false);
  });

  it('shuts the caller out when it is made up, over, or only an administrator’s', async () => {
    const project = await makeProject(cloud.runtime.database);
    const token = await tokenOf(await person(project, 'member'), { projectId: project.id });
    const admin = await tokenOf(await person(project, 'admin'), { projectId: project.id });
    const over = await tokenOf(await person(project, 'service'), {
      projectId: project.id,
      issuedAt: new Date(Date.now() - 2 * hour),
      expiresAt: new Date(Date.now() - hour),
    });
    for (const forged of [newToken(), '', admin, over]) expect(await ask(token, forged)).toBeNull();
  });
});
