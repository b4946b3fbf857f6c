/** What clients learn of the volume API before they have a token. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const discovered = {
  versions: [
    expect.objectContaining({
      id: 'v3.0',
      version: '3.71',
      min_version: '3.0',
      links: expect.arrayContaining([{ rel: 'self', href: 'http://mooring.test/volume/v3/' }]),
    }),
  ],
};

describe('the version document', () => {
  test.each([
    ['/volume', 300],
    ['/volume/', 300],
    ['/volume/v3', 200],
    ['/volume/v3/', 200],
  ])('%s is answered without a token, with %s', async (path, status) => {
    const told = await cloud.ask('nobody', 'GET', path);
    expect({ status: told.status, body: told.body }).toEqual({ status, body: discovered });
    expect(told.headers.get('openstack-api-version')).toBe('volume 3.0');
    expect(told.headers.get('vary')).toBe('OpenStack-API-Version');
  });

  test('says which version was asked for, and refuses those that are not spoken', async () => {
    const at = async (microversion: string) => {
      const told = await cloud.ask('nobody', 'GET', '/volume/v3/', undefined, { microversion });
      return [told.status, told.headers.get('openstack-api-version')];
    };
    expect(await at('3.27')).toEqual([200, 'volume 3.27']);
    expect(await at('latest')).toEqual([200, 'volume 3.71']);
    expect(await at('3.72')).toEqual([406, 'volume 3.72']);
    expect(await at('3.01')).toEqual([400, null]);
    // The list of versions is for clients that speak none of them.
    expect((await cloud.ask('nobody', 'GET', '/volume/', undefined, { microversion: '9.9' })).status).toBe(
      300,
    );
  });
});

test.each(['/volume/v2/', '/volume/v1/', '/volume/nonsense'])(
  'nothing is at %s, for nobody',
  async (path) => {
    expect(await cloud.ask('nobody', 'GET', path)).toMatchObject({
      status: 404,
      body: { code: '404 Not Found', title: 'Not Found' },
    });
  },
);

test.each(['/volume/v3/nonsense', '/volume/v3/volumes/', '/volume/v3/volumes.xml'])(
  'nothing is at %s, which only somebody learns',
  async (path) => {
    expect((await cloud.ask('nobody', 'GET', path)).status).toBe(401);
    expect((await cloud.ask('member', 'GET', path)).status).toBe(404);
  },
);
