/**
 * Discovery and tokens, as clients send and read them.
 */
import { describe, expect, it } from 'vitest';
import type { Told } from '~/server/testing/rest';
import { openAuth, TOKENS } from '~/server/testing/rest-auth';

const here = openAuth();
const { auth, inProject, password } = here;

function get(path: string): Promise<Told> {
  return here.cloud.ask('nobody', 'GET', path);
}

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
        user: { id: here.person.id, name: here.person.name, domain, password_expires_at: null },
        audit_ids: [expect.any(String)],
        expires_at: time,
        issued_at: time,
        project: { id: here.person.project.id, name: here.person.project.name, domain },
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
      volumev3: `http://mooring.test/volume/v3/${here.person.project.id}`,
      'block-storage': `http://mooring.test/volume/v3/${here.person.project.id}`,
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
    const shown = await here.cloud.ask('nobody', 'GET', TOKENS, undefined, asking);
    expect(shown.body).toEqual(told.body);
    expect(shown.headers.get('x-subject-token')).toBe(token);
    const checked = await here.cloud.ask('nobody', 'HEAD', TOKENS, undefined, asking);
    expect(checked).toMatchObject({ status: 200, body: null });
    expect((await here.cloud.ask('nobody', 'DELETE', TOKENS, undefined, asking)).status).toBe(204);
    expect((await here.cloud.ask('nobody', 'GET', TOKENS, undefined, asking)).status).toBe(401);
    const gone = { headers: { 'x-subject-token': token } };
    expect((await here.cloud.ask('admin', 'GET', TOKENS, undefined, gone)).status).toBe(404);
    expect((await here.cloud.ask('admin', 'GET', TOKENS)).status).toBe(400);
  });

  it('is got by an application credential', async () => {
    const headers = { 'x-auth-token': await tokenText() };
    const path = `/identity/v3/users/${here.person.id}/application_credentials`;
    const body = {
      application_credential: {
        name: 'deploy',
        roles: [{ name: 'member' }],
        expires_at: '2999-01-01T02:00:00.123456+02:00',
      },
    };
    const made = await here.cloud.ask('nobody', 'POST', path, body, { headers });
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
          project: { id: here.person.project.id },
          roles: [{ name: 'member' }, { name: 'reader' }],
        },
      },
    });
    const listed = await here.cloud.ask('nobody', 'GET', path, undefined, { headers });
    expect(JSON.stringify(listed.body)).not.toContain('secret');
    expect(listed.body).toMatchObject({
      application_credentials: [{ id, expires_at: '2999-01-01T00:00:00.123456' }],
    });
    const rules = { application_credential: { name: 'ruled', access_rules: [{ service: 'compute' }] } };
    const refused = await here.cloud.ask('nobody', 'POST', path, rules, { headers });
    expect(refused.status).toBe(400);
    expect(refused.textAt('error', 'message')).toContain('access rules are not supported');
  });
});
