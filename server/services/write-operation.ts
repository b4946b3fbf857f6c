/**
 * The operation of a verb: its row, its timeline, its job, the quota it holds. Begun with what the verb writes, and ended
 * with what its last phase writes, in the same transactions.
 */
import { randomUUID } from 'node:crypto';
import type { JSONValue, TransactionSql } from 'postgres';
import type { ActionName } from '~/server/domain/action';
import type { Json } from '~/server/domain/connection';
import { causeAfter } from '~/server/domain/engine/run';
import type { Plan, Step } from '~/server/domain/engine/verb';
import type { OperationRecord, Subject, World } from '~/server/domain/engine/world';
import { type Announced, announce, feeding, telling } from './announce';
import type { Fragment } from './around';
import type { Context } from './context';
import { enqueuing } from './queue';

export interface Begun {
  id: string;
  action: ActionName;
  projectId: string;
  /** Without secrets. */
  input: Readonly<Record<string, Json | undefined>>;
  plan: Plan;
  /** Before and after what the plan writes. */
  before: World;
  after: World;
  /** Whom it is told of. */
  announced: readonly Announced[];
}

/** Writes an accepted action: under way, or done already; and tells of it, all in one statement. */
export async function beginOperation(
  sql: TransactionSql,
  { actor, requestId }: Context,
  { id, action, projectId, input, plan, before, after, announced }: Begun,
): Promise<void> {
  const { subject, job } = plan;
  const known = (name: 'server' | 'volume', of: string | undefined): string | null =>
    of === undefined ? null : ((after[name].get(of) ?? before[name].get(of))?.name ?? null);
  await Promise.all([
    relieve(sql, plan.relieves ?? [], `${action} of ${actor.userName}`),
    sql`
      with written as (
        insert into operations (id, request_id, action, user_id, user_name, project_id, server_id, server_name, volume_id,
          volume_name, attachment_id, snapshot_id, volume_type_id, image_id,
          service_id, owns, carry, input, phase, outcome, before, after, ended_at)
        values (${id}, ${requestId}, ${action}, ${actor.userId}, ${actor.userName}, ${projectId},
          ${subject.serverId ?? null}, ${known('server', subject.serverId)}, ${subject.volumeId ?? null},
          ${known('volume', subject.volumeId)}, ${subject.attachmentId ?? null}, ${subject.snapshotId ?? null},
          ${subject.volumeTypeId ?? null}, ${subject.imageId ?? null}, ${serviceOf(subject)}, ${job?.owns ?? null}, ${json(sql, job?.carry ?? {})}, ${json(sql, input)},
          ${job?.phase ?? null}, ${job === null ? 'succeeded' : 'running'}, ${json(sql, statesOf(before, subject))},
          ${job === null ? json(sql, statesOf(after, subject)) : null}, ${job === null ? sql`now()` : null})
      ), step as (
        ${insertStep(sql, id, job?.phase ?? 'act', job === null ? 'succeeded' : 'started', plan.message)}
      ), ${reserving(sql, id, projectId, job?.reserves ?? {})}
      ${feeding(sql, announced)}
      select ${telling(sql)} ${job === null ? sql`` : sql`, ${enqueuing(sql, action, id)}`}`.execute(),
  ]);
}

/** Something that is done at once by no verb, such as what administrators do with flavors. */
export interface Recorded {
  /** e.g. `flavor.create`. */
  action: string;
  input: Readonly<Record<string, Json>>;
  /** Whose members may read of it, where not those of the caller's; {@link NO_PROJECT} for administrators alone. */
  projectId?: string;
  /** A line of the timeline: what was done, with the name of what it was done to. */
  message: string;
}

/** Writes who has done it, in the transaction that does it. */
export async function recordOperation(
  sql: TransactionSql,
  { actor, requestId }: Pick<Context, 'actor' | 'requestId'>,
  { action, input, message, projectId = actor.projectId }: Recorded,
): Promise<void> {
  const id = randomUUID();
  await Promise.all([
    sql`
      insert into operations (id, request_id, action, user_id, user_name, project_id, input, outcome, ended_at)
      values (${id}, ${requestId}, ${action}, ${actor.userId}, ${actor.userName}, ${projectId}, ${json(sql, input)},
        'succeeded', now())`.execute(),
    addStep(sql, id, 'act', 'succeeded', message),
    announce(sql, [{ kind: 'operation', id, projectId }]),
  ]);
}

/** Writes what a phase has come to, and tells of it, all in one statement. */
export async function stepOperation(
  sql: TransactionSql,
  operation: OperationRecord,
  step: Step,
  after: World,
  { newJob, announced }: { newJob: ActionName | null; announced: readonly Announced[] },
): Promise<void> {
  const { id, phase, subject } = operation;
  const next = step.outcome === 'running' ? step.next : null;
  const reason = 'reason' in step ? step.reason : null;
  const ended = step.outcome !== 'running';
  await sql`
    with written as (
      update operations set phase = ${next}, outcome = ${step.outcome}, updated_at = now(),
        reason = coalesce(${reason}, reason), cause = ${causeAfter(operation, step)}, ended_at = ${ended ? sql`now()` : null},
        carry = carry || ${json(sql, step.carry ?? {})}, after = ${ended ? json(sql, statesOf(after, subject)) : null}
      where id = ${id}
    ), step as (
      ${insertStep(sql, id, phase ?? 'act', step.result ?? (reason === null ? 'succeeded' : 'failed'), step.message)}
    ), ${ended ? sql`freed as (delete from quota_reservations where operation_id = ${id}),` : sql``}
    ${feeding(sql, announced)}
    select ${telling(sql)} ${newJob === null ? sql`` : sql`, ${enqueuing(sql, newJob, id)}`}`.execute();
}

/** @returns a part of a statement that holds quota for an operation, with the comma after it */
function reserving(
  sql: TransactionSql,
  id: string,
  projectId: string,
  reserves: Readonly<Record<string, number>>,
): Fragment {
  const resources = Object.keys(reserves);
  if (resources.length === 0) return sql``;
  return sql`held as (
    insert into quota_reservations (operation_id, project_id, resource, delta)
    select ${id}::uuid, ${projectId}, resource, delta
    from unnest(${resources}::text[], ${Object.values(reserves)}::int[]) as o (resource, delta)
  ),`;
}

/** Ends whatever is under way on these objects: somebody has taken their state into his own hands. */
function relieve(sql: TransactionSql, objects: readonly string[], by: string): Promise<unknown> {
  if (objects.length === 0) return Promise.resolve();
  const reason = `Overtaken by ${by}.`;
  return sql`
    with found as (
      select id, phase from operations
      where outcome = 'running' and owns = any(${[...objects]}::uuid[])
      for update
    ), ended as (
      update operations set phase = null, outcome = 'failed', reason = ${reason}, cause = 'overtaken', updated_at = now(),
        ended_at = now()
      where id in (select id from found)
    ), told as (
      insert into operation_steps (operation_id, phase, result, message)
      select id, phase, 'failed', ${reason} from found
    )
    delete from quota_reservations where operation_id in (select id from found)`.execute();
}

export function addStep(
  sql: TransactionSql,
  id: string,
  phase: string,
  result: 'started' | 'succeeded' | 'failed',
  message: string,
): Promise<unknown> {
  return sql`${insertStep(sql, id, phase, result, message)}`.execute();
}

function insertStep(
  sql: TransactionSql,
  ...[id, phase, result, message]: [string, string, 'started' | 'succeeded' | 'failed', string]
): Fragment {
  return sql`
    insert into operation_steps (operation_id, phase, result, message)
    values (${id}, ${phase}, ${result}, ${message})`;
}

/** @returns the service an operation is about, as `binary@host` */
function serviceOf({ computeServiceId, storageServiceId }: Subject): string | null {
  return computeServiceId === undefined ? (storageServiceId ?? null) : `nova-compute@${computeServiceId}`;
}

/** States of what an operation is about. */
function statesOf(world: World, { serverId, volumeId, attachmentId }: Subject) {
  const server = serverId === undefined ? undefined : world.server.get(serverId);
  const volume = volumeId === undefined ? undefined : world.volume.get(volumeId);
  const attachment = attachmentId === undefined ? undefined : world.attachment.get(attachmentId);
  return {
    ...(server && { server: { vmState: server.vmState, taskState: server.taskState } }),
    ...(volume && { volume: { status: volume.status, attachStatus: volume.attachStatus } }),
    ...(attachment && { attachment: { attachStatus: attachment.attachStatus } }),
  };
}

function json(sql: TransactionSql, value: object) {
  return sql.json(value as JSONValue);
}
