/**
 * Nobody without a good token gets past the door, whatever is asked; nor with a bad token of a service besides a good one.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '~/server/services/tokens';
import { makePerson, tokenOf } from '~/server/testing/people';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { COMPUTE_ROUTES } from './compute/routes';
import { IMAGE_ROUTES } from './image/routes';
import { VOLUME_ROUTES } from './volume/routes';

let cloud: RestCloud;
let bad: Record<string, Record<string, string>>;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const { runtime } = cloud;
  const member = await makePerson(runtime, ['member'], cloud.project);
  const [token, revoked] = [await tokenOf(runtime, member), await tokenOf(runtime, member)];
  const gone = await cloud.ask('nobody', 'DELETE', '/identity/v3/auth/tokens', undefined, {
    headers: { 'x-auth-token': revoked, 'x-subject-token': revoked },
  });
  expect(gone.status).toBe(204);
  bad = {
    none: {},
    forged: { 'x-auth-token': newToken() },
    empty: { 'x-auth-token': '' },
    revoked: { 'x-auth-token': revoked },
    longer: { 'x-auth-token': `${token}x` },
    'a forged service token': { 'x-auth-token': token, 'x-service-token': newToken() },
    'a user’s service token': { 'x-auth-token': token, 'x-service-token': token },
    'a revoked service token': { 'x-auth-token': token, 'x-service-token': revoked },
    'a service token alone': { 'x-service-token': token },
  };
});
afterAll(() => cloud.close());

const ROUTES = [
  ...COMPUTE_ROUTES.map((route) => ['/compute/v2.1', route] as const),
  ...VOLUME_ROUTES.map((route) => ['/volume/v3', route] as const),
  ...IMAGE_ROUTES.map((route) => ['/image/v2', route] as const),
];
const PLACES = [...new Set(ROUTES.map(([root, { method, path }]) => `${method} ${root}${path}`))];

describe('401, and how to get a token', () => {
  it.each(PLACES)('%s', async (place) => {
    const [method = '', pattern = ''] = place.split(' ');
    const path = pattern.replace(/:[^/]+/g, cloud.projectId);
    const told: Record<string, unknown> = {};
    const ask = (person: 'nobody' | 'expired', headers: Record<string, string>) =>
      cloud.ask(person, method, path, method === 'GET' ? undefined : '{', { headers });
    const answers = [...Object.values(bad).map((headers) => ask('nobody', headers)), ask('expired', {})];
    for (const [at, { status, headers }] of (await Promise.all(answers)).entries()) {
      const name = Object.keys(bad)[at] ?? 'expired';
      told[name] = [status, headers.get('www-authenticate')];
    }
    const refused = [401, 'Keystone uri="http://mooring.test/identity"'];
    const names = [...Object.keys(bad), 'expired'];
    expect(told).toEqual(Object.fromEntries(names.map((name) => [name, refused])));
  });
});
