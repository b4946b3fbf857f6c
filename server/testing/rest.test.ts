/**
 * What every request to the APIs meets before its own route does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from './rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

describe('an address that no route has', () => {
  it.each(['/compute/v2.1/nothing', '/volume/v3/nothing'])(
    'is told to those with a token only: %s',
    async (path) => {
      expect(await cloud.askAll('GET', path)).toEqual({
        nobody: 401,
        expired: 401,
        forged: 401,
        roleless: 401,
        alt: 404,
        reader: 404,
        member: 404,
        admin: 404,
      });
      const { body, headers } = await cloud.ask('member', 'GET', path);
      expect(body).toEqual({ message: expect.any(String), code: '404 Not Found', title: 'Not Found' });
      expect(headers.get('openstack-api-version')).toBeNull();
    },
  );

  it('names where a token is to be had', async () => {
    const { body, headers } = await cloud.ask('nobody', 'GET', '/compute/v2.1/nothing');
    expect(body).toMatchObject({ error: { code: 401, title: 'Unauthorized' } });
    expect(headers.get('www-authenticate')).toBe('Keystone uri="http://mooring.test/identity"');
  });
});
