/**
 * Whatever is sent to whichever route, the answer is a refusal in Keystone's shape, or what a sound request would get.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { IDENTITY_ROUTES } from './routes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

/** In place of one part of a path, or of a parameter. */
const WORDS = [
  '%00',
  '%ff',
  'a%00b',
  '%2f',
  '%E0%A4%A',
  "'",
  '%27%3B--',
  '$1',
  '%25',
  '%F0%9F%92%A9',
  'x'.repeat(3000),
];

/** In place of any value of a body. */
const VALUES: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x'.repeat(5000),
  '+275760-09-13T00:00:00Z',
  '2030-99-99T00:00:00',
  '0000-01-01T00:00:00',
  [],
  [null],
  {},
  { id: '\u0000' },
  { __proto__: null, constructor: 1 },
];

const KEYS = {
  project: ['name', 'description', 'enabled', 'domain_id', 'parent_id', 'is_domain'],
  user: [
    'name',
    'password',
    'original_password',
    'email',
    'description',
    'default_project_id',
    'enabled',
    'domain_id',
  ],
  role: ['name'],
  domain: ['name'],
  application_credential: [
    'name',
    'description',
    'secret',
    'expires_at',
    'roles',
    'unrestricted',
    'access_rules',
  ],
  auth: ['identity', 'scope'],
} as const;

/** A name of its own, so that nothing but the hostile value is wrong. */
let made = 0;
function hostileBodies(): unknown[] {
  return Object.entries(KEYS).flatMap(([noun, keys]) => [
    ...VALUES.map((value) => ({ [noun]: value })),
    ...keys.flatMap((key) =>
      VALUES.map((value) => ({ [noun]: { name: `hostile-${made++}`, [key]: value } })),
    ),
  ]);
}

async function sound(method: string, path: string, body?: unknown): Promise<void> {
  const told = await cloud.ask('admin', method, `/identity/v3${path}`, body);
  const what = `${method} ${path.slice(0, 100)} ${JSON.stringify(body)?.slice(0, 200)}: ${told.status}`;
  expect(told.status, what).toBeLessThan(500);
  if (told.status < 400 || told.body === null) return;
  expect(told.body, what).toEqual({
    error: { code: told.status, title: expect.any(String), message: expect.any(String) },
  });
}

const bodies = IDENTITY_ROUTES.filter(({ body }) => body !== undefined);

it.each(bodies.map(({ method, path }) => [method, path] as const))(
  '%s %s takes no bad body',
  async (method, path) => {
    const noun = /credentials/.test(path)
      ? 'application_credential'
      : ((['project', 'user', 'role', 'domain'] as const).find((each) => path.startsWith(`/${each}s`)) ??
        'auth');
    for (const body of hostileBodies().filter((each) => Object.hasOwn(each as object, noun))) {
      await sound(method, path.replace(/:[^/]+/g, '0123456789abcdef0123456789abcdef'), body);
    }
    for (const text of [
      '{',
      '[]',
      '"x"',
      '1e999',
      '\u0000',
      `{"${noun}":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ]) {
      await sound(method, path.replace(/:[^/]+/g, 'x'), text);
    }
  },
);

it('no path and no parameter is too strange', async () => {
  const named = IDENTITY_ROUTES.filter(({ path }) => path.includes(':'));
  for (const { method, path } of named) {
    for (const word of WORDS) await sound(method, path.replace(/:[^/]+/g, word));
  }
  const lists = [
    '/projects?name=',
    '/users?domain_id=',
    '/role_assignments?user.id=',
    '/services?type=',
    '/domains?name=',
  ];
  for (const list of lists) for (const word of WORDS) await sound('GET', `${list}${word}`);
});

it('no token is too strange', async () => {
  for (const token of ['', ' ', "'", 'x'.repeat(8000), '\u00ff', 'null']) {
    for (const header of ['x-auth-token', 'x-subject-token', 'x-service-token']) {
      const asking = { headers: { 'x-subject-token': 'none', [header]: token } };
      const told = await cloud.ask('admin', 'GET', '/identity/v3/auth/tokens', undefined, asking);
      expect([400, 401, 404]).toContain(told.status);
    }
  }
});
