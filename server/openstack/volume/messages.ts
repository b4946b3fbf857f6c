/**
 * Messages: why something failed that was accepted first.
 * Source: cinder/api/v3/messages.py, cinder/api/v3/views/messages.py
 */
import { z } from 'zod';
import {
  deleteMessage,
  getMessageRecord,
  listMessageRecords,
  MESSAGE_SORT_KEYS,
  type MessageRecord,
} from '~/server/services/records/message-records';
import { answer, empty, type Route, route } from '../route';
import { nextLink } from './next-link';
import { PAGE_MAX, pageQuery } from './schema-types';
import { sortOrder } from './sort-order';
import { volumeTime } from './volume-time';

const SINCE = 3;
/** Pages, orders and filters; before, whatever is asked for is passed over. */
const PAGES = 5;

const { all_tenants: _, ...page } = pageQuery;
const whole = z.object({});
const filtered = z.object({
  ...page,
  resource_type: z.string().optional(),
  resource_uuid: z.string().optional(),
  event_id: z.string().optional(),
  request_id: z.string().optional(),
  message_level: z.string().optional(),
});

function view(message: MessageRecord, origin: string): unknown {
  return {
    id: message.id,
    event_id: message.eventId,
    user_message: message.text,
    message_level: 'ERROR',
    created_at: volumeTime(message.createdAt),
    guaranteed_until: volumeTime(message.guaranteedUntil),
    request_id: message.requestId,
    resource_type: message.resourceType,
    resource_uuid: message.resourceId,
    links: [
      { rel: 'self', href: `${origin}/volume/v3/messages/${message.id}` },
      { rel: 'bookmark', href: `${origin}/volume/messages/${message.id}` },
    ],
  };
}

export const MESSAGE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/messages',
    summary: 'List messages about what failed',
    status: 200,
    since: SINCE,
    query: { [SINCE]: whole, [PAGES]: filtered },
    handle: async ({ context, query, ...call }) => {
      const asked = filtered.parse({});
      const {
        limit = PAGE_MAX,
        offset,
        marker,
        message_level: level = 'ERROR',
        ...rest
      } = { ...asked, ...query };
      const messages =
        limit === 0 || level.toUpperCase() !== 'ERROR'
          ? []
          : await listMessageRecords(context, {
              resourceType: rest.resource_type,
              resourceId: rest.resource_uuid,
              eventId: rest.event_id,
              requestId: rest.request_id,
              sort: sortOrder(MESSAGE_SORT_KEYS, rest),
              marker,
              limit,
              ...(offset === undefined ? {} : { offset }),
            });
      return answer({
        messages: messages.map((message) => view(message, call.origin)),
        ...nextLink('messages_links', call, messages, limit),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/messages/:messageId',
    summary: 'Show a message about what failed',
    status: 200,
    since: SINCE,
    handle: async ({ context, params, origin }) =>
      answer({ message: view(await getMessageRecord(context, params.messageId), origin) }),
  }),
  route({
    method: 'DELETE',
    path: '/messages/:messageId',
    summary: 'Delete a message about what failed',
    status: 204,
    since: SINCE,
    handle: async ({ context, params }) => {
      await deleteMessage(context, params.messageId);
      return empty(204);
    },
  }),
];
