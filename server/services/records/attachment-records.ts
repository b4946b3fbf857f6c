/**
 * Attachments as the volume API shows them: those that storage knows of, and where their volumes are to be found.
 */
import type { Row, Sql } from 'postgres';
import { ATTACH_STATUSES, type AttachMode, type AttachStatus } from '~/server/domain/attachment';
import type { ConnectionInfo } from '~/server/domain/connection';
import { openConnectionInfo } from '../connection-schema';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all, inScope, visible } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, notFound } from '../refused';
import { type Columns, type Condition, conditionSql, sortKeysOf } from './column-conditions';

/** Times are texts such as `2026-11-21T07:00:00.000000`, UTC. */
interface Shown {
  id: string;
  volume_id: string;
  instance_id: string | null;
  attach_status: AttachStatus;
  /** null as long as none was chosen. */
  mode: AttachMode | null;
  /** When it was connected, or recorded as attached; null for what was only reserved, or completed without either. */
  attached_at: string | null;
  detached_at: string | null;
  /** Whether it was only recorded (os-attach): whoever has the volume has not got it through this attachment. */
  recorded_only: boolean;
  /** Of the volume. */
  readonly: boolean;
  encrypted: boolean;
  /** Whether hosts may cache what they read of it. */
  cacheable: boolean;
}

export interface AttachmentRecord extends Shown {
  /** With its secrets; null while it is not connected, and where it was not asked for. */
  connection: ConnectionInfo | null;
}

interface Data extends Shown, Row {
  /** Sealed. */
  connection_info: string | null;
}

export interface AttachmentListing {
  /** Of everybody, for administrators; the caller's alone for anyone else. */
  allProjects: boolean;
  conditions: readonly Condition[];
  /** By names on the wire; none is newest first. */
  sort: readonly { key: string; direction: Direction }[];
  marker?: string | undefined;
  limit: number;
  offset?: number | undefined;
}

/**
 * @param withConnections whether connections are wanted; opening them takes time
 * @throws RefusedError forbidden without any role, not_found for an unknown marker, invalid for a sort key
 */
export async function listAttachmentRecords(
  context: Context,
  { allProjects, conditions, sort, marker, limit, offset = 0 }: AttachmentListing,
  withConnections: boolean,
): Promise<AttachmentRecord[]> {
  authorize(context, 'volume:attachment_list');
  const { sql } = context.runtime.database;
  const columns = attachmentColumns(sql);
  const rows = await markerPage<Data>(sql, {
    select: selected(sql),
    from: source(sql),
    where: all(sql, [
      known(sql),
      inScope(sql, context, sql`v.project_id`, allProjects),
      ...conditions.map((condition) => conditionSql(sql, columns, condition)),
    ]),
    sort: sortKeysOf(sql, columns, sort),
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
  return Promise.all(rows.map((row) => toRecord(context, row, withConnections)));
}

/**
 * @throws RefusedError not_found when it is not there, is another project's, or is known to the compute side alone; also
 * for what is no id
 */
export async function getAttachmentRecord(context: Context, id: string): Promise<AttachmentRecord> {
  authorize(context, 'volume:attachment_list');
  const { sql } = context.runtime.database;
  const named = conditionSql(sql, attachmentColumns(sql), { key: 'id', how: 'is', value: id });
  const [row] = await sql<Data[]>`
    select ${selected(sql)} ${source(sql)}
    where ${named} and ${known(sql)} and ${visible(sql, context, sql`v.project_id`)}`;
  if (row === undefined) throw notFound('attachment', id);
  return toRecord(context, row, true);
}

/** Attributes of upstream's attachment under their names there (cinder/db/sqlalchemy/models.py, VolumeAttachment). */
function attachmentColumns(sql: Sql): Columns {
  return {
    id: { sql: sql`t.id`, kind: 'uuid' },
    created_at: { sql: sql`t.created_at`, kind: 'time' },
    updated_at: { sql: sql`t.updated_at`, kind: 'time' },
    volume_id: { sql: sql`t.volume_id`, kind: 'uuid' },
    instance_uuid: { sql: sql`t.instance_id`, kind: 'uuid', nullable: true },
    attach_status: { sql: sql`t.attach_status`, kind: { enum: ATTACH_STATUSES } },
    // What is not chosen yet is a text of its own there.
    attach_mode: { sql: sql`coalesce(t.mode::text, 'null')`, kind: 'text' },
    attached_host: { sql: sql`t.attached_host`, kind: 'text', nullable: true },
    mountpoint: { sql: sql`t.mountpoint`, kind: 'text', nullable: true },
    attach_time: { sql: sql`t.attached_at`, kind: 'time', nullable: true },
    detach_time: { sql: sql`t.detached_at`, kind: 'time', nullable: true },
    // Not of the attachment, but of its volume.
    project_id: { sql: sql`v.project_id`, kind: 'text', unsorted: true },
  };
}

/** What storage knows of. */
function known(sql: Sql): Fragment {
  return sql`t.deleted_at is null and v.deleted_at is null and t.attach_status is not null`;
}

function source(sql: Sql): Fragment {
  return sql`from attachments t join volumes v on v.id = t.volume_id
    left join volume_types ty on ty.id = v.volume_type_id`;
}

function selected(sql: Sql): Fragment {
  const time = (column: Fragment) => sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  return sql`t.id, t.volume_id, t.instance_id, t.attach_status, t.connection_info,
    -- What is held for a server is given its mode with the connector.
    case when t.bdm_id is null or t.attach_status <> 'reserved' then t.mode end as mode,
    ${time(sql`t.attached_at`)} as attached_at, ${time(sql`t.detached_at`)} as detached_at,
    -- Nothing else names a mountpoint without a connector.
    (t.bdm_id is null and t.connector is null and t.connection_info is null and t.mountpoint is not null) as recorded_only,
    v.readonly, v.encrypted, coalesce(ty.extra_specs->>'cacheable' = '<is> True', false) as cacheable`;
}

async function toRecord(
  { runtime }: Context,
  { connection_info: sealed, ...shown }: Data,
  withConnection: boolean,
): Promise<AttachmentRecord> {
  const connection = withConnection ? await openConnectionInfo(runtime.secretKey, sealed) : null;
  return { ...shown, connection };
}
