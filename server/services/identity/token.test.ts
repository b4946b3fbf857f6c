/**
 * Who may look at a token, and end it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callOf, isLive, makePerson, tokenOf } from '~/server/testing/people';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Context } from '../context';
import { revokeToken, validateToken } from './token';

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

describe('a token', () => {
  it('is looked at and revoked by its user, an administrator, and looked at by a service', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const [own, stranger, service] = [
      (await callOf(cloud.runtime, person)).context,
      (await callOf(cloud.runtime, await makePerson(cloud.runtime, ['member']))).context,
      (await callOf(cloud.runtime, await makePerson(cloud.runtime, ['service']))).context,
    ];
    const token = await tokenOf(cloud.runtime, person);
    for (const who of [own, admin, service]) {
      expect(await validateToken(who, token)).toMatchObject({ user: { id: person.id } });
    }
    await expect(validateToken(stranger, token)).rejects.toThrow('identity:validate_token');
    await expect(validateToken(stranger, 'made up')).rejects.toThrow('could not be found');
    await expect(revokeToken(service, token)).rejects.toThrow('identity:revoke_token');
    await revokeToken(own, token);
    expect(await isLive(cloud.runtime, token)).toBe(false);
    await expect(revokeToken(admin, token)).rejects.toThrow('could not be found');
  });
});
