/**
 * What was done to a server: list, and one with its events.
 * Source: nova/api/openstack/compute/instance_actions.py and schemas/instance_actions.py
 */
import { z } from 'zod';
import {
  type ActionDetail,
  getInstanceAction,
  type InstanceActionRecord,
  listInstanceActions,
} from '~/server/services/records/instance-action-records';
import { FaultError } from '../fault';
import { type Ask, answer, type Route, route } from '../route';
import { hostId } from './host-id';
import { selfLink, timeMicros } from './links';
import { PAGE_MAX, queryNumber, storedId, time } from './schema-types';

const FROM = { deleted: 21, events: 51, pages: 58, hosts: 62, details: 84 } as const;

function view(action: InstanceActionRecord, minor: number) {
  return {
    action: action.action,
    instance_uuid: action.serverId,
    request_id: action.requestId,
    user_id: action.userId,
    project_id: action.projectId,
    start_time: timeMicros(action.startedAt),
    message: action.failed ? 'Error' : null,
    ...(minor < FROM.pages ? {} : { updated_at: timeMicros(action.updatedAt) }),
  };
}

/** Below 2.51 events are for those who may see everything of them. */
function events({ event, mayTrace, mayDetail }: ActionDetail, minor: number) {
  if (minor < FROM.events && !mayTrace) return {};
  const hosts = minor >= FROM.hosts;
  return {
    events: [
      {
        event: event.event,
        start_time: timeMicros(event.startedAt),
        finish_time: timeMicros(event.endedAt),
        result: event.result,
        ...(mayTrace ? { traceback: null } : {}),
        ...(hosts && mayTrace ? { host: event.host } : {}),
        ...(hosts ? { hostId: hostId(event.projectId, event.host) } : {}),
        ...(minor >= FROM.details && mayDetail ? { details: event.reason } : {}),
      },
    ],
  };
}

const pageFrom58 = {
  limit: queryNumber.transform((limit) => Math.min(limit, PAGE_MAX)).optional(),
  marker: z.string().optional(),
  'changes-since': time.optional(),
};
const LIST_QUERY = {
  1: z.object({}),
  58: z.strictObject(pageFrom58),
  66: z.strictObject({ ...pageFrom58, 'changes-before': time.optional() }),
};

/** @throws FaultError 400 when one is there twice */
function assertOnce({ searchParams }: URL): void {
  for (const name of new Set(searchParams.keys())) {
    if (searchParams.getAll(name).length > 1) throw new FaultError(400, `${name} may be given once.`);
  }
}

function nextPage(ask: Ask, actions: readonly InstanceActionRecord[], limit: number) {
  const last = actions.at(-1);
  if (last === undefined || actions.length < limit) return {};
  const query = new URLSearchParams(ask.url.searchParams);
  query.set('marker', last.requestId);
  return { links: [{ rel: 'next', href: `${selfLink(ask, ask.path.slice(1)).href}?${query}` }] };
}

interface ListQuery {
  limit?: number | undefined;
  marker?: string | undefined;
  'changes-since'?: Date | undefined;
  'changes-before'?: Date | undefined;
}

const list = route({
  method: 'GET',
  path: '/servers/:serverId/os-instance-actions',
  summary: 'List what was done to a server',
  status: 200,
  query: LIST_QUERY,
  handle: async (call) => {
    const { context, params, minor } = call;
    if (minor >= FROM.pages) assertOnce(call.url);
    const query: ListQuery = call.query;
    const {
      limit = PAGE_MAX,
      marker,
      'changes-since': changesSince,
      'changes-before': changesBefore,
    } = query;
    if (changesSince !== undefined && changesBefore !== undefined && changesBefore < changesSince) {
      throw new FaultError(400, 'changes-before must not lie before changes-since.');
    }
    const actions = await listInstanceActions(context, storedId(params.serverId), {
      deleted: minor >= FROM.deleted,
      limit,
      marker,
      changesSince,
      changesBefore,
    });
    return answer({
      instanceActions: actions.map((action) => view(action, minor)),
      ...(minor < FROM.pages ? {} : nextPage(call, actions, limit)),
    });
  },
});

const show = route({
  method: 'GET',
  path: '/servers/:serverId/os-instance-actions/:requestId',
  summary: 'Show one thing that was done to a server',
  status: 200,
  handle: async ({ context, params, minor }) => {
    const ids = { serverId: storedId(params.serverId), requestId: params.requestId };
    const detail = await getInstanceAction(context, ids, { deleted: minor >= FROM.deleted });
    return answer({ instanceAction: { ...view(detail.action, minor), ...events(detail, minor) } });
  },
});

export const INSTANCE_ACTION_ROUTES: readonly Route[] = [list, show];
