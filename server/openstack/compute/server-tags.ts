/**
 * Tags of servers, since 2.26.
 * Source: nova/api/openstack/compute/server_tags.py
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import { findServerRecord } from '~/server/services/records/server-records';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { selfLink } from './links';
import { storedId, tag } from './schema-types';

const SINCE = 26;
const MOST_TAGS = 50;
const TAGS = { 26: z.strictObject({ tags: z.array(tag).max(MOST_TAGS) }) };

async function tagsOf(context: Context, serverId: string): Promise<string[]> {
  return (await findServerRecord(context, serverId)).tags;
}

async function change(context: Context, serverId: string, input: Record<string, unknown>): Promise<void> {
  await perform(context, { action: 'server.update', id: storedId(serverId), input });
}

/** @throws FaultError 404 for a tag that the server does not have */
async function assertTagged(context: Context, serverId: string, name: string): Promise<void> {
  if (!(await tagsOf(context, serverId)).includes(name)) {
    throw new FaultError(404, `The server has no tag ${name}.`);
  }
}

export const SERVER_TAG_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/servers/:serverId/tags',
    summary: 'List the tags of a server',
    status: 200,
    since: SINCE,
    async handle({ context, params: { serverId } }) {
      return answer({ tags: await tagsOf(context, serverId) });
    },
  }),
  route({
    method: 'PUT',
    path: '/servers/:serverId/tags',
    summary: 'Set all the tags of a server',
    status: 200,
    since: SINCE,
    body: TAGS,
    async handle({ context, params: { serverId }, body }) {
      const tags = [...new Set(body.tags)];
      await change(context, serverId, { tags });
      return answer({ tags });
    },
  }),
  route({
    method: 'DELETE',
    path: '/servers/:serverId/tags',
    summary: 'Remove all the tags of a server',
    status: 204,
    since: SINCE,
    async handle({ context, params: { serverId } }) {
      await change(context, serverId, { tags: [] });
      return empty(204);
    },
  }),
  route({
    method: 'GET',
    path: '/servers/:serverId/tags/:tag',
    summary: 'Say whether a server has a tag',
    status: 204,
    since: SINCE,
    async handle({ context, params }) {
      await assertTagged(context, params.serverId, params.tag);
      return empty(204);
    },
  }),
  route({
    method: 'PUT',
    path: '/servers/:serverId/tags/:tag',
    summary: 'Add a tag to a server',
    since: SINCE,
    async handle({ context, params, origin }) {
      const { serverId } = params;
      const parsed = tag.safeParse(params.tag);
      if (!parsed.success) throw new FaultError(400, `${params.tag} is no tag.`);
      const had = (await tagsOf(context, serverId)).includes(parsed.data);
      await change(context, serverId, { addTags: [parsed.data] });
      const { href } = selfLink({ origin }, `servers/${serverId}/tags/${encodeURIComponent(parsed.data)}`);
      return { status: had ? 204 : 201, headers: { location: href } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/servers/:serverId/tags/:tag',
    summary: 'Remove a tag of a server',
    status: 204,
    since: SINCE,
    async handle({ context, params }) {
      await assertTagged(context, params.serverId, params.tag);
      await change(context, params.serverId, { removeTags: [params.tag] });
      return empty(204);
    },
  }),
];
