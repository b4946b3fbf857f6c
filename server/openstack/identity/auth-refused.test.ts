/**
 * Who gets no token: with anything wrong, with guessing, with bodies that are none.
 */
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { apiRoutes } from '~/server/api-routes';
import { makePerson, PASSWORD } from '~/server/testing/people';
import { openAuth, TOKENS } from '~/server/testing/rest-auth';
import { openstackServices } from '../handler';

const here = openAuth();
const { auth, inProject, password } = here;

describe('no token', () => {
  it('is given for anything wrong, in the same words, with the way to a right one', async () => {
    const stranger = { methods: ['password'], password: { user: { id: 'nobody', password: 'x' } } };
    const all = [
      await auth(password('wrong'), inProject(), '', '192.0.2.2'),
      await auth(stranger, undefined, '', '192.0.2.2'),
      await auth(password(), { project: { id: here.cloud.altProject.id } }, '', '192.0.2.2'),
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
    const victim = await makePerson(here.cloud.runtime, ['member']);
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
    const told = await here.cloud.ask('nobody', 'POST', TOKENS, body);
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
      services: openstackServices(here.cloud.runtime),
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
  const victim = await makePerson(here.cloud.runtime, ['member']);
  const path = `/identity/v3/users/${victim.id}/password`;
  const change = (original: string) =>
    here.cloud.ask('nobody', 'POST', path, {
      user: { original_password: original, password: 'another horse' },
    });
  expect((await change('wrong')).status).toBe(401);
  expect((await change(PASSWORD)).status).toBe(204);
  expect((await change(PASSWORD)).status).toBe(401);
});
