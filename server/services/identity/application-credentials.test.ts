/**
 * Who makes which application credentials, and who does not.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, callOf, isLive, makePerson } from '~/server/testing/people';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Context } from '../context';
import { createCredential, deleteCredential, listCredentials } from './application-credentials';
import { actorOfToken } from './authenticate';
import { issueToken } from './issue-token';

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

describe('an application credential', () => {
  it('has no role that its maker has not, and no past', async () => {
    const person = await makePerson(cloud.runtime, ['reader']);
    const call = await callOf(cloud.runtime, person);
    const make = (input: Partial<Parameters<typeof createCredential>[2]>) =>
      createCredential(call, person.id, { name: 'x', ...input });
    await expect(make({ roles: ['member'] })).rejects.toThrow('has not got the role member');
    await expect(make({ expiresAt: '2001-01-01T00:00:00.000000' })).rejects.toThrow('is past');
    const made = await make({ secret: 'chosen' });
    expect(made).toMatchObject({ secret: 'chosen', credential: { roles: ['reader'], unrestricted: false } });
    await expect(make({})).rejects.toThrow('The name x is taken by another application credential.');
  });

  it('is made for oneself and with a project', async () => {
    const person = await makePerson(cloud.runtime, ['admin']);
    const call = await callOf(cloud.runtime, person);
    await expect(createCredential(call, admin.actor.userId, { name: 'x' })).rejects.toThrow(
      'for oneself only',
    );
    const everywhere = await callOf(cloud.runtime, person, { kind: 'system' });
    await expect(createCredential(everywhere, person.id, { name: 'x' })).rejects.toThrow('for no project');
  });

  it('makes and deletes others only when unrestricted', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const call = await callOf(cloud.runtime, person);
    const withCredential = async (unrestricted: boolean) => {
      const { credential, secret } = await createCredential(call, person.id, {
        name: `${unrestricted}`,
        unrestricted,
      });
      const proof = { method: 'application_credential', credential: { id: credential.id }, secret } as const;
      const { token } = await issueToken(cloud.runtime, [proof], { kind: 'default' }, ADDRESS);
      const caller = await actorOfToken(cloud.runtime, token, null);
      if (caller === null) throw new Error('the token was just issued');
      return { caller, token, id: credential.id, context: { ...call.context, actor: caller.actor } };
    };
    const restricted = await withCredential(false);
    await expect(createCredential(restricted, person.id, { name: 'child' })).rejects.toThrow('restricted');
    await expect(deleteCredential(restricted, person.id, restricted.id)).rejects.toThrow('restricted');
    const free = await withCredential(true);
    await createCredential(free, person.id, { name: 'child' });
    await deleteCredential(free, person.id, restricted.id);
    expect(await isLive(cloud.runtime, restricted.token)).toBe(false);
    expect((await listCredentials(call.context, person.id, undefined)).map(({ name }) => name)).toEqual([
      'child',
      'true',
    ]);
  });
});
