/**
 * Servers: made, shown, changed, deleted.
 */
import { randomBytes } from 'node:crypto';
import { createServers } from '~/server/services/create-servers';
import { perform } from '~/server/services/perform';
import { findServerRecord } from '~/server/services/records/server-records';
import { answer, empty, type Route, route } from '../route';
import { linksTo, selfLink } from './links';
import { newServers } from './new-server';
import { storedId } from './schema-types';
import { CREATE_SERVER_BODY, UPDATE_SERVER_BODY } from './server-schemas';
import { serverView, updatedServer } from './server-view';

const PASSWORD_BYTES = 9;

export const SERVER_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: '/servers',
    summary: 'Create a server',
    body: CREATE_SERVER_BODY,
    async handle({ context, body: { server }, minor, origin }) {
      const made = await createServers(context, newServers(context, server, minor));
      if (server.return_reservation_id === true) return answer({ reservation_id: made.reservationId }, 202);
      const [id] = made.ids;
      const groups = [...new Set(server.security_groups?.map(({ name = 'default' }) => name) ?? ['default'])];
      const view = {
        id,
        links: linksTo({ origin }, `servers/${id}`),
        'OS-DCF:diskConfig': server['OS-DCF:diskConfig'] ?? 'MANUAL',
        security_groups: groups.map((name) => ({ name })),
        adminPass: server.adminPass ?? randomBytes(PASSWORD_BYTES).toString('base64url'),
      };
      return answer({ server: view }, 202, { location: selfLink({ origin }, `servers/${id}`).href });
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId',
    summary: 'Show a server',
    status: 200,
    async handle(call) {
      const server = await findServerRecord(call.context, call.params.serverId);
      return answer({ server: serverView(call, server) });
    },
  }),
  route({
    method: 'PUT',
    path: '/servers/:serverId',
    summary: 'Change a server',
    status: 200,
    body: UPDATE_SERVER_BODY,
    async handle(call) {
      const { server } = call.body;
      const { context } = call;
      const id = storedId(call.params.serverId);
      const given = {
        name: server.name,
        // None is as good as an empty one.
        description: server.description === null ? '' : server.description,
        hostname: server.hostname,
        accessIpv4: server.accessIPv4,
        accessIpv6: server.accessIPv6,
        diskConfig: server['OS-DCF:diskConfig'],
      };
      const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      await perform(context, { action: 'server.update', id, input });
      return answer({ server: updatedServer(call, await findServerRecord(context, id)) });
    },
  }),
  route({
    method: 'DELETE',
    path: '/servers/:serverId',
    summary: 'Delete a server',
    status: 204,
    async handle({ context, params }) {
      await perform(context, { action: 'server.delete', id: storedId(params.serverId), input: {} });
      return empty(204);
    },
  }),
];
