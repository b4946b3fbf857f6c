/**
 * Metadata of servers.
 * Source: nova/api/openstack/compute/server_metadata.py
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import { findServerRecord } from '~/server/services/records/server-records';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { metadata, storedId } from './schema-types';

const ALL = { 1: z.strictObject({ metadata }) };
const ONE = { 1: z.strictObject({ meta: metadata }) };

async function metadataOf(context: Context, serverId: string): Promise<Record<string, string>> {
  return (await findServerRecord(context, serverId)).metadata;
}

async function change(context: Context, serverId: string, input: Record<string, unknown>): Promise<void> {
  await perform(context, { action: 'server.update', id: storedId(serverId), input });
}

async function itemOf(context: Context, serverId: string, key: string): Promise<string> {
  const value = (await metadataOf(context, serverId))[key];
  if (value === undefined) throw new FaultError(404, `The server has no metadata ${key}.`);
  return value;
}

export const SERVER_METADATA_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/servers/:serverId/metadata',
    summary: 'List the metadata of a server',
    status: 200,
    async handle({ context, params: { serverId } }) {
      return answer({ metadata: await metadataOf(context, serverId) });
    },
  }),
  route({
    method: 'POST',
    path: '/servers/:serverId/metadata',
    summary: 'Set metadata of a server, besides what it has',
    status: 200,
    body: ALL,
    async handle({ context, params: { serverId }, body }) {
      await change(context, serverId, { setMetadata: body.metadata });
      return answer({ metadata: await metadataOf(context, serverId) });
    },
  }),
  route({
    method: 'PUT',
    path: '/servers/:serverId/metadata',
    summary: 'Set all the metadata of a server',
    status: 200,
    body: ALL,
    async handle({ context, params: { serverId }, body }) {
      const had = Object.keys(await metadataOf(context, serverId));
      await change(context, serverId, { setMetadata: body.metadata, unsetMetadata: had });
      return answer({ metadata: body.metadata });
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId/metadata/:key',
    summary: 'Show one item of the metadata of a server',
    status: 200,
    async handle({ context, params: { serverId, key } }) {
      return answer({ meta: { [key]: await itemOf(context, serverId, key) } });
    },
  }),
  route({
    method: 'PUT',
    path: '/servers/:serverId/metadata/:key',
    summary: 'Set one item of the metadata of a server',
    status: 200,
    body: ONE,
    async handle({ context, params: { serverId, key }, body: { meta } }) {
      const names = Object.keys(meta);
      if (names.length !== 1 || names[0] !== key) {
        throw new FaultError(400, `meta must have ${key} as its only member.`);
      }
      await change(context, serverId, { setMetadata: meta });
      return answer({ meta });
    },
  }),
  route({
    method: 'DELETE',
    path: '/servers/:serverId/metadata/:key',
    summary: 'Remove one item of the metadata of a server',
    status: 204,
    async handle({ context, params: { serverId, key } }) {
      await itemOf(context, serverId, key);
      await change(context, serverId, { unsetMetadata: [key] });
      return empty(204);
    },
  }),
];
