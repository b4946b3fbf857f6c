/**
 * Who gets which answer from each route of the identity API.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { roleAssignments } from '~/db/schema/identity';
import { isLive, makePerson, type PersonRecord, tokenOf } from '~/server/testing/people';
import { openRestCloud, type RestCloud, tokenFor } from '~/server/testing/rest';
import { IDENTITY_ROUTES } from './routes';

let cloud: RestCloud;
/** Whom the paths are about; nobody of those who ask. */
let person: PersonRecord;
let service: string;
let revoked: string;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  person = await makePerson(cloud.runtime, ['member']);
  service = await tokenFor(cloud.runtime, cloud.project.id, 'service');
  const other = await makePerson(cloud.runtime, ['admin']);
  revoked = await tokenOf(cloud.runtime, other);
  await cloud.ask('admin', 'DELETE', '/identity/v3/auth/tokens', undefined, {
    headers: { 'x-subject-token': revoked },
  });
});
afterAll(() => cloud.close());
beforeEach(async () => {
  const { orm } = cloud.runtime.database;
  await orm.delete(roleAssignments).where(eq(roleAssignments.userId, person.id));
  await orm
    .insert(roleAssignments)
    .values({ userId: person.id, projectId: person.project.id, role: 'member' });
});

const ROLES = {
  admin: '5f0c3a9d1b7e4c2f8a6d0e9b3c7f1a24',
  member: '9d2e6b1f0c8a4d7395b3e1f7a0c4d826',
  reader: 'c1a7f3e50d9b4268be4f8a2d6c0e7391',
} as const;
const NONE = '0123456789abcdef0123456789abcdef';

/** Method, path, body, and what everybody with a token but no role admin, and what an administrator is told. */
type Row = [string, string, unknown, { others: number; admin: number }];

const forAdmin = (status: number) => ({ others: 403, admin: status });
const forAll = (status: number) => ({ others: status, admin: status });

/** `:project` and `:user` stand for the person’s. */
const ROWS: Row[] = [
  ['GET', '/auth/projects', undefined, forAll(200)],
  ['GET', '/auth/domains', undefined, forAll(200)],
  ['GET', '/auth/system', undefined, forAll(200)],
  ['GET', '/auth/catalog', undefined, forAll(200)],
  ['GET', '/projects', undefined, forAdmin(200)],
  ['GET', '/projects/:project', undefined, forAdmin(200)],
  ['GET', `/projects/${NONE}`, undefined, forAdmin(404)],
  ['POST', '/projects', { project: { name: 'made' } }, forAdmin(201)],
  ['PATCH', '/projects/:project', { project: { description: 'x' } }, forAdmin(200)],
  ['DELETE', `/projects/${NONE}`, undefined, forAdmin(404)],
  ['GET', '/users', undefined, forAdmin(200)],
  ['GET', '/users/:user', undefined, forAdmin(200)],
  ['POST', '/users', { user: { name: 'made' } }, forAdmin(201)],
  ['PATCH', '/users/:user', { user: { description: 'x' } }, forAdmin(200)],
  ['DELETE', `/users/${NONE}`, undefined, forAdmin(404)],
  ['GET', '/users/:user/projects', undefined, forAdmin(200)],
  ['GET', '/users/:user/groups', undefined, forAdmin(200)],
  ['GET', '/users/:user/application_credentials', undefined, forAdmin(200)],
  ['GET', `/users/:user/application_credentials/${NONE}`, undefined, forAdmin(404)],
  // Nobody makes one for another, administrator or not.
  ['POST', '/users/:user/application_credentials', { application_credential: { name: 'x' } }, forAdmin(403)],
  ['DELETE', `/users/:user/application_credentials/${NONE}`, undefined, forAdmin(404)],
  ['GET', '/roles', undefined, forAdmin(200)],
  ['GET', `/roles/${ROLES.admin}`, undefined, forAdmin(200)],
  ['GET', `/roles/${NONE}`, undefined, forAdmin(404)],
  ['POST', '/roles', { role: { name: 'made' } }, forAdmin(403)],
  ['POST', '/roles', { role: { name: 'admin' } }, forAdmin(409)],
  ['PATCH', `/roles/${ROLES.admin}`, { role: { name: 'made' } }, forAdmin(403)],
  ['DELETE', `/roles/${ROLES.admin}`, undefined, forAdmin(403)],
  ['GET', '/role_inferences', undefined, forAdmin(200)],
  ['GET', `/roles/${ROLES.admin}/implies`, undefined, forAdmin(200)],
  ['GET', `/roles/${ROLES.admin}/implies/${ROLES.member}`, undefined, forAdmin(200)],
  ['HEAD', `/roles/${ROLES.admin}/implies/${ROLES.member}`, undefined, forAdmin(204)],
  ['GET', `/roles/${ROLES.member}/implies/${ROLES.admin}`, undefined, forAdmin(404)],
  ['GET', '/projects/:project/users/:user/roles', undefined, forAdmin(200)],
  ['HEAD', `/projects/:project/users/:user/roles/${ROLES.member}`, undefined, forAdmin(204)],
  ['GET', `/projects/:project/users/:user/roles/${ROLES.reader}`, undefined, forAdmin(404)],
  ['PUT', `/projects/:project/users/:user/roles/${ROLES.reader}`, undefined, forAdmin(204)],
  ['DELETE', `/projects/:project/users/:user/roles/${ROLES.member}`, undefined, forAdmin(204)],
  ['GET', '/role_assignments?include_names=True&effective', undefined, forAdmin(200)],
  ['GET', '/system/users/:user/roles', undefined, forAdmin(200)],
  ['HEAD', `/system/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(404)],
  ['GET', `/system/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(404)],
  ['PUT', `/system/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(403)],
  ['DELETE', `/system/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(204)],
  ['GET', '/domains/default/users/:user/roles', undefined, forAdmin(200)],
  ['HEAD', `/domains/default/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(404)],
  ['GET', `/domains/default/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(404)],
  ['PUT', `/domains/default/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(403)],
  ['DELETE', `/domains/default/users/:user/roles/${ROLES.admin}`, undefined, forAdmin(204)],
  ['GET', '/domains', undefined, forAdmin(200)],
  ['GET', '/domains/default', undefined, forAll(200)],
  ['GET', '/domains/other', undefined, forAdmin(404)],
  ['POST', '/domains', { domain: { name: 'x' } }, forAdmin(403)],
  ['PATCH', '/domains/default', { domain: { name: 'x' } }, forAdmin(403)],
  ['DELETE', '/domains/default', undefined, forAdmin(403)],
  ['GET', '/services', undefined, forAdmin(200)],
  ['GET', `/services/${NONE}`, undefined, forAdmin(404)],
  ['GET', '/endpoints', undefined, forAdmin(200)],
  ['GET', `/endpoints/${NONE}`, undefined, forAdmin(404)],
  ['GET', '/regions', undefined, forAll(200)],
  ['GET', '/regions/RegionOne', undefined, forAll(200)],
  ['GET', '/regions/Elsewhere', undefined, forAll(404)],
  ['GET', '/groups', undefined, forAdmin(200)],
  ['GET', `/groups/${NONE}`, undefined, forAdmin(404)],
  ['POST', '/services', { service: { type: 'x' } }, forAdmin(403)],
  ['PATCH', `/services/${NONE}`, { service: { type: 'x' } }, forAdmin(403)],
  ['DELETE', `/services/${NONE}`, undefined, forAdmin(403)],
  ['POST', '/endpoints', { endpoint: { url: 'http://x' } }, forAdmin(403)],
  ['PATCH', `/endpoints/${NONE}`, { endpoint: { url: 'http://x' } }, forAdmin(403)],
  ['DELETE', `/endpoints/${NONE}`, undefined, forAdmin(403)],
  ['POST', '/regions', { region: { id: 'Elsewhere' } }, forAdmin(403)],
  ['PATCH', '/regions/RegionOne', { region: { description: 'x' } }, forAdmin(403)],
  ['DELETE', '/regions/RegionOne', undefined, forAdmin(403)],
  ['POST', '/groups', { group: { name: 'x' } }, forAdmin(403)],
  ['PATCH', `/groups/${NONE}`, { group: { name: 'x' } }, forAdmin(403)],
  ['DELETE', `/groups/${NONE}`, undefined, forAdmin(403)],
  ['GET', '/policies', undefined, forAdmin(200)],
  ['GET', '/users/:user/access_rules', undefined, forAdmin(200)],
];

/** Keystone looks for the route before it looks at the token: what is not there is not there for anybody. */
const NOWHERE = [
  ['GET', '/credentials'],
  ['GET', '/OS-TRUST/trusts'],
  ['GET', '/projects/'],
  ['POST', '/nothing/of/this/kind'],
  ['DELETE', '/users'],
] as const;

function pathOf(path: string): string {
  return `/identity/v3${path.replace(':project', person.project.id).replace(':user', person.id)}`;
}

describe.each(ROWS)('%s %s', (method, path, body, { others, admin }) => {
  it(`is ${others} to most and ${admin} to administrators`, async () => {
    const told = await cloud.askAll(method, pathOf(path), body);
    expect(told).toEqual({
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt: others,
      reader: others,
      member: others,
      admin,
    });
    const as = async (token: string) =>
      (await cloud.ask('nobody', method, pathOf(path), body, { headers: { 'x-auth-token': token } })).status;
    expect([await as(service), await as(revoked)]).toEqual([others, 401]);
  });
});

it.each(NOWHERE)('%s %s is nowhere, also without a token', async (method, path) => {
  const told = await cloud.askAll(method, `/identity/v3${path}`);
  expect(new Set(Object.values(told))).toEqual(new Set([404]));
});

/** Asked with a token that they are about, or without any. */
const APART = [
  'POST /auth/tokens',
  'GET /auth/tokens',
  'HEAD /auth/tokens',
  'DELETE /auth/tokens',
  'POST /users/:id/password',
];

it('is told for every route', () => {
  const patterns = ROWS.map(([method, path]) => `${method} ${path.split('?')[0]}`);
  const left = IDENTITY_ROUTES.map((route) => `${route.method} ${route.path}`).filter((name) => {
    const pattern = new RegExp(`^${name.replace(/:[^/]+/g, '[^/]+')}$`);
    return !patterns.some((each) => pattern.test(each));
  });
  expect(left).toEqual(APART);
});

describe('a token that is asked about', () => {
  it('is shown to its user, administrators and services, revoked by the former two', async () => {
    const statuses: Record<string, number[]> = {};
    const { runtime } = cloud;
    for (const [name, asking] of Object.entries({
      admin: await tokenFor(runtime, cloud.project.id, 'admin'),
      service,
      member: await tokenFor(runtime, cloud.project.id, 'member'),
      reader: await tokenFor(runtime, cloud.project.id, 'reader'),
      revoked,
      own: null,
    })) {
      const subject = await tokenOf(runtime, person);
      const status = async (method: string) =>
        (
          await cloud.ask('nobody', method, '/identity/v3/auth/tokens', undefined, {
            headers: { 'x-auth-token': asking ?? subject, 'x-subject-token': subject },
          })
        ).status;
      statuses[name] = [await status('GET'), await status('HEAD'), await status('DELETE')];
      expect(await isLive(runtime, subject)).toBe(statuses[name]?.[2] !== 204);
    }
    expect(statuses).toEqual({
      admin: [200, 200, 204],
      service: [200, 200, 403],
      member: [403, 403, 403],
      reader: [403, 403, 403],
      revoked: [401, 401, 401],
      own: [200, 200, 204],
    });
  });
});

it('everybody sees oneself, the own project and the own credentials', async () => {
  const token = await tokenOf(cloud.runtime, person);
  const own = async (path: string) =>
    (await cloud.ask('nobody', 'GET', pathOf(path), undefined, { headers: { 'x-auth-token': token } }))
      .status;
  const paths = ['/users/:user', '/users/:user/projects', '/users/:user/groups', '/projects/:project'];
  expect(await Promise.all(paths.map(own))).toEqual([200, 200, 200, 200]);
  expect(await own('/users/:user/application_credentials')).toBe(200);
});
