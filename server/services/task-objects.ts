/**
 * What a driver task is about, read afresh: rows may have changed since the phase began.
 */
import type { Sql } from 'postgres';
import type { AttachMode } from '~/server/domain/attachment';
import { FRONT_END_CONSUMERS } from '~/server/domain/qos';
import type { Runtime } from './runtime';

interface TaskServer {
  id: string;
  name: string;
  host: string | null;
}

export interface TaskVolume {
  id: string;
  name: string;
  sizeGib: number;
  pool: string | null;
  /** Quality of service that its hosts keep to; null for none. */
  hostQos: Readonly<Record<string, string>> | null;
}

export interface TaskDisk {
  attachment: { id: string; device: string | null; mode: AttachMode };
  instanceId: string | null;
  /** null when the instance is not known here. */
  server: TaskServer | null;
  volume: TaskVolume;
  /** Sealed. */
  connector: string | null;
  /** Sealed. */
  connectionInfo: string | null;
}

/** @returns null when it is gone */
export async function loadTaskServer({ database }: Runtime, id: string): Promise<TaskServer | null> {
  const [row] = await database.sql<TaskServer[]>`
    select id, name, host from servers where id = ${id} and deleted_at is null`;
  return row ?? null;
}

/** What the type of volume `v` asks of hosts (cinder volume/manager.py, _parse_connection_options). */
function hostQos(sql: Sql) {
  return sql`(
    select q.specs from volume_types ty join qos_specs q on q.id = ty.qos_specs_id
    where ty.id = v.volume_type_id and q.consumer = any(${[...FRONT_END_CONSUMERS]}))`;
}

/** @returns null when it is gone */
export async function loadTaskVolume({ database }: Runtime, id: string): Promise<TaskVolume | null> {
  const [row] = await database.sql<TaskVolume[]>`
    select v.id, coalesce(nullif(v.name, ''), v.id::text) as name, v.size_gib as "sizeGib", v.pool,
      ${hostQos(database.sql)} as "hostQos"
    from volumes v where v.id = ${id} and v.deleted_at is null`;
  return row ?? null;
}

interface DiskRow {
  device: string | null;
  mode: AttachMode | null;
  instance_id: string | null;
  connector: string | null;
  connection_info: string | null;
  server_id: string | null;
  server_name: string | null;
  host: string | null;
  volume_id: string;
  volume_name: string;
  size_gib: number;
  pool: string | null;
  host_qos: Readonly<Record<string, string>> | null;
}

/** @returns also an attachment that somebody has ended meanwhile: what was done for it has to be undone */
export async function loadTaskDisk({ database }: Runtime, attachmentId: string): Promise<TaskDisk | null> {
  const [row] = await database.sql<DiskRow[]>`
    select a.device, a.mode, a.instance_id, a.connector, a.connection_info, s.id as server_id, s.name as server_name,
      s.host, v.id as volume_id, coalesce(nullif(v.name, ''), v.id::text) as volume_name, v.size_gib, v.pool,
      ${hostQos(database.sql)} as host_qos
    from attachments a
      join volumes v on v.id = a.volume_id
      left join servers s on s.id = a.instance_id and s.deleted_at is null
    where a.id = ${attachmentId}`;
  if (row === undefined) return null;
  const { instance_id: instanceId, server_id: serverId, connector } = row;
  return {
    attachment: { id: attachmentId, device: row.device, mode: row.mode ?? 'rw' },
    instanceId,
    server: serverId === null ? null : { id: serverId, name: row.server_name ?? serverId, host: row.host },
    volume: {
      id: row.volume_id,
      name: row.volume_name,
      sizeGib: row.size_gib,
      pool: row.pool,
      hostQos: row.host_qos,
    },
    connector,
    connectionInfo: row.connection_info,
  };
}
