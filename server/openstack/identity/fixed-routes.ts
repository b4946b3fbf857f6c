/**
 * What clients can ask to change and this cloud has fixed, or has none of.
 * Source: keystone/api/services.py, endpoints.py, regions.py, groups.py, policy.py, users.py
 */
import type { PolicyName } from '~/server/domain/policy';
import { getUser } from '~/server/services/identity/users';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, route } from '../route';
import { collection } from './views';

interface Fixed {
  /** In paths. */
  name: 'services' | 'endpoints' | 'regions' | 'groups';
  /** Whoever may not even list them learns nothing more. */
  policy: PolicyName;
  why: string;
}

const CATALOG =
  'The catalog says where this cloud answers, under the address it was reached by; nothing of it is made, changed or deleted. Set PUBLIC_URL to have another address in it.';

const FIXED: readonly Fixed[] = [
  { name: 'services', policy: 'identity:list_services', why: CATALOG },
  { name: 'endpoints', policy: 'identity:list_endpoints', why: CATALOG },
  { name: 'regions', policy: 'identity:list_endpoints', why: CATALOG },
  {
    name: 'groups',
    policy: 'identity:list_groups',
    why: 'This cloud has no groups of users. Give roles to each user.',
  },
];

const CHANGES = [
  { method: 'POST', verb: 'Create', suffix: '' },
  { method: 'PATCH', verb: 'Change', suffix: '/:id' },
  { method: 'DELETE', verb: 'Delete', suffix: '/:id' },
] as const;

const changes = FIXED.flatMap(({ name, policy, why }) =>
  CHANGES.map(({ method, verb, suffix }) =>
    route({
      method,
      path: `/${name}${suffix}`,
      summary: `${verb} one of the ${name}: refused, as they are fixed`,
      status: null,
      handle: ({ context }) => {
        authorize(context, policy);
        throw new FaultError(403, why);
      },
    }),
  ),
);

const policies = route({
  method: 'GET',
  path: '/policies',
  summary: 'List policies that are kept for other services: there are none',
  status: 200,
  handle: (call) => {
    authorize(call.context, 'identity:list_services');
    return answer(collection(call, 'policies', []));
  },
});

const accessRules = route({
  method: 'GET',
  path: '/users/:userId/access_rules',
  summary: 'List the access rules of a user’s application credentials: there are none',
  status: 200,
  handle: async (call) => {
    await getUser(call.context, call.params.userId);
    return answer(collection(call, 'access_rules', []));
  },
});

export const FIXED_ROUTES = [...changes, policies, accessRules];
