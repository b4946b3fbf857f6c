/**
 * Roles of users in projects, in the domain and in the whole cloud.
 * Source: keystone/api/projects.py, domains.py, system.py, role_assignments.py
 */
import { z } from 'zod';
import { changeCloudRole, listAssignments, listCloudRoles } from '~/server/services/identity/assignments';
import { getDomain } from '~/server/services/identity/domain';
import { checkGrant, createGrant, listGrants, revokeGrant } from '~/server/services/identity/grants';
import { findRole, roleOfId } from '~/server/services/identity/roles';
import { notFound } from '~/server/services/refused';
import { answer, empty, type Route, route } from '../route';
import { flag } from './query';
import { collection, showAssignment, showRole } from './views';

const list = route({
  method: 'GET',
  path: '/projects/:projectId/users/:userId/roles',
  summary: 'List the roles of a user in a project',
  handle: async (call) => {
    const { projectId, userId } = call.params;
    const found = await listGrants(call.context, projectId, userId);
    return answer(
      collection(
        call,
        'roles',
        found.map((each) => showRole(call, each)),
      ),
    );
  },
});

const inProject = '/projects/:projectId/users/:userId/roles/:roleId' as const;

/** Both methods ask the same, and neither has a body to answer with. */
const checks = (['GET', 'HEAD'] as const).map((method) =>
  route({
    method,
    path: inProject,
    summary: 'Check whether a user has a role in a project',
    handle: async (call) => {
      const { projectId, userId, roleId } = call.params;
      await checkGrant(call.context, { projectId, userId, role: roleOfId(roleId) });
      return empty(204);
    },
  }),
);

const give = route({
  method: 'PUT',
  path: inProject,
  summary: 'Give a user a role in a project',
  handle: async (call) => {
    const { projectId, userId, roleId } = call.params;
    await createGrant(call.context, { projectId, userId, role: roleOfId(roleId) });
    return empty(204);
  },
});

const take = route({
  method: 'DELETE',
  path: inProject,
  summary: 'Take a role in a project from a user',
  handle: async (call) => {
    const { projectId, userId, roleId } = call.params;
    await revokeGrant(call.context, { projectId, userId, role: roleOfId(roleId) });
    return empty(204);
  },
});

const flags = { include_names: flag.default(false), effective: flag.default(false) };
const id = z.string().max(64).optional();
const assignmentQuery = z.object({
  ...flags,
  'user.id': id,
  'group.id': id,
  'role.id': id,
  'scope.project.id': id,
  'scope.domain.id': id,
  'scope.system': z.string().max(64).optional(),
});

const assignments = route({
  method: 'GET',
  path: '/role_assignments',
  summary: 'List who has which role where',
  query: { 0: assignmentQuery },
  handle: async (call) => {
    const { query } = call;
    const roleId = query['role.id'];
    const role = roleId === undefined ? undefined : findRole({ id: roleId });
    const scope =
      query['scope.system'] !== undefined
        ? 'system'
        : query['scope.domain.id'] !== undefined
          ? 'domain'
          : undefined;
    const found = await listAssignments(call.context, {
      userId: query['user.id'],
      projectId: query['scope.project.id'],
      role,
      scope,
      effective: query.effective,
    });
    // There are no groups, and of a role that is not there nobody has it.
    const none = query['group.id'] !== undefined || (roleId !== undefined && role === undefined);
    const shown = none ? [] : found.map((each) => showAssignment(call, each, query.include_names));
    return answer(collection(call, 'role_assignments', shown));
  },
});

/** The domain and the whole cloud differ by their path only: who administers the one administers the other. */
function cloudRoutes<const Place extends '/system' | '/domains/:domainId'>(place: Place): Route[] {
  const where = place === '/system' ? 'the whole cloud' : 'a domain';
  const path = `${place}/users/:userId/roles` as const;
  const one = `${path}/:roleId` as const;
  return [
    route({
      method: 'GET',
      path: path as '/:domainId/:userId',
      summary: `List the roles of a user in ${where}`,
      handle: async (call) => {
        await assertDomain(call.context, call.params.domainId);
        const found = await listCloudRoles(call.context, call.params.userId);
        return answer(
          collection(
            call,
            'roles',
            found.map((each) => showRole(call, each)),
          ),
        );
      },
    }),
    ...(['GET', 'HEAD', 'PUT', 'DELETE'] as const).map((method) =>
      route({
        method,
        path: one as '/:domainId/:userId/:roleId',
        summary: `${WORDS[method]} a user’s role in ${where}`,
        handle: async (call) => {
          const { domainId, userId, roleId } = call.params;
          await assertDomain(call.context, domainId);
          const role = roleOfId(roleId);
          if (method === 'PUT' || method === 'DELETE') {
            await changeCloudRole(call.context, { userId, role, given: method === 'PUT' });
          } else if (!(await listCloudRoles(call.context, userId)).some((each) => each.name === role)) {
            throw notFound('role', roleId);
          }
          return empty(204);
        },
      }),
    ),
  ];
}

const WORDS = { GET: 'Check', HEAD: 'Check', PUT: 'Give', DELETE: 'Take' } as const;

async function assertDomain(
  context: Parameters<typeof getDomain>[0],
  domainId: string | undefined,
): Promise<void> {
  if (domainId !== undefined) await getDomain(context, domainId, []);
}

export const GRANT_ROUTES: readonly Route[] = [
  list,
  ...checks,
  give,
  take,
  assignments,
  ...cloudRoutes('/system'),
  ...cloudRoutes('/domains/:domainId'),
];
