/**
 * Roles of users in the whole cloud and in its domain. They follow from those in projects, so that they can be asked
 * for, and given or taken only where that changes nothing.
 * Source: keystone/api/system.py, domains.py
 */
import type { Context } from '~/server/services/context';
import { changeCloudRole, listCloudRoles } from '~/server/services/identity/assignments';
import { getDomain } from '~/server/services/identity/domain';
import { roleOfId } from '~/server/services/identity/roles';
import { notFound } from '~/server/services/refused';
import { type Answer, type Ask, answer, empty, type Route, route } from '../route';
import { collection, showRole } from './views';

async function listed(call: Ask & { context: Context }, userId: string): Promise<Answer> {
  const found = await listCloudRoles(call.context, userId);
  return answer(
    collection(
      call,
      'roles',
      found.map((each) => showRole(call, each)),
    ),
  );
}

const METHODS = ['GET', 'HEAD', 'PUT', 'DELETE'] as const;

const VERBS = { GET: 'Check', HEAD: 'Check', PUT: 'Give', DELETE: 'Take' } as const;

async function one(
  context: Context,
  method: (typeof METHODS)[number],
  { userId, roleId }: Readonly<Record<'userId' | 'roleId', string>>,
): Promise<Answer> {
  const role = roleOfId(roleId);
  if (method === 'PUT' || method === 'DELETE') {
    await changeCloudRole(context, { userId, role, given: method === 'PUT' });
  } else if (!(await listCloudRoles(context, userId)).some((each) => each.name === role)) {
    throw notFound('role', roleId);
  }
  return empty(204);
}

const listOfSystem = route({
  method: 'GET',
  path: '/system/users/:userId/roles',
  summary: 'List the roles of a user in the whole cloud',
  status: 200,
  handle: (call) => listed(call, call.params.userId),
});

const ofSystem = METHODS.map((method) =>
  route({
    method,
    path: '/system/users/:userId/roles/:roleId',
    summary: `${VERBS[method]} a user’s role in the whole cloud`,
    status: 204,
    handle: (call) => one(call.context, method, call.params),
  }),
);

const listOfDomain = route({
  method: 'GET',
  path: '/domains/:domainId/users/:userId/roles',
  summary: 'List the roles of a user in a domain',
  status: 200,
  handle: async (call) => {
    await getDomain(call.context, call.params.domainId, []);
    return listed(call, call.params.userId);
  },
});

const ofDomain = METHODS.map((method) =>
  route({
    method,
    path: '/domains/:domainId/users/:userId/roles/:roleId',
    summary: `${VERBS[method]} a user’s role in a domain`,
    status: 204,
    handle: async (call) => {
      await getDomain(call.context, call.params.domainId, []);
      return one(call.context, method, call.params);
    },
  }),
);

export const CLOUD_GRANT_ROUTES: readonly Route[] = [listOfSystem, ...ofSystem, listOfDomain, ...ofDomain];
