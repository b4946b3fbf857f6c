/**
 * What was done to a server, as the compute API tells it: operations about it, and the extends it was told of.
 */
import { uuids } from '../around';
import type { Context } from '../context';
import type { Fragment } from '../keyset';
import { all, visible } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, mayDo, notFound, RefusedError } from '../refused';
import { instanceActionName, untraced } from './instance-action-names';

export interface InstanceActionRecord {
  action: string;
  serverId: string;
  requestId: string;
  userId: string;
  projectId: string;
  startedAt: Date;
  updatedAt: Date;
  failed: boolean;
}

/** What came of it; upstream has one a host that took part, we one in all. */
export interface InstanceEventRecord {
  event: string;
  startedAt: Date;
  endedAt: Date | null;
  result: 'Success' | 'Error' | null;
  /** Why it failed; for whom it is, see {@link ActionDetail}. */
  reason: string | null;
  projectId: string;
  host: string | null;
}

export interface ActionDetail {
  action: InstanceActionRecord;
  event: InstanceEventRecord;
  /** Whether the caller may see where, and how, it failed. */
  mayTrace: boolean;
  mayDetail: boolean;
}

export interface ActionFilter {
  /** Also of a server that is deleted. */
  deleted: boolean;
  limit: number;
  /** Request id of the last one of the page before. */
  marker?: string | undefined;
  changesSince?: Date | undefined;
  changesBefore?: Date | undefined;
}

interface Server {
  id: string;
  project_id: string;
  host: string | null;
}

interface Data {
  action: string;
  request_id: string;
  user_id: string;
  project_id: string;
  started_at: Date;
  updated_at: Date;
  ended_at: Date | null;
  outcome: 'running' | 'succeeded' | 'failed';
  reason: string | null;
  /** Whether a disk was given or taken while its server was on no host. */
  away: boolean;
}

async function findServer(context: Context, id: string, deleted: boolean): Promise<Server> {
  const { sql } = context.runtime.database;
  const [server] = await sql<Server[]>`
    select s.id, s.project_id, s.host from servers s
    where s.id = any(${uuids([id])}::uuid[]) and ${visible(sql, context, sql`s.project_id`)}
      and ${deleted ? sql`true` : sql`s.deleted_at is null`}`;
  if (server === undefined) throw notFound('server', id);
  return server;
}

/** An extend is about the volume alone; it counts here once storage is done and the servers that had it were told. */
function about({ runtime: { database } }: Context, { id }: Server): Fragment {
  const { sql } = database;
  return sql`
    (t.server_id = ${id} and t.action <> all(${untraced()}))
    or (t.action = 'volume.extend' and t.volume_id = any(array(
        select a.volume_id from attachments a where a.server_id = ${id} and coalesce(a.attached_at, a.created_at) <= t.started_at
          and (a.deleted_at is null or a.deleted_at >= t.started_at)))
      and (t.phase in ('tell', 'complete') or exists (
        select from operation_steps p where p.operation_id = t.id and p.phase in ('tell', 'complete'))))`;
}

const columns = (context: Context): Fragment => context.runtime.database.sql`
  t.action, t.request_id, t.user_id, t.project_id, t.started_at, t.updated_at, t.ended_at, t.outcome, t.reason,
  exists (select from operation_steps p where p.operation_id = t.id and p.phase in ('act', 'clear')) as away`;

/**
 * Newest first.
 * @throws RefusedError not_found for a server that is not there or another project's; forbidden without the reader
 * role; invalid for a marker that names none of its actions
 */
export async function listInstanceActions(
  context: Context,
  serverId: string,
  filter: ActionFilter,
): Promise<InstanceActionRecord[]> {
  const { sql } = context.runtime.database;
  const server = await findServer(context, serverId, filter.deleted);
  authorize(context, 'os_compute_api:os-instance-actions:list');
  const { changesSince, changesBefore } = filter;
  const rows = await markerPage<Data>(sql, {
    select: columns(context),
    from: sql`from operations t`,
    where: all(sql, [
      about(context, server),
      changesSince === undefined ? sql`true` : sql`t.updated_at >= ${changesSince}`,
      changesBefore === undefined ? sql`true` : sql`t.updated_at <= ${changesBefore}`,
    ]),
    sort: [{ key: sql`t.started_at`, direction: 'desc' }],
    marker: filter.marker === undefined ? undefined : await idOf(context, server, filter.marker),
    limit: filter.limit,
    unknownMarker: 'invalid',
  });
  return rows.map((data) => toRecord(data, server));
}

async function idOf(context: Context, server: Server, requestId: string): Promise<string> {
  const { sql } = context.runtime.database;
  const [row] = await sql<{ id: string }[]>`
    select t.id from operations t where t.request_id = ${requestId} and (${about(context, server)})
    order by t.started_at limit 1`;
  if (row !== undefined) return row.id;
  const message = `The marker ${requestId} names nothing in this list.`;
  throw new RefusedError([{ rule: 'list.unknown-marker', code: 'invalid', message }]);
}

/**
 * @param requestId of the request that started it
 * @throws RefusedError as {@link listInstanceActions} does, and not_found for a request that did nothing to the server
 */
export async function getInstanceAction(
  context: Context,
  ids: { serverId: string; requestId: string },
  { deleted }: Pick<ActionFilter, 'deleted'>,
): Promise<ActionDetail> {
  const { sql } = context.runtime.database;
  const server = await findServer(context, ids.serverId, deleted);
  authorize(context, 'os_compute_api:os-instance-actions:show');
  const [data] = await sql<Data[]>`
    select ${columns(context)} from operations t
    where t.request_id = ${ids.requestId} and (${about(context, server)}) order by t.started_at limit 1`;
  if (data === undefined) throw notFound('operation', ids.requestId);
  return {
    action: toRecord(data, server),
    event: {
      event: eventOf(data),
      startedAt: data.started_at,
      endedAt: data.ended_at,
      result: data.outcome === 'running' ? null : data.outcome === 'failed' ? 'Error' : 'Success',
      reason: data.reason,
      projectId: server.project_id,
      host: server.host,
    },
    mayTrace: mayDo(context, 'os_compute_api:os-instance-actions:events'),
    mayDetail: mayDo(context, 'os_compute_api:os-instance-actions:events:details'),
  };
}

/** The disks of a server that is on no host are changed by the API itself. */
function eventOf({ action, away }: Data): string {
  const { event } = instanceActionName(action);
  const ofDisk = action === 'volume.attach' || action === 'volume.detach';
  return ofDisk && away ? event.replace('compute_', 'api_') : event;
}

function toRecord(data: Data, server: Server): InstanceActionRecord {
  return {
    action: instanceActionName(data.action).action,
    serverId: server.id,
    requestId: data.request_id,
    userId: data.user_id,
    projectId: data.project_id,
    startedAt: data.started_at,
    updatedAt: data.updated_at,
    failed: data.outcome === 'failed',
  };
}
