/**
 * Projects come, change and go, and what hangs on them with them.
 */

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeHost, makeProject, makeServer, makeSnapshot, makeVolume } from '~/db/factories';
import { projects, quotas } from '~/db/schema/identity';
import { volumes } from '~/db/schema/volume';
import { callOf, isLive, makePerson, tokenOf } from '~/server/testing/people';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Context } from '../context';
import { perform } from '../perform';
import { createGrant } from './grants';
import { createProject, deleteProject, getProject, listProjects, updateProject } from './projects';

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

describe('a project', () => {
  it('is made, found, changed and deleted', async () => {
    const made = await createProject(admin, { name: 'blue' });
    expect(made).toMatchObject({ name: 'blue', description: '', enabled: true, domainId: 'default' });
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
    expect(await listProjects(admin, { name: 'blue' })).toEqual([made]);
    const changed = await updateProject(admin, made.id, { name: 'green', description: 'fields' });
    expect(changed).toEqual({ ...made, name: 'green', description: 'fields' });
    await deleteProject(admin, made.id);
    await expect(getProject(admin, made.id)).rejects.toThrow(`Project ${made.id} could not be found.`);
    await expect(deleteProject(admin, made.id)).rejects.toThrow('could not be found');
  });

  it('has a name of its own', async () => {
    const { id } = await createProject(admin, { name: 'first' });
    await createProject(admin, { name: 'second' });
    await expect(createProject(admin, { name: 'first' })).rejects.toThrow(
      'The name first is taken by another project.',
    );
    await expect(updateProject(admin, id, { name: 'second' })).rejects.toThrow(
      'The name second is taken by another project.',
    );
  });

  it('ends its tokens for good when it is disabled', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const token = await tokenOf(cloud.runtime, person);
    await updateProject(admin, person.project.id, { enabled: false });
    expect(await isLive(cloud.runtime, token)).toBe(false);
    await updateProject(admin, person.project.id, { enabled: true });
    expect(await isLive(cloud.runtime, token)).toBe(false);
    expect(await isLive(cloud.runtime, await tokenOf(cloud.runtime, person))).toBe(true);
  });

  it('stays as long as it owns something', async () => {
    const { database } = cloud.runtime;
    const project = await makeProject(database);
    const volume = await makeVolume(database, { projectId: project.id });
    await makeSnapshot(database, volume);
    await makeServer(database, { projectId: project.id, host: (await makeHost(database)).name });
    await expect(deleteProject(admin, project.id)).rejects.toThrow(
      `Project ${project.name} still has 1 server, 1 volume, 1 snapshot; a project that is deleted must own nothing.`,
    );
    expect(await getProject(admin, project.id)).toMatchObject({ enabled: true });
  });

  it('goes out of sight when deleted things name it still, and its name is free', async () => {
    const { database } = cloud.runtime;
    const person = await makePerson(cloud.runtime, ['member']);
    const { id, name } = person.project;
    const token = await tokenOf(cloud.runtime, person);
    await database.orm
      .insert(quotas)
      .values({ projectId: id, service: 'volume', resource: 'volumes', limit: 1 });
    const volume = await makeVolume(database, { projectId: id });
    await database.orm.update(volumes).set({ deletedAt: new Date() }).where(eq(volumes.id, volume.id));
    await deleteProject(admin, id);
    expect(await isLive(cloud.runtime, token)).toBe(false);
    await expect(getProject(admin, id)).rejects.toThrow('could not be found');
    await expect(createGrant(admin, { projectId: id, userId: person.id, role: 'member' })).rejects.toThrow(
      'could not be found',
    );
    expect((await listProjects(admin, {})).some((each) => each.id === id)).toBe(false);
    const again = await createProject(admin, { name });
    expect(again.id).not.toBe(id);
    const [kept] = await database.orm.select().from(projects).where(eq(projects.id, id));
    expect(kept).toMatchObject({ enabled: false });
  });

  it('that is gone, and no project at all, get nothing made in them', async () => {
    const project = await makeProject(cloud.runtime.database);
    const input = { sizeGib: 1, name: 'late' };
    const make = (context: Context, id: string) => perform(context, { action: 'volume.create', id, input });
    await deleteProject(admin, project.id);
    await expect(make(admin, project.id)).rejects.toThrow('could not be found');
    const person = await makePerson(cloud.runtime, ['admin']);
    const everywhere = (await callOf(cloud.runtime, person, { kind: 'system' })).context;
    await expect(make(everywhere, everywhere.actor.projectId)).rejects.toThrow(
      'This token is for no project',
    );
  });
});
