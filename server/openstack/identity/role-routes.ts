/**
 * Source: keystone/api/roles.py
 */
import { z } from 'zod';
import {
  getRole,
  listInferences,
  listRoles,
  type RoleView,
  refuseRoleChange,
} from '~/server/services/identity/roles';
import { notFound } from '~/server/services/refused';
import { type Ask, answer, empty, route } from '../route';
import { named } from './query';
import { collection, href, showRole } from './views';

const list = route({
  method: 'GET',
  path: '/roles',
  summary: 'List roles',
  status: 200,
  query: { 0: named },
  handle: (call) =>
    answer(
      collection(
        call,
        'roles',
        listRoles(call.context, call.query.name).map((each) => showRole(call, each)),
      ),
    ),
});

const show = route({
  method: 'GET',
  path: '/roles/:id',
  summary: 'See a role',
  status: 200,
  handle: (call) => answer({ role: showRole(call, getRole(call.context, call.params.id)) }),
});

const create = route({
  method: 'POST',
  path: '/roles',
  summary: 'Create a role: refused, as roles are fixed',
  status: null,
  body: { 0: z.object({ role: z.object({ name: z.string().min(1).max(255) }) }) },
  handle: (call) => refuseRoleChange(call.context, call.body.role.name),
});

const update = route({
  method: 'PATCH',
  path: '/roles/:id',
  summary: 'Change a role: refused, as roles are fixed',
  status: null,
  handle: (call) => {
    getRole(call.context, call.params.id);
    return refuseRoleChange(call.context, null);
  },
});

const remove = route({
  method: 'DELETE',
  path: '/roles/:id',
  summary: 'Delete a role: refused, as roles are fixed',
  status: null,
  handle: (call) => {
    getRole(call.context, call.params.id);
    return refuseRoleChange(call.context, null);
  },
});

function brief(ask: Ask, { id, name }: RoleView) {
  return { id, name, description: null, links: { self: href(ask, `/roles/${id}`) } };
}

const inferences = route({
  method: 'GET',
  path: '/role_inferences',
  summary: 'List which roles imply others',
  status: 200,
  handle: (call) =>
    answer({
      role_inferences: listInferences(call.context).map(({ prior, implied }) => ({
        prior_role: brief(call, prior),
        implies: implied.map((each) => brief(call, each)),
      })),
      links: { self: href(call, call.path) },
    }),
});

/** @returns the roles that the one named in the path implies */
function impliedBy(call: Parameters<typeof listInferences>[0], id: string) {
  const prior = getRole(call, id);
  const implied = listInferences(call).find((each) => each.prior.id === id)?.implied ?? [];
  return { prior, implied };
}

const implies = route({
  method: 'GET',
  path: '/roles/:id/implies',
  summary: 'List the roles that a role implies',
  status: 200,
  handle: (call) => {
    const { prior, implied } = impliedBy(call.context, call.params.id);
    return answer({
      role_inference: { prior_role: brief(call, prior), implies: implied.map((each) => brief(call, each)) },
      links: { self: href(call, call.path) },
    });
  },
});

const oneImplied = {
  path: '/roles/:id/implies/:impliedId',
  summary: 'See whether a role implies another',
} as const;

const showImplied = route({
  ...oneImplied,
  method: 'GET',
  handle: (call) => {
    const { prior, implied } = impliedBy(call.context, call.params.id);
    const found = implied.find(({ id }) => id === call.params.impliedId);
    if (found === undefined) throw notFound('role', call.params.impliedId);
    return answer({
      role_inference: { prior_role: brief(call, prior), implies: brief(call, found) },
      links: { self: href(call, call.path) },
    });
  },
});

const checkImplied = route({
  ...oneImplied,
  method: 'HEAD',
  handle: (call) => {
    const { implied } = impliedBy(call.context, call.params.id);
    if (!implied.some(({ id }) => id === call.params.impliedId))
      throw notFound('role', call.params.impliedId);
    return empty(204);
  },
});

export const ROLE_ROUTES = [
  list,
  show,
  create,
  update,
  remove,
  inferences,
  implies,
  showImplied,
  checkImplied,
];
