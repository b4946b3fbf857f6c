/**
 * Operations as rows: list, by id, and one with its steps.
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import {
  type FailureCause,
  OPERATION_OUTCOMES,
  type OperationOutcome,
  type OperationPhase,
  type StepResult,
} from '~/server/domain/operation';
import type { Context } from './context';
import { type Fragment, keysetPage, pageOf } from './keyset';
import { all, inScope, listInput, matches, oneOf, visible } from './list-filters';
import { authorize, notFound } from './refused';
import type { OperationDetail, OperationRow, Page } from './rows';

export const listOperationsInput = listInput.extend({
  outcome: z.array(z.enum(OPERATION_OUTCOMES)).optional(),
  action: z.array(z.string().max(255)).optional(),
  serverId: z.guid().optional(),
  volumeId: z.guid().optional(),
  attachmentId: z.guid().optional(),
  snapshotId: z.guid().optional(),
  volumeTypeId: z.guid().optional(),
});

interface Data {
  id: string;
  request_id: string;
  action: string;
  user_name: string;
  project_name: string | null;
  project_id: string;
  server_id: string | null;
  server_name: string | null;
  volume_id: string | null;
  volume_name: string | null;
  attachment_id: string | null;
  snapshot_id: string | null;
  volume_type_id: string | null;
  image_id: string | null;
  service_id: string | null;
  phase: OperationPhase | null;
  outcome: OperationOutcome;
  reason: string | null;
  cause: FailureCause | null;
  started_at: Date;
  ended_at: Date | null;
  input: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown> | null;
}

/**
 * Newest first, unless asked otherwise.
 * @param input already parsed by {@link listOperationsInput}
 * @throws RefusedError forbidden without the reader role; invalid for a foreign cursor
 */
export async function listOperations(
  context: Context,
  input: z.output<typeof listOperationsInput>,
): Promise<Page<OperationRow>> {
  authorize(context, 'os_compute_api:os-instance-actions:list');
  const { sql } = context.runtime.database;
  return keysetPage(sql, {
    sort: `operations.started.${input.direction}`,
    direction: input.direction,
    limit: input.limit,
    cursor: input.cursor,
    from: sql`from operations t`,
    where: all(sql, [
      inScope(sql, context, sql`t.project_id`, input.allProjects),
      found(sql, input.search),
      oneOf(sql, sql`t.outcome`, input.outcome, 'operation_outcome'),
      oneOf(sql, sql`t.action`, input.action, 'text'),
      input.serverId === undefined ? sql`true` : sql`t.server_id = ${input.serverId}`,
      input.volumeId === undefined ? sql`true` : sql`t.volume_id = ${input.volumeId}`,
      input.attachmentId === undefined ? sql`true` : sql`t.attachment_id = ${input.attachmentId}`,
      input.snapshotId === undefined ? sql`true` : sql`t.snapshot_id = ${input.snapshotId}`,
      input.volumeTypeId === undefined ? sql`true` : sql`t.volume_type_id = ${input.volumeTypeId}`,
    ]),
    keys: [{ key: sql`t.started_at`, type: 'timestamptz' }],
    rows: (page) => selectOperations(context, page),
    toRow,
  });
}

/** By the name of a server, a volume, a user or a service, the beginning of the id of a request, or any id. */
function found(sql: Sql, search: string | undefined): Fragment {
  const subjects = ['server', 'volume', 'attachment', 'snapshot', 'volume_type', 'image'];
  const named = matches(
    sql,
    search,
    [sql`t.server_name`, sql`t.volume_name`, sql`t.user_name`, sql`t.service_id`],
    [sql`t.id`, ...subjects.map((each) => sql`t.${sql(`${each}_id`)}`)],
  );
  if (search === undefined || !/^req-[0-9a-f-]*$/i.test(search)) return named;
  return sql`${named} or t.request_id like ${`${search.toLowerCase()}%`}`;
}

/** @returns the operations among these that the caller may see, in the order asked for */
export async function operationsByIds(context: Context, ids: readonly string[]): Promise<OperationRow[]> {
  authorize(context, 'os_compute_api:os-instance-actions:list');
  const rows = await selectOperations(context, pageOf(context.runtime.database.sql, ids));
  return rows.map(toRow);
}

/** @throws RefusedError not_found when it is not there or another project's */
export async function getOperation(context: Context, id: string): Promise<OperationDetail> {
  authorize(context, 'os_compute_api:os-instance-actions:list');
  const { sql } = context.runtime.database;
  const [operations, steps] = await Promise.all([
    selectOperations(context, pageOf(sql, [id])),
    sql<{ at: Date; phase: OperationPhase; result: StepResult; message: string }[]>`
      select at, phase, result, message from operation_steps where operation_id = ${id} order by id`,
  ]);
  const [data] = operations;
  if (data === undefined) throw notFound('operation', id);
  return {
    ...toRow(data),
    input: data.input,
    before: data.before,
    after: data.after,
    steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
  };
}

function selectOperations(context: Context, page: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select t.id, t.request_id, t.action, t.user_name, t.project_id, p.name as project_name, t.server_id, t.server_name,
      t.volume_id, t.volume_name, t.attachment_id, t.snapshot_id, t.volume_type_id, t.image_id, t.service_id,
      t.phase, t.outcome, t.reason, t.cause,
      t.started_at, t.ended_at, t.input, t.before, t.after
    from ${page}
      join operations t on t.id = page.id
      left join projects p on p.id = t.project_id
    where ${visible(sql, context, sql`t.project_id`)}
    order by page.position`;
}

function toRow(data: Data): OperationRow {
  return {
    id: data.id,
    requestId: data.request_id,
    action: data.action,
    userName: data.user_name,
    projectName: data.project_name ?? data.project_id,
    serverId: data.server_id,
    serverName: data.server_name,
    volumeId: data.volume_id,
    volumeName: data.volume_name,
    attachmentId: data.attachment_id,
    snapshotId: data.snapshot_id,
    volumeTypeId: data.volume_type_id,
    imageId: data.image_id,
    serviceId: data.service_id,
    phase: data.phase,
    outcome: data.outcome,
    reason: data.reason,
    cause: data.cause,
    startedAt: data.started_at.toISOString(),
    endedAt: data.ended_at?.toISOString() ?? null,
  };
}
