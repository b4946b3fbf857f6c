/**
 * What lists can be filtered by, for everybody.
 * Source: cinder/api/v3/resource_filters.py
 */
import { z } from 'zod';
import { answer, type Route, route } from '../route';
import { FILTERS as ATTACHMENT_FILTERS } from './attachments';
import { FILTERS as SNAPSHOT_FILTERS } from './snapshots-list';
import { FILTERS as VOLUME_FILTERS } from './volumes-list';

const KNOWN = [
  { resource: 'volume', filters: VOLUME_FILTERS.known },
  { resource: 'snapshot', filters: SNAPSHOT_FILTERS.known },
  { resource: 'attachment', filters: ATTACHMENT_FILTERS.known },
  { resource: 'volume_type', filters: ['is_public', 'name', 'description', 'extra_specs'] },
  {
    resource: 'message',
    filters: ['resource_uuid', 'resource_type', 'event_id', 'request_id', 'message_level'],
  },
  { resource: 'pool', filters: ['name', 'volume_type'] },
];

export const RESOURCE_FILTER_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/resource_filters',
    summary: 'List what lists can be filtered by',
    status: 200,
    since: 33,
    query: { 33: z.object({ resource: z.string().optional() }) },
    handle: ({ query }) =>
      answer({
        resource_filters: KNOWN.filter(
          ({ resource }) => query.resource === undefined || resource === query.resource,
        ),
      }),
  }),
];
