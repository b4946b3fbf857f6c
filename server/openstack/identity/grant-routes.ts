/**
 * Roles of users in projects.
 * Source: keystone/api/projects.py, role_assignments.py
 */
import { z } from 'zod';
import { listAssignments } from '~/server/services/identity/assignments';
import { checkGrant, createGrant, listGrants, revokeGrant } from '~/server/services/identity/grants';
import { findRole, roleOfId } from '~/server/services/identity/roles';
import { answer, empty, type Route, route } from '../route';
import { flag } from './query';
import { collection, showAssignment, showRole } from './views';

const list = route({
  method: 'GET',
  path: '/projects/:projectId/users/:userId/roles',
  summary: 'List the roles of a user in a project',
  status: 200,
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
    status: 204,
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
  status: 204,
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
  status: 204,
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
  status: 200,
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

export const GRANT_ROUTES: readonly Route[] = [list, ...checks, give, take, assignments];
