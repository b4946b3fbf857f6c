/**
 * What was done and by whom, step by step, and the feed that tells browsers what has changed.
 */
import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import {
  FAILURE_CAUSES,
  OPERATION_OUTCOMES,
  OPERATION_PHASES,
  STEP_RESULTS,
} from '~/server/domain/operation';
import { instant } from './columns';

export const operationPhaseEnum = pgEnum('operation_phase', OPERATION_PHASES);
export const operationOutcomeEnum = pgEnum('operation_outcome', OPERATION_OUTCOMES);
export const failureCauseEnum = pgEnum('failure_cause', FAILURE_CAUSES);
export const stepResultEnum = pgEnum('step_result', STEP_RESULTS);

/** States of what an operation touches, before and after it. */
export interface OperationStates {
  volume?: { status: string; attachStatus: string };
  attachment?: { attachStatus: string | null };
  server?: { vmState: string; taskState: string | null };
}

export const operations = pgTable(
  'operations',
  {
    id: uuid().primaryKey(),
    /** `req-<uuid>` of the request that started it. */
    requestId: text().notNull(),
    /** Our action names, and those of an imported cloud's history as they came. */
    action: text().notNull(),
    userId: text().notNull(),
    userName: text().notNull(),
    projectId: text().notNull(),
    // Plain ids: an audit record outlives what it is about.
    serverId: uuid(),
    serverName: text(),
    volumeId: uuid(),
    volumeName: text(),
    attachmentId: uuid(),
    snapshotId: uuid(),
    volumeTypeId: uuid(),
    imageId: uuid(),
    /** `binary@host`. */
    serviceId: text(),
    /** The object whose in-progress state it will end; null for what is done at once. */
    owns: uuid(),
    /** What its phases hand on to each other; secrets in it are sealed. */
    carry: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    input: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** null once it has ended, and for operations that had no steps. */
    phase: operationPhaseEnum(),
    outcome: operationOutcomeEnum().notNull(),
    /** Why it failed, in a sentence. */
    reason: text(),
    cause: failureCauseEnum(),
    before: jsonb().$type<OperationStates>().notNull().default({}),
    after: jsonb().$type<OperationStates>(),
    startedAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    endedAt: instant(),
  },
  (t) => [
    check('operation_ended_has_outcome', sql`(${t.endedAt} is null) = (${t.outcome} = 'running')`),
    check('operation_running_has_phase', sql`${t.outcome} <> 'running' or ${t.phase} is not null`),
    check('operation_failed_has_reason', sql`${t.outcome} <> 'failed' or ${t.reason} is not null`),
    check(
      'operation_cause_of_failure',
      sql`case ${t.outcome} when 'failed' then ${t.cause} is not null when 'succeeded' then ${t.cause} is null else true end`,
    ),
    check('operation_cause_has_reason', sql`${t.cause} is null or ${t.reason} is not null`),
    // One owner for what is in progress: it is in the hands of at most one running operation.
    uniqueIndex('operation_one_owner').on(t.owns).where(sql`${t.outcome} = 'running'`),
    index('operations_running').on(t.updatedAt).where(sql`${t.outcome} = 'running'`),
    index('operations_failed').on(t.projectId, t.endedAt).where(sql`${t.outcome} = 'failed'`),
    // Few have failed or are under way, and they are what is looked for.
    index('operations_project_unusual')
      .on(t.projectId, t.startedAt, t.id)
      .where(sql`${t.outcome} <> 'succeeded'`),
    index('operations_unusual').on(t.startedAt, t.id).where(sql`${t.outcome} <> 'succeeded'`),
    index('operations_action').on(t.action, t.startedAt, t.id),
    index('operations_request').on(t.requestId.op('text_pattern_ops')),
    index('operations_names_trgm').using(
      'gin',
      sql`${t.serverName} gin_trgm_ops`,
      sql`${t.volumeName} gin_trgm_ops`,
      sql`${t.userName} gin_trgm_ops`,
      sql`${t.serviceId} gin_trgm_ops`,
    ),
    index('operations_project_started').on(t.projectId, t.startedAt, t.id),
    index('operations_started').on(t.startedAt, t.id),
    index('operations_server').on(t.serverId, t.startedAt),
    index('operations_volume').on(t.volumeId, t.startedAt),
    index('operations_attachment').on(t.attachmentId, t.startedAt),
    index('operations_snapshot').on(t.snapshotId, t.startedAt).where(sql`${t.snapshotId} is not null`),
    index('operations_volume_type').on(t.volumeTypeId, t.startedAt).where(sql`${t.volumeTypeId} is not null`),
  ],
);

/** Operations whose failure nobody wants to be told of any more: deleted messages of the volume API. */
export const deletedMessages = pgTable('deleted_messages', {
  operationId: uuid()
    .primaryKey()
    .references(() => operations.id, { onDelete: 'cascade' }),
});

export const operationSteps = pgTable(
  'operation_steps',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    operationId: uuid()
      .notNull()
      .references(() => operations.id, { onDelete: 'cascade' }),
    at: instant().notNull().default(sql`clock_timestamp()`),
    phase: operationPhaseEnum().notNull(),
    result: stepResultEnum().notNull(),
    message: text().notNull(),
  },
  (t) => [index().on(t.operationId, t.id)],
);

export const CHANGE_KINDS = [
  'server',
  'volume',
  'attachment',
  'operation',
  'snapshot',
  'volume-type',
  'quota',
  'image',
  'service',
] as const;
export const changeKindEnum = pgEnum('change_kind', CHANGE_KINDS);

/** LISTEN/NOTIFY channel of the feed: a JSON list of rows, or `"reset"` for more than is worth naming. */
export const CHANGES_CHANNEL = 'mooring_changes';

/** The feed: one row an object that a transaction touched. Kept for an hour, for browsers that lost the stream. */
export const changes = pgTable(
  'changes',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull().defaultNow(),
    projectId: text().notNull(),
    kind: changeKindEnum().notNull(),
    objectId: uuid().notNull(),
  },
  (t) => [index().on(t.at)],
);
