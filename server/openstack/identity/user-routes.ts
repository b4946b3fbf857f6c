/**
 * Source: keystone/api/users.py
 */
import { z } from 'zod';
import {
  changePassword,
  createUser,
  deleteUser,
  getUser,
  listUsers,
  type UserInput,
  updateUser,
} from '~/server/services/identity/users';
import { answer, empty, route } from '../route';
import { inDefaultDomain } from './domain-of-body';
import { listed } from './query';
import { collection, showUser } from './views';

/** argon2 takes as long as its input: nobody needs a password of more. */
const password = z.string().min(1).max(4096);

const fields = {
  name: z.string().trim().min(1).max(255),
  password: password.nullish(),
  email: z.string().max(255).nullish(),
  description: z.string().max(65_535).nullish(),
  default_project_id: z.string().max(64).nullish(),
  enabled: z.boolean().optional(),
  domain_id: z.string().max(64).nullish(),
};
const changes = z.object({ ...fields, name: fields.name.optional() });

function inputOf({ default_project_id, domain_id, ...rest }: z.output<typeof changes>): UserInput {
  inDefaultDomain(domain_id);
  return { ...rest, defaultProjectId: default_project_id };
}

const list = route({
  method: 'GET',
  path: '/users',
  summary: 'List users',
  status: 200,
  query: { 0: listed },
  handle: async (call) => {
    const { name, domain_id: domainId, enabled } = call.query;
    const found = await listUsers(call.context, { name, domainId, enabled });
    return answer(
      collection(
        call,
        'users',
        found.map((each) => showUser(call, each)),
      ),
    );
  },
});

const show = route({
  method: 'GET',
  path: '/users/:id',
  summary: 'See a user',
  status: 200,
  handle: async (call) => answer({ user: showUser(call, await getUser(call.context, call.params.id)) }),
});

const create = route({
  method: 'POST',
  path: '/users',
  summary: 'Create a user',
  status: 201,
  body: { 0: z.object({ user: z.object(fields) }) },
  handle: async (call) => {
    const { user } = call.body;
    const made = await createUser(call.context, { ...inputOf(user), name: user.name });
    return answer({ user: showUser(call, made) }, 201);
  },
});

const update = route({
  method: 'PATCH',
  path: '/users/:id',
  summary: 'Change a user, its password, or disable it',
  status: 200,
  body: { 0: z.object({ user: changes }) },
  handle: async (call) => {
    const changed = await updateUser(call.context, call.params.id, inputOf(call.body.user));
    return answer({ user: showUser(call, changed) });
  },
});

const changeOwnPassword = route({
  method: 'POST',
  path: '/users/:id/password',
  // Without a token, as upstream: the original password says who asks.
  open: true,
  summary: 'Change one’s password',
  status: 204,
  body: { 0: z.object({ user: z.object({ original_password: z.string().max(4096), password }) }) },
  handle: async (call) => {
    const { original_password: original, password: chosen } = call.body.user;
    await changePassword(call.runtime, call.params.id, { original, password: chosen }, call.address);
    return empty(204);
  },
});

const remove = route({
  method: 'DELETE',
  path: '/users/:id',
  summary: 'Delete a user',
  status: 204,
  handle: async (call) => {
    await deleteUser(call.context, call.params.id);
    return empty(204);
  },
});

export const USER_ROUTES = [list, show, create, update, changeOwnPassword, remove];
