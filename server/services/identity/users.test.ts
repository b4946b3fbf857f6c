/**
 * Users come, change and go, and their tokens and sessions with them.
 */

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeVolume } from '~/db/factories';
import { volumes } from '~/db/schema/volume';
import { ADDRESS, callOf, isLive, makePerson, PASSWORD, tokenOf } from '~/server/testing/people';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Context } from '../context';
import { logIn } from '../log-in';
import { findSession } from '../sessions';
import { changePassword, createUser, deleteUser, getUser, listUsers, updateUser } from './users';

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

describe('a user', () => {
  it('is made, found, changed and deleted', async () => {
    const made = await createUser(admin, { name: 'ann', password: PASSWORD, email: 'ann@example.org' });
    expect(made).toMatchObject({
      name: 'ann',
      email: 'ann@example.org',
      enabled: true,
      defaultProjectId: null,
    });
    expect(await listUsers(admin, { name: 'ann' })).toEqual([made]);
    const changed = await updateUser(admin, made.id, { email: null, description: 'on call' });
    expect(changed).toEqual({ ...made, email: null, description: 'on call' });
    await expect(createUser(admin, { name: 'ann' })).rejects.toThrow(
      'The name ann is taken by another user.',
    );
    await deleteUser(admin, made.id);
    await expect(getUser(admin, made.id)).rejects.toThrow(`User ${made.id} could not be found.`);
  });

  it('is logged out everywhere by a new password', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const [token, session] = [
      await tokenOf(cloud.runtime, person),
      await logIn(cloud.runtime, { name: person.name, password: PASSWORD }, ADDRESS),
    ];
    await updateUser(admin, person.id, { password: 'another horse' });
    expect(await isLive(cloud.runtime, token)).toBe(false);
    expect(await findSession(cloud.runtime, session)).toBeNull();
    await expect(tokenOf(cloud.runtime, person)).rejects.toThrow('The credentials are wrong');
    expect(
      await isLive(cloud.runtime, await tokenOf(cloud.runtime, person, undefined, 'another horse')),
    ).toBe(true);
  });

  it('changes the own password by the old one only', async () => {
    const { runtime } = cloud;
    const person = await makePerson(runtime, ['member']);
    const token = await tokenOf(cloud.runtime, person);
    const change = (original: string, password: string) =>
      changePassword(runtime, person.id, { original, password }, ADDRESS);
    await expect(change('wrong', 'another horse')).rejects.toThrow('The original password is wrong.');
    await expect(change(PASSWORD, PASSWORD)).rejects.toThrow('The new password is the original one.');
    expect(await isLive(cloud.runtime, token)).toBe(true);
    await change(PASSWORD, 'another horse');
    expect(await isLive(cloud.runtime, token)).toBe(false);
  });

  it('has no tokens any more when disabled, also when enabled again', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const token = await tokenOf(cloud.runtime, person);
    await updateUser(admin, person.id, { enabled: false });
    await updateUser(admin, person.id, { enabled: true });
    expect(await isLive(cloud.runtime, token)).toBe(false);
  });

  it('takes tokens along when deleted, but not what is the project’s', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const token = await tokenOf(cloud.runtime, person);
    const volume = await makeVolume(cloud.runtime.database, {
      projectId: person.project.id,
      userId: person.id,
    });
    await deleteUser(admin, person.id);
    expect(await isLive(cloud.runtime, token)).toBe(false);
    const left = await cloud.runtime.database.orm.select().from(volumes).where(eq(volumes.id, volume.id));
    expect(left).toHaveLength(1);
  });

  it('that only serves does not get into the console', async () => {
    const service = await makePerson(cloud.runtime, ['service']);
    await expect(logIn(cloud.runtime, { name: service.name, password: PASSWORD }, ADDRESS)).rejects.toThrow(
      'has no role in any project',
    );
  });
});
