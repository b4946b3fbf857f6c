/**
 * Groups, which there are none of: clients ask for them on the way to something else.
 * Source: keystone/api/groups.py, users.py
 */
import { getUser } from '~/server/services/identity/users';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, route } from '../route';
import { collection } from './views';

const list = route({
  method: 'GET',
  path: '/groups',
  summary: 'List groups of users: there are none',
  status: 200,
  handle: (call) => {
    authorize(call.context, 'identity:list_groups');
    return answer(collection(call, 'groups', []));
  },
});

const show = route({
  method: 'GET',
  path: '/groups/:id',
  summary: 'See a group of users: there are none',
  status: null,
  handle: (call) => {
    authorize(call.context, 'identity:list_groups');
    throw new FaultError(404, `Group ${call.params.id} could not be found.`);
  },
});

const ofUser = route({
  method: 'GET',
  path: '/users/:userId/groups',
  summary: 'List the groups of a user: there are none',
  status: 200,
  handle: async (call) => {
    await getUser(call.context, call.params.userId);
    return answer(collection(call, 'groups', []));
  },
});

export const GROUP_ROUTES = [list, show, ofUser];
