/**
 * Writes what was decided: rows, audit trail, announcement and job, in the caller's transaction and in one round trip.
 */
import type { TransactionSql } from 'postgres';
import type { ActionName } from '~/server/domain/action';
import type { AttachMode, AttachStatus } from '~/server/domain/attachment';
import type { VolumeStatePair } from '~/server/domain/attachment-life';
import type { OperationOutcome, OperationPhase, StepResult } from '~/server/domain/operation';
import { type LockHolder, serverStatus, type TaskState, type VmState } from '~/server/domain/server';
import type { PowerState } from '~/server/domain/server-action';
import { type Announced, announce } from './announce';
import { enqueue } from './queue';

/** A new attachment, with both sides. */
export interface AttachmentInsert {
  id: string;
  volumeId: string;
  multiattach: boolean;
  instanceId: string;
  bdmId: string;
  attachStatus: AttachStatus;
  mode: AttachMode;
  device: string | null;
  tag: string | null;
  deleteOnTermination: boolean;
}

export interface AttachmentUpdate {
  id: string;
  attachStatus?: AttachStatus;
  /** Sealed. */
  connector?: string;
  /** Sealed. */
  connectionInfo?: string;
  attachedHost?: string;
  mountpoint?: string;
}

/** A server's states after a change; what is optional stays as it is. */
export interface ServerUpdate {
  id: string;
  vmState: VmState;
  taskState: TaskState | null;
  powerState?: PowerState;
  lock?: { by: LockHolder | null; reason: string | null };
}

export interface OperationStart {
  id: string;
  action: ActionName;
  requestId: string;
  userId: string;
  userName: string;
  projectId: string;
  server: { id: string; name: string };
  /** null for an action on a server alone. */
  volume: { id: string; name: string } | null;
  attachmentId: string | null;
  input: Record<string, string | boolean | null>;
  before: StatesSnapshot;
}

/** States of what an operation touches, for the audit trail and for the way back. */
export interface StatesSnapshot {
  server?: { vmState: VmState; taskState: TaskState | null };
  volume?: VolumeStatePair;
  attachment?: { attachStatus: AttachStatus | null };
}

export interface OperationStep {
  phase: OperationPhase;
  result: StepResult;
  message: string;
}

export interface OperationUpdate {
  id: string;
  steps: readonly OperationStep[];
  /** The phase that is under way from now on; null when the operation ends. */
  phase: OperationPhase | null;
  /** Set when a way back begins or an operation fails. */
  reason?: string;
  outcome: OperationOutcome;
  after?: StatesSnapshot;
}

export interface Changeset {
  server?: ServerUpdate;
  volume?: { id: string } & Partial<VolumeStatePair>;
  insertAttachment?: AttachmentInsert;
  updateAttachment?: AttachmentUpdate;
  deleteAttachment?: string;
  startOperation?: OperationStart;
  updateOperation: OperationUpdate;
  /** Objects to announce to browsers. */
  announce: readonly Announced[];
  /** The job that goes on with the operation. */
  job?: ActionName;
}

/**
 * @param sql transaction that holds the locks under which the changeset was decided
 * @throws what Postgres says when a constraint refuses; nothing is written then
 */
export async function commit(sql: TransactionSql, changeset: Changeset): Promise<void> {
  // Sent together, executed in this order: an operation exists before its steps.
  await Promise.all([
    changeset.deleteAttachment && deleteAttachment(sql, changeset.deleteAttachment),
    changeset.insertAttachment && insertAttachment(sql, changeset.insertAttachment),
    changeset.updateAttachment && updateAttachment(sql, changeset.updateAttachment),
    changeset.server && updateServer(sql, changeset.server),
    changeset.volume && updateVolume(sql, changeset.volume),
    changeset.startOperation && insertOperation(sql, changeset.startOperation, changeset.updateOperation),
    changeset.startOperation === undefined && updateOperation(sql, changeset.updateOperation),
    insertSteps(sql, changeset.updateOperation),
    announce(sql, changeset.announce),
    changeset.job && enqueue(sql, changeset.job, changeset.updateOperation.id),
  ]);
}

function updateServer(sql: TransactionSql, server: ServerUpdate) {
  const status = serverStatus(server.vmState, server.taskState);
  const { lock } = server;
  const locked = lock === undefined ? sql`` : sql`, locked_by = ${lock.by}, locked_reason = ${lock.reason}`;
  return sql`
    update servers set vm_state = ${server.vmState}, task_state = ${server.taskState}, status = ${status},
      power_state = coalesce(${server.powerState ?? null}, power_state),
      status_since = case when status is distinct from ${status}::server_status then now() else status_since end,
      updated_at = now() ${locked}
    where id = ${server.id}`.execute();
}

function updateVolume(sql: TransactionSql, volume: { id: string } & Partial<VolumeStatePair>) {
  return sql`
    update volumes set
      status = coalesce(${volume.status ?? null}::volume_status, status),
      attach_status = coalesce(${volume.attachStatus ?? null}::volume_attach_status, attach_status),
      status_since = case when status is distinct from ${volume.status ?? null}::volume_status
        and ${volume.status ?? null}::volume_status is not null then now() else status_since end,
      updated_at = now()
    where id = ${volume.id}`.execute();
}

function insertAttachment(sql: TransactionSql, row: AttachmentInsert) {
  const attachedAt = row.attachStatus === 'attached' ? sql`now()` : sql`null`;
  return sql`
    insert into attachments (id, volume_id, multiattach, instance_id, server_id, bdm_id, attach_status, mode, device, tag,
      delete_on_termination, attached_at)
    values (${row.id}, ${row.volumeId}, ${row.multiattach}, ${row.instanceId}, ${row.instanceId}, ${row.bdmId},
      ${row.attachStatus}, ${row.mode}, ${row.device}, ${row.tag}, ${row.deleteOnTermination}, ${attachedAt})`.execute();
}

function updateAttachment(sql: TransactionSql, row: AttachmentUpdate) {
  const status = row.attachStatus ?? null;
  return sql`
    update attachments set
      attach_status = coalesce(${status}::attach_status, attach_status),
      attached_at = case when ${status}::attach_status = 'attached' then now() else attached_at end,
      status_since = case when attach_status is distinct from coalesce(${status}::attach_status, attach_status)
        then now() else status_since end,
      connector = coalesce(${row.connector ?? null}, connector),
      connection_info = coalesce(${row.connectionInfo ?? null}, connection_info),
      attached_host = coalesce(${row.attachedHost ?? null}, attached_host),
      mountpoint = coalesce(${row.mountpoint ?? null}, mountpoint),
      updated_at = now()
    where id = ${row.id}`.execute();
}

/** Soft: history keeps the row, with the time it went first; its secrets go at once. */
function deleteAttachment(sql: TransactionSql, id: string) {
  return sql`
    update attachments set attach_status = 'detached', detached_at = coalesce(detached_at, now()),
      deleted_at = coalesce(deleted_at, now()), updated_at = now(), status_since = now(), connector = null,
      connection_info = null
    where id = ${id}`.execute();
}

function insertOperation(sql: TransactionSql, start: OperationStart, update: OperationUpdate) {
  const ended = update.outcome === 'running' ? sql`null` : sql`now()`;
  return sql`
    insert into operations (id, request_id, action, user_id, user_name, project_id, server_id, server_name, volume_id,
      volume_name, attachment_id, input, phase, outcome, reason, before, after, ended_at)
    values (${start.id}, ${start.requestId}, ${start.action}, ${start.userId}, ${start.userName}, ${start.projectId},
      ${start.server.id}, ${start.server.name}, ${start.volume?.id ?? null}, ${start.volume?.name ?? null}, ${start.attachmentId},
      ${sql.json(start.input)}, ${update.phase}, ${update.outcome}, ${update.reason ?? null},
      ${sql.json(toJson(start.before))}, ${update.after === undefined ? null : sql.json(toJson(update.after))}, ${ended})`.execute();
}

function updateOperation(sql: TransactionSql, update: OperationUpdate) {
  const ended = update.outcome === 'running' ? sql`null` : sql`now()`;
  return sql`
    update operations set phase = ${update.phase}, outcome = ${update.outcome},
      reason = coalesce(${update.reason ?? null}, reason), updated_at = now(), ended_at = ${ended},
      after = ${update.after === undefined ? null : sql.json(toJson(update.after))}
    where id = ${update.id}`.execute();
}

function insertSteps(sql: TransactionSql, { id, steps }: OperationUpdate) {
  const rows = steps.map((step) => ({ operation_id: id, ...step }));
  return rows.length === 0 ? undefined : sql`insert into operation_steps ${sql(rows)}`.execute();
}

/** A plain copy: postgres.js types its JSON by index signature, which an interface has not. */
function toJson({ server, volume, attachment }: StatesSnapshot) {
  return {
    ...(server === undefined ? {} : { server: { ...server } }),
    ...(volume === undefined ? {} : { volume: { ...volume } }),
    ...(attachment === undefined ? {} : { attachment: { ...attachment } }),
  };
}
