/**
 * Messages of the volume API: operations of the storage side that were accepted and then failed, told to those whose
 * project it happened in. Nothing is stored for them but which were deleted.
 */
import { isAdmin } from '~/server/domain/roles';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, RefusedError } from '../refused';

export interface MessageRecord {
  /** The operation's. */
  id: string;
  requestId: string;
  /** e.g. `VOLUME_VOLUME_007_010`. */
  eventId: string;
  resourceType: 'VOLUME' | 'VOLUME_SNAPSHOT';
  resourceId: string;
  /** What was tried, and why it failed. */
  text: string;
  createdAt: Date;
  /** Until when it is kept at least. */
  guaranteedUntil: Date;
}

/** What messages can be ordered by. */
export const MESSAGE_SORT_KEYS = [
  'created_at',
  'id',
  'event_id',
  'request_id',
  'resource_type',
  'resource_uuid',
  'guaranteed_until',
] as const;
export type MessageSortKey = (typeof MESSAGE_SORT_KEYS)[number];

export interface MessageListing {
  resourceType?: string | undefined;
  resourceId?: string | undefined;
  eventId?: string | undefined;
  requestId?: string | undefined;
  sort: readonly [
    { key: MessageSortKey; direction: Direction },
    ...{ key: MessageSortKey; direction: Direction }[],
  ];
  marker?: string | undefined;
  limit: number;
  offset?: number;
}

interface Data {
  id: string;
  request_id: string;
  event_id: string;
  resource_type: MessageRecord['resourceType'];
  resource_uuid: string;
  words: string;
  reason: string;
  created_at: Date;
  guaranteed_until: Date;
}

/** How long upstream keeps a message (message_ttl, 2592000 s). */
const KEPT = '30 days';

/** What went wrong, where upstream has more than one number for it; null is whatever it was. */
type Moment = 'no-room' | 'storage' | 'image' | 'host' | null;

/**
 * What upstream has a number for (cinder/message/message_field.py): our action and what went wrong with it, the kind of
 * thing it is about, the number of the action and of what went wrong, and what was tried in words.
 */
const EVENTS: readonly (readonly [string, Moment, MessageRecord['resourceType'], string, string, string])[] =
  [
    ['volume.create', 'no-room', 'VOLUME', '001', '003', 'schedule allocate volume'],
    ['volume.create', 'storage', 'VOLUME', '008', '012', 'create volume from backend storage'],
    ['volume.create', 'image', 'VOLUME', '005', '001', 'copy image to volume'],
    ['volume.attach', null, 'VOLUME', '002', '021', 'attach volume'],
    ['volume.upload-to-image', null, 'VOLUME', '003', '004', 'copy volume to image'],
    ['attachment.update', null, 'VOLUME', '004', '001', 'update attachment'],
    ['volume.extend', 'no-room', 'VOLUME', '007', '003', 'extend volume'],
    ['volume.extend', 'storage', 'VOLUME', '007', '010', 'extend volume'],
    ['volume.extend', 'host', 'VOLUME', '007', '009', 'extend volume'],
    ['snapshot.create', null, 'VOLUME_SNAPSHOT', '009', '013', 'create snapshot'],
    ['snapshot.delete', null, 'VOLUME_SNAPSHOT', '010', '016', 'delete snapshot'],
    ['volume.reimage', null, 'VOLUME', '016', '001', 'reimage volume'],
  ];

/**
 * @returns one page
 * @throws RefusedError forbidden without the reader role, not_found for an unknown marker
 */
export async function listMessageRecords(
  context: Context,
  listing: MessageListing,
): Promise<MessageRecord[]> {
  authorize(context, 'message:get_all');
  const { sql } = context.runtime.database;
  const { resourceType, resourceId, eventId, requestId, sort, marker, limit, offset = 0 } = listing;
  const [first, ...rest] = sort.map(({ key, direction }) => ({ key: sql`t.${sql(key)}`, direction }));
  if (first === undefined) return [];
  const rows = await markerPage<Data>(sql, {
    select: sql`t.*`,
    from: sql`from (${messages(context)}) t`,
    where: all(sql, [
      sql`true`,
      ...(resourceType === undefined ? [] : [sql`t.resource_type = ${resourceType.toUpperCase()}`]),
      ...(resourceId === undefined ? [] : [sql`t.resource_uuid::text = ${resourceId}`]),
      ...(eventId === undefined ? [] : [sql`t.event_id = ${eventId}`]),
      ...(requestId === undefined ? [] : [sql`t.request_id = ${requestId}`]),
    ]),
    sort: [first, ...rest],
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
  return rows.map(toRecord);
}

/** @throws RefusedError not_found when there is no such message, or it is another project's */
export async function getMessageRecord(context: Context, id: string): Promise<MessageRecord> {
  authorize(context, 'message:get');
  const [data] = await find(context, id);
  if (data === undefined) throw unknown(id);
  return toRecord(data);
}

/**
 * The operation stays, as it is the record of what was done; only its message goes.
 * @throws RefusedError not_found when there is no such message, or it is another project's
 */
export async function deleteMessage(context: Context, id: string): Promise<void> {
  const [data] = await find(context, id);
  if (data === undefined) throw unknown(id);
  authorize(context, 'message:delete');
  await context.runtime.database.sql`
    insert into deleted_messages (operation_id) values (${data.id}) on conflict do nothing`;
}

function find(context: Context, id: string) {
  return context.runtime.database.sql<Data[]>`
    select t.* from (${messages(context)}) t where t.id::text = ${id.toLowerCase()}`;
}

function unknown(id: string): RefusedError {
  return new RefusedError([
    { rule: 'message.not-found', code: 'not_found', message: `Message ${id} could not be found.` },
  ]);
}

/** @returns what went wrong with operation `o` on volume `v`, by where it was when it failed */
function momentOf({ runtime }: Context): Fragment {
  const { sql } = runtime.database;
  return sql`case
    when (o.action = 'volume.create' and v.pool is null) or o.carry->>'lacksRoom' = 'true' then 'no-room'
    else case (
      select s.phase from operation_steps s
      where s.operation_id = o.id and s.result = 'failed' order by s.id desc limit 1
    ) when 'copy' then 'image' when 'tell' then 'host' else 'storage' end end`;
}

/** Every message that the caller may see, as rows; what somebody else has put an end to is no failure. */
function messages(context: Context): Fragment {
  const { runtime, actor } = context;
  const { sql } = runtime.database;
  const mine = isAdmin(actor) ? sql`true` : sql`o.project_id = ${actor.projectId}`;
  const column = (at: number) => EVENTS.map((event) => event[at] ?? null);
  return sql`
    select o.id, o.request_id, 'VOLUME_' || e.kind || '_' || e.code || '_' || e.detail as event_id,
      e.kind as resource_type, case e.kind when 'VOLUME' then o.volume_id else o.snapshot_id end as resource_uuid,
      e.words, o.reason, o.ended_at as created_at, o.ended_at + ${KEPT}::interval as guaranteed_until
    from operations o
      left join volumes v on v.id = o.volume_id
      join unnest(
        ${column(0)}::text[], ${column(1)}::text[], ${column(2)}::text[], ${column(3)}::text[], ${column(4)}::text[],
        ${column(5)}::text[]
      ) as e (action, moment, kind, code, detail, words)
        on e.action = o.action and (e.moment is null or e.moment = ${momentOf(context)})
    where o.outcome = 'failed' and o.cause <> 'overtaken' and o.ended_at > now() - ${KEPT}::interval and ${mine}
      and case e.kind when 'VOLUME' then o.volume_id else o.snapshot_id end is not null
      and not exists (select from deleted_messages d where d.operation_id = o.id)`;
}

function toRecord(data: Data): MessageRecord {
  return {
    id: data.id,
    requestId: data.request_id,
    eventId: data.event_id,
    resourceType: data.resource_type,
    resourceId: data.resource_uuid,
    text: `${data.words}:${data.reason}`,
    createdAt: data.created_at,
    guaranteedUntil: data.guaranteed_until,
  };
}
