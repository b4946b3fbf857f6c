/**
 * What a driver task is about, read afresh: rows may have changed since the phase began.
 */
import type { AttachMode } from '~/server/domain/attachment';
import type { Runtime } from './runtime';

interface TaskServer {
  id: string;
  name: string;
  host: string | null;
}

interface TaskVolume {
  id: string;
  name: string;
  sizeGib: number;
  pool: string | null;
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

/** @returns null when it is gone */
export async function loadTaskVolume({ database }: Runtime, id: string): Promise<TaskVolume | null> {
  const [row] = await database.sql<TaskVolume[]>`
    select id, coalesce(nullif(name, ''), id::text) as name, size_gib as "sizeGib", pool
    from volumes where id = ${id} and deleted_at is null`;
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
}

/** @returns also an attachment that somebody has ended meanwhile: what was done for it has to be undone */
export async function loadTaskDisk({ database }: Runtime, attachmentId: string): Promise<TaskDisk | null> {
  const [row] = await database.sql<DiskRow[]>`
    select a.device, a.mode, a.instance_id, a.connector, a.connection_info, s.id as server_id, s.name as server_name,
      s.host, v.id as volume_id, coalesce(nullif(v.name, ''), v.id::text) as volume_name, v.size_gib, v.pool
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
    volume: { id: row.volume_id, name: row.volume_name, sizeGib: row.size_gib, pool: row.pool },
    connector,
    connectionInfo: row.connection_info,
  };
}
