/**
 * An attach or detach in the worker's hands: what it has to go on with, and the locked state under which each step is decided.
 */
import type { TransactionSql } from 'postgres';
import type { DiskActionName } from '~/server/domain/action';
import type { AttachMode, AttachStatus } from '~/server/domain/attachment';
import type { OperationPhase } from '~/server/domain/operation';
import type { MigrationStatus, VolumeAttachStatus, VolumeStatus } from '~/server/domain/volume';
import type { Announced } from './announce';
import { type Changeset, commit, type StatesSnapshot } from './commit';
import type { Runtime } from './runtime';

/** What an attach or detach found when it was accepted. */
type DiskStates = Required<Pick<StatesSnapshot, 'volume' | 'attachment'>>;

export interface DiskWork {
  operationId: string;
  requestId: string;
  action: DiskActionName;
  phase: OperationPhase;
  projectId: string;
  before: DiskStates;
  /** Why it is being rolled back; null while it goes forward. */
  reason: string | null;
  server: { id: string; name: string; host: string | null };
  volume: { id: string; name: string; projectId: string; sizeGib: number; pool: string | null };
  attachment: {
    id: string;
    device: string | null;
    mode: AttachMode;
    /** Sealed; a handler opens it when it needs it (connection-schema.ts). */
    connector: string | null;
    /** Sealed. */
    connectionInfo: string | null;
  };
}

interface DiskWorkRow {
  request_id: string;
  action: DiskActionName;
  phase: OperationPhase;
  project_id: string;
  before: DiskStates;
  reason: string | null;
  server_id: string;
  server_name: string;
  host: string | null;
  volume_id: string;
  volume_name: string;
  volume_project_id: string;
  size_gib: number;
  pool: string | null;
  attachment_id: string;
  device: string | null;
  mode: AttachMode | null;
  connector: string | null;
  connection_info: string | null;
}

/**
 * @returns null when the operation has ended: there is nothing left to do, and doing it twice does no harm
 */
export async function loadDiskWork(runtime: Runtime, operationId: string): Promise<DiskWork | null> {
  const [row] = await runtime.database.sql<DiskWorkRow[]>`
    select o.request_id, o.action, o.phase, o.project_id, o.before, o.reason, s.id as server_id, s.name as server_name,
      s.host, v.id as volume_id, v.name as volume_name, v.project_id as volume_project_id, v.size_gib, v.pool,
      a.id as attachment_id, a.device, a.mode, a.connector, a.connection_info
    from operations o
      join servers s on s.id = o.server_id
      join volumes v on v.id = o.volume_id
      join attachments a on a.id = o.attachment_id
    where o.id = ${operationId} and o.outcome = 'running'`;
  if (row === undefined) return null;
  return {
    operationId,
    requestId: row.request_id,
    action: row.action,
    phase: row.phase,
    projectId: row.project_id,
    before: row.before,
    reason: row.reason,
    server: { id: row.server_id, name: row.server_name, host: row.host },
    volume: {
      id: row.volume_id,
      name: row.volume_name === '' ? row.volume_id : row.volume_name,
      projectId: row.volume_project_id,
      sizeGib: row.size_gib,
      pool: row.pool,
    },
    attachment: {
      id: row.attachment_id,
      device: row.device,
      mode: row.mode ?? 'rw',
      connector: row.connector,
      connectionInfo: row.connection_info,
    },
  };
}

/** The attachment is not what the operation left: somebody has ended or replaced it. Its message is shown to people. */
export class OvertakenError extends Error {
  constructor(work: DiskWork, actual: AttachStatus | null) {
    super(`Attachment ${work.attachment.id} was changed meanwhile: it is ${actual ?? 'gone'}.`);
    this.name = 'OvertakenError';
  }
}

/** What a step finds under the locks. */
export interface LockedDisk {
  volume: { status: VolumeStatus; attachStatus: VolumeAttachStatus; migrationStatus: MigrationStatus | null };
  /** attach_status of this attachment. */
  attachStatus: AttachStatus | null;
  /** attach_status of the volume's other live attachments. */
  others: (AttachStatus | null)[];
}

/**
 * Takes one step of an operation: locks what it touches, asks `build` what to write, writes it.
 * @param work as loaded; the step is skipped when the operation has moved on since
 * @param build decides from the locked state; pure, because it may be called again
 * @returns false when it was skipped: somebody else runs the operation now, and the caller must leave it alone
 */
export async function takeDiskStep(
  runtime: Runtime,
  work: DiskWork,
  build: (locked: LockedDisk) => Omit<Changeset, 'announce' | 'startOperation'>,
): Promise<boolean> {
  return runtime.database.sql.begin(async (sql) => {
    const locked = await lockDisk(sql, work);
    if (locked === null) return false;
    await commit(sql, { ...build(locked), announce: touched(work) });
    return true;
  });
}

async function lockDisk(sql: TransactionSql, work: DiskWork): Promise<LockedDisk | null> {
  const [, volumes, attachments, operations] = await Promise.all([
    sql`select 1 from servers where id = ${work.server.id} for update`,
    sql<
      { status: VolumeStatus; attach_status: VolumeAttachStatus; migration_status: MigrationStatus | null }[]
    >`
      select status, attach_status, migration_status from volumes where id = ${work.volume.id} for update`,
    sql<{ id: string; attach_status: AttachStatus | null }[]>`
      select id, attach_status from attachments where volume_id = ${work.volume.id} and deleted_at is null for update`,
    sql<{ phase: OperationPhase | null }[]>`
      select phase from operations where id = ${work.operationId} and outcome = 'running' for update`,
  ]);
  const [volume] = volumes;
  if (volume === undefined || operations[0]?.phase !== work.phase) return null;
  return {
    volume: {
      status: volume.status,
      attachStatus: volume.attach_status,
      migrationStatus: volume.migration_status,
    },
    attachStatus: attachments.find((each) => each.id === work.attachment.id)?.attach_status ?? null,
    others: attachments.filter((each) => each.id !== work.attachment.id).map((each) => each.attach_status),
  };
}

function touched(work: DiskWork): Announced[] {
  return [
    { kind: 'volume', id: work.volume.id, projectId: work.volume.projectId },
    { kind: 'server', id: work.server.id, projectId: work.projectId },
    { kind: 'attachment', id: work.attachment.id, projectId: work.volume.projectId },
    { kind: 'operation', id: work.operationId, projectId: work.projectId },
  ];
}
