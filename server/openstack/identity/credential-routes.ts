/**
 * Application credentials of users.
 * Source: keystone/api/users.py, keystone/application_credential/schema.py
 */
import { z } from 'zod';
import {
  createCredential,
  deleteCredential,
  getCredential,
  listCredentials,
} from '~/server/services/identity/application-credentials';
import { findRole } from '~/server/services/identity/roles';
import { FaultError } from '../fault';
import { answer, empty, route } from '../route';
import { named } from './query';
import { collection, showCredential } from './views';

const list = route({
  method: 'GET',
  path: '/users/:userId/application_credentials',
  summary: 'List a user’s application credentials',
  status: 200,
  query: { 0: named },
  handle: async (call) => {
    const found = await listCredentials(call.context, call.params.userId, call.query.name);
    return answer(
      collection(
        call,
        'application_credentials',
        found.map((each) => showCredential(call, each)),
      ),
    );
  },
});

const show = route({
  method: 'GET',
  path: '/users/:userId/application_credentials/:id',
  summary: 'See an application credential',
  status: 200,
  handle: async (call) => {
    const found = await getCredential(call.context, call.params.userId, call.params.id);
    return answer({ application_credential: showCredential(call, found) });
  },
});

/** Later ones are not written with four digits, which neither the database nor clients read. */
const LAST_YEAR = 9999;

/** Without a zone it is UTC. What comes out has none, and microseconds, which a Date would lose. */
const instant = z
  .string()
  .max(64)
  .transform((text, issue) => {
    const [, local = text, fraction = '', zone = 'Z'] =
      /^(.*T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.replace(' ', 'T')) ?? [];
    const at = new Date(`${local}${zone}`);
    if (Number.isFinite(at.getTime()) && at.getUTCFullYear() <= LAST_YEAR && at.getUTCFullYear() > 0) {
      return `${at.toISOString().slice(0, 19)}.${fraction.padEnd(6, '0')}`;
    }
    issue.addIssue('no time such as 2030-01-31T12:00:00Z');
    return z.NEVER;
  });

const role = z.object({ id: z.string().max(64).optional(), name: z.string().max(255).optional() });
const body = z.object({
  application_credential: z.object({
    name: z.string().trim().min(1).max(255),
    description: z.string().max(65_535).nullish(),
    secret: z.string().min(1).max(4096).nullish(),
    expires_at: instant.nullish(),
    roles: z.array(role).max(64).nullish(),
    unrestricted: z.boolean().nullish(),
    access_rules: z.array(z.unknown()).max(0, 'access rules are not supported').nullish(),
  }),
});

const create = route({
  method: 'POST',
  path: '/users/:userId/application_credentials',
  summary: 'Make an application credential for oneself',
  status: 201,
  body: { 0: body },
  handle: async (call) => {
    const {
      name,
      description,
      secret,
      expires_at: expiresAt,
      roles,
      unrestricted,
    } = call.body.application_credential;
    const made = await createCredential(call, call.params.userId, {
      name,
      description,
      secret: secret ?? undefined,
      expiresAt,
      roles: roles?.length ? roles.map(knownRole) : undefined,
      unrestricted: unrestricted ?? false,
    });
    return answer({ application_credential: showCredential(call, made.credential, made.secret) }, 201);
  },
});

function knownRole(ref: z.output<typeof role>) {
  const found = findRole(ref);
  if (found === undefined)
    throw new FaultError(400, `There is no role ${ref.id ?? ref.name ?? 'without id and name'}.`);
  return found;
}

const remove = route({
  method: 'DELETE',
  path: '/users/:userId/application_credentials/:id',
  summary: 'Delete an application credential',
  status: 204,
  handle: async (call) => {
    await deleteCredential(call, call.params.userId, call.params.id);
    return empty(204);
  },
});

export const CREDENTIAL_ROUTES = [list, show, create, remove];
