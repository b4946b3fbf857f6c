/**
 * Source: keystone/api/domains.py
 */
import { getDomain, listDomains, refuseDomainChange } from '~/server/services/identity/domain';
import { answer, route } from '../route';
import { named } from './query';
import { collection, showDomain } from './views';

const list = route({
  method: 'GET',
  path: '/domains',
  summary: 'List domains',
  status: 200,
  query: { 0: named },
  handle: async (call) => {
    const found = await listDomains(call.context, call.query.name);
    return answer(
      collection(
        call,
        'domains',
        found.map((each) => showDomain(call, each)),
      ),
    );
  },
});

const show = route({
  method: 'GET',
  path: '/domains/:id',
  summary: 'See a domain',
  status: 200,
  handle: async (call) => {
    const { user, project } = call.caller.tokenView;
    const own = [user.domain.id, ...(project === null ? [] : [project.domain.id])];
    return answer({ domain: showDomain(call, await getDomain(call.context, call.params.id, own)) });
  },
});

const create = route({
  method: 'POST',
  path: '/domains',
  summary: 'Create a domain: refused, as there is one',
  status: null,
  handle: (call) => refuseDomainChange(call.context),
});

const changes = (['PATCH', 'DELETE'] as const).map((method) =>
  route({
    method,
    path: '/domains/:id',
    summary: `${method === 'PATCH' ? 'Change' : 'Delete'} a domain: refused, as there is one`,
    status: null,
    handle: async (call) => {
      await getDomain(call.context, call.params.id, []);
      return refuseDomainChange(call.context);
    },
  }),
);

export const DOMAIN_ROUTES = [list, show, create, ...changes];
