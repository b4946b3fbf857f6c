/**
 * Discovery and tokens, as clients send and read them.
 */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRoutes } from '~/server/api-routes';
import { makePerson, PASSWORD, type PersonRecord } from '~/server/testing/people';
import { openRestCloud, type RestCloud, type Told } from '~/server/testing/rest';
import { openstackServices } from '../handler';

let cloud: RestCloud;
let person: PersonRecord;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  person = await makePerson(cloud.runtime, ['admin']);
});
afterAll(() => cloud.close());

const TOKENS = '/identity/v3/auth/tokens';

function get(path: string, headers: Record<string, string> = {}): Promise<Told> {
  return cloud.ask('nobody', 'GET', path, undefined, { headers });
}

/** Asks for a token; `address` keeps the wrong passwords of one test from another. */
function auth(identity: unknown, scope?: unknown, query = '', address = '192.0.2.1'): Promise<Told> {
  const body = { auth: { identity, ...(scope === undefined ? {} : { scope }) } };
  return cloud.ask('nobody', 'POST', `${TOKENS}${query}`, body, {
    headers: { 'x-mooring-address': address },
  });
}

function password(given = PASSWORD) {
  const user = { name: person.name, domain: { name: 'Default' }, password: given };
  return { methods: ['password'], password: { user } };
}

const inProject = () => ({ project: { name: person.project.name, domain: { id: 'default' } } });

async function tokenText(scope: unknown = inProject()): Promise<string> {
  return (await auth(password(), scope)).headers.get('x-subject-token') ?? '';
}

describe('discovery', () => {
  it('needs no token and no redirect', async () => {
    const version = {
      id: 'v3.14',
      status: 'stable',
      updated: expect.any(String),
      links: [{ rel: 'self', href: 'http://mooring.test/identity/v3/' }],
      'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
    };
    for (const path of ['/identity', '/identity/']) {
      expect(await get(path)).toMatchObject({ status: 300, body: { versions: { values: [version] } } });
    }
    for (const path of ['/identity/v3', '/identity/v3/']) {
      expect(await get(path)).toMatchObject({ status: 200, body: { version } });
    }
  });
});

describe('a token', () => {
  it('of a project has what clients read, and nothing else', async () => {
    const told = await auth(password(), inProject());
    expect(told.status).toBe(201);
    expect(told.headers.get('x-subject-token')).toMatch(/^[\w-]{43}$/);
    expect(told.headers.get('vary')).toBe('X-Auth-Token');
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    const domain = { id: 'default', name: 'Default' };
    const role = (name: string) => ({ id: expect.stringMatching(/^[0-9a-f]{32}$/), name });
    expect(told.body).toEqual({
      token: {
        methods: ['password'],
        user: { id: person.id, name: person.name, domain, password_expires_at: null },
        audit_ids: [expect.any(String)],
        expires_at: time,
        issued_at: time,
        project: { id: person.project.id, name: person.project.name, domain },
        is_domain: false,
        roles: [role('admin'), role('member'), role('reader')],
        catalog: expect.any(Array),
      },
    });
  });

  it('has a catalog of our own addresses, or none where none is wanted', async () => {
    const { body } = await auth(password(), inProject());
    const { catalog } = (
      body as { token: { catalog: { type: string; endpoints: { interface: string; url: string }[] }[] } }
    ).token;
    const addresses = catalog.map(({ type, endpoints }) => [
      type,
      endpoints.find((each) => each.interface === 'public')?.url,
    ]);
    expect(Object.fromEntries(addresses)).toEqual({
      identity: 'http://mooring.test/identity',
      compute: 'http://mooring.test/compute/v2.1',
      volumev3: `http://mooring.test/volume/v3/${person.project.id}`,
      'block-storage': `http://mooring.test/volume/v3/${person.project.id}`,
      image: 'http://mooring.test/image',
    });
    expect((await auth(password(), inProject(), '?nocatalog')).body).not.toHaveProperty('token.catalog');
  });

  it('is for the whole cloud, the domain, or nothing', async () => {
    const places = async (scope: unknown) =>
      Object.keys(((await auth(password(), scope)).body as { token: object }).token);
    expect(await places({ system: { all: true } })).toContain('system');
    expect(await places({ domain: { id: 'default' } })).toContain('domain');
    for (const none of ['unscoped', { unscoped: {} }, undefined]) {
      expect(await places(none)).toEqual(['methods', 'user', 'audit_ids', 'expires_at', 'issued_at']);
    }
  });

  it('is got by a token, shown, checked and revoked', async () => {
    const first = await tokenText('unscoped');
    const told = await auth({ methods: ['token'], token: { id: first } }, inProject());
    const token = told.headers.get('x-subject-token') ?? '';
    const asking = { headers: { 'x-auth-token': token, 'x-subject-token': token } };
    const shown = await cloud.ask('nobody', 'GET', TOKENS, undefined, asking);
    expect(shown.body).toEqual(told.body);
    expect(shown.headers.get('x-subject-token')).toBe(token);
    const checked = await cloud.ask('nobody', 'HEAD', TOKENS, undefined, asking);
    expect(checked).toMatchObject({ status: 200, body: null });
    expect((await cloud.ask('nobody', 'DELETE', TOKENS, undefined, asking)).status).toBe(204);
    expect((await cloud.ask('nobody', 'GET', TOKENS, undefined, asking)).status).toBe(401);
    const gone = { headers: { 'x-subject-token': token } };
    expect((await cloud.ask('admin', 'GET', TOKENS, undefined, gone)).status).toBe(404);
    expect((await cloud.ask('admin', 'GET', TOKENS)).status).toBe(400);
  });

  it('is got by an application credential', async () => {
    const headers = { 'x-auth-token': await tokenText() };
    const path = `/identity/v3/users/${person.id}/application_credentials`;
    const body = {
      application_credential: {
        name: 'deploy',
        roles: [{ name: 'member' }],
        expires_at: '2999-01-01T02:00:00.123456+02:00',
      },
    };
    const made = await cloud.ask('nobody', 'POST', path, body, { headers });
    expect(made).toMatchObject({
      status: 201,
      body: {
        application_credential: {
          name: 'deploy',
          unrestricted: false,
          expires_at: '2999-01-01T00:00:00.123456',
        },
      },
    });
    const id = made.textAt('application_credential', 'id');
    const secret = made.textAt('application_credential', 'secret');
    const told = await auth({ methods: ['application_credential'], application_credential: { id, secret } });
    expect(told).toMatchObject({
      status: 201,
      body: {
        token: {
          application_credential: { id, name: 'deploy', restricted: true },
          project: { id: person.project.id },
          roles: [{ name: 'member' }, { name: 'reader' }],
        },
      },
    });
    const listed = await cloud.ask('nobody', 'GET', path, undefined, { headers });
    expect(JSON.stringify(listed.body)).not.toContain('secret');
    expect(listed.body).toMatchObject({
      application_credentials: [{ id, expires_at: '2999-01-01T00:00:00.123456' }],
    });
    const rules = { application_credential: { name: 'ruled', access_rules: [{ service: 'compute' }] } };
    const refused = await cloud.ask('nobody', 'POST', path, rules, { headers });
    expect(refused.status).toBe(400);
    expect(refused.textAt('error', 'message')).toContain('access rules are not supported');
  });
});

describe('no token', () => {
  it('is given for anything wrong, in the same words, with the way to a right one', async () => {
    const stranger = { methods: ['password'], password: { user: { id: 'nobody', password: 'x' } } };
    const all = [
      await auth(password('wrong'), inProject(), '', '192.0.2.2'),
      await auth(stranger, undefined, '', '192.0.2.2'),
      await auth(password(), { project: { id: cloud.altProject.id } }, '', '192.0.2.2'),
      await auth({ methods: ['token'], token: { id: 'made up' } }),
    ];
    for (const told of all) {
      expect(told).toMatchObject({
        status: 401,
        body: { error: { code: 401, title: 'Unauthorized', message: all[0]?.textAt('error', 'message') } },
      });
      expect(told.headers.get('www-authenticate')).toBe('Keystone uri="http://mooring.test/identity"');
      expect(told.headers.get('x-subject-token')).toBeNull();
    }
  });

  it('is given to who guesses on', async () => {
    const victim = await makePerson(cloud.runtime, ['member']);
    const guess = (given: string) =>
      auth(
        { methods: ['password'], password: { user: { id: victim.id, password: given } } },
        undefined,
        '',
        '192.0.2.3',
      );
    for (let n = 0; n < 10; n += 1) expect((await guess('wrong')).status).toBe(401);
    expect(await guess(PASSWORD)).toMatchObject({
      status: 429,
      body: { error: { title: 'Too Many Requests' } },
    });
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', undefined],
    ['a list', []],
    ['no auth', {}],
    ['no identity', { auth: {} }],
    ['no methods', { auth: { identity: { methods: [] } } }],
    ['methods that are no list', { auth: { identity: { methods: 'password' } } }],
    ['a method without its part', { auth: { identity: { methods: ['password'] } } }],
    [
      'a user without a name',
      { auth: { identity: { methods: ['password'], password: { user: { password: 'x' } } } } },
    ],
    [
      'a name without a domain',
      { auth: { identity: { methods: ['password'], password: { user: { name: 'admin', password: 'x' } } } } },
    ],
    [
      'a password that is a number',
      { auth: { identity: { methods: ['password'], password: { user: { id: 'x', password: 5 } } } } },
    ],
    [
      'two scopes',
      {
        auth: {
          identity: { methods: ['token'], token: { id: 'x' } },
          scope: { system: { all: true }, domain: { id: 'default' } },
        },
      },
    ],
    [
      'a project without a domain',
      { auth: { identity: { methods: ['token'], token: { id: 'x' } }, scope: { project: { name: 'x' } } } },
    ],
    [
      'a NUL in a name',
      {
        auth: { identity: { methods: ['password'], password: { user: { id: 'a\u0000b', password: 'x' } } } },
      },
    ],
  ])('is given for a body with %s', async (_what, body) => {
    const told = await cloud.ask('nobody', 'POST', TOKENS, body);
    expect(told.status).toBe(400);
    expect(told.textAt('error', 'title')).toBe('Bad Request');
  });

  it('is given by a method nobody knows', async () => {
    expect((await auth({ methods: ['totp'] })).status).toBe(401);
  });

  it('is given for a body of any size', async () => {
    const handle = apiRoutes({
      log: pino({ level: 'silent' }),
      trpc: async () => new Response(),
      services: openstackServices(cloud.runtime),
      checks: {},
      stopping: () => false,
    });
    const body = JSON.stringify({ auth: 'x'.repeat(200_000) });
    const headers = { 'content-type': 'application/json', 'content-length': `${body.length}` };
    const told = await handle(new Request(`http://mooring.test${TOKENS}`, { method: 'POST', headers, body }));
    expect(told.status).toBe(413);
    expect(await told.json()).toMatchObject({ error: { code: 413, title: 'Request Entity Too Large' } });
  });
});

it('the own password is changed without a token', async () => {
  const victim = await makePerson(cloud.runtime, ['member']);
  const path = `/identity/v3/users/${victim.id}/password`;
  const change = (original: string) =>
    cloud.ask('nobody', 'POST', path, { user: { original_password: original, password: 'another horse' } });
  expect((await change('wrong')).status).toBe(401);
  expect((await change(PASSWORD)).status).toBe(204);
  expect((await change(PASSWORD)).status).toBe(401);
});
