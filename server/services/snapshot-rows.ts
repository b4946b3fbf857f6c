/**
 * Snapshots as rows: list, by id, and one in detail.
 */
import { z } from 'zod';
import { SNAPSHOT_STATUSES, type SnapshotStatus } from '~/server/domain/snapshot';
import type { VolumeFacts } from '~/server/domain/volume';
import type { Context } from './context';
import { type VolumeFactsRow, volumeFacts } from './facts';
import { volumeJson } from './fragments';
import { type Fragment, type KeysetQuery, keysetPage, pageOf } from './keyset';
import { all, inScope, isEverywhere, isId, listInput, matches, oneOf, visible } from './list-filters';
import { parentNamed } from './named-parents';
import { listOperations, listOperationsInput } from './operation-rows';
import { authorize, notFound } from './refused';
import type { OperationRow, Page } from './rows';
import { statusCounts } from './status-counts';

export const listSnapshotsInput = listInput.extend({
  status: z.array(z.enum(SNAPSHOT_STATUSES)).optional(),
  volumeId: z.guid().optional(),
  sort: z.enum(['name', 'volume', 'size', 'status', 'project', 'created']).default('created'),
});

/** How many operations come with one snapshot; its timeline has the rest. */
const RECENT = 20;

interface SnapshotRow {
  id: string;
  name: string;
  description: string | null;
  /** null when it is gone or not the caller's to see. */
  volume: { id: string; name: string } | null;
  project: { id: string; name: string };
  sizeGib: number;
  status: SnapshotStatus;
  statusSince: string;
  /** Percent. */
  progress: number;
  metadata: Record<string, string>;
  createdAt: string;
}

interface SnapshotDetail extends SnapshotRow {
  userId: string | null;
  consumesQuota: boolean;
  volumeFacts: VolumeFacts | null;
  /** The last ones, newest first. */
  operations: OperationRow[];
}

interface Data {
  id: string;
  name: string;
  description: string | null;
  project_id: string;
  project_name: string;
  user_id: string | null;
  size_gib: number;
  status: SnapshotStatus;
  status_since: Date;
  progress: number;
  metadata: Record<string, string>;
  consumes_quota: boolean;
  created_at: Date;
  volume: VolumeFactsRow | null;
}

/**
 * @param input already parsed by {@link listSnapshotsInput}
 * @throws RefusedError forbidden without the reader role; invalid for a foreign cursor
 */
export async function listSnapshots(
  context: Context,
  input: z.output<typeof listSnapshotsInput>,
): Promise<Page<SnapshotRow>> {
  authorize(context, 'volume:get_all_snapshots');
  const { sql } = context.runtime.database;
  const named = await found(context, input.search);
  return keysetPage(sql, {
    sort: `snapshots.${input.sort}.${input.direction}`,
    direction: input.direction,
    limit: input.limit,
    cursor: input.cursor,
    from: sql`from snapshots t`,
    where: all(sql, [
      sql`t.deleted_at is null`,
      inScope(sql, context, sql`t.project_id`, input.allProjects),
      named(),
      oneOf(sql, sql`t.status`, input.status, 'snapshot_status'),
      input.volumeId === undefined ? sql`true` : sql`t.volume_id = ${input.volumeId}`,
    ]),
    ...orderOf(context, input),
    rows: (page) => selectSnapshots(context, page),
    toRow,
  });
}

/** By its own name, or that of its volume. */
async function found(context: Context, search: string | undefined): Promise<() => Fragment> {
  const { sql } = context.runtime.database;
  const own = () => matches(sql, search, [sql`t.name`], [sql`t.id`, sql`t.volume_id`]);
  if (search === undefined || search === '' || isId(search)) return own;
  const volume = await parentNamed(sql, sql`t.volume_id`, {
    table: 'volumes',
    search,
    visible: sql`t.deleted_at is null and ${visible(sql, context, sql`t.project_id`)}`,
  });
  return () => sql`${own()} or ${volume()}`;
}

/** Of what is the same for many, the newest comes first, or last where the order ascends. */
function orderOf(
  context: Context,
  { sort, allProjects }: Pick<z.output<typeof listSnapshotsInput>, 'sort' | 'allProjects'>,
): Pick<KeysetQuery<Data, SnapshotRow>, 'keys' | 'join'> {
  const { sql } = context.runtime.database;
  const created = { key: sql`t.created_at`, type: 'timestamptz' };
  switch (sort) {
    case 'name':
      return { keys: [{ key: sql`t.name`, type: 'text' }] };
    case 'volume':
      return {
        join: sql`left join ${volumeOf(context, sql`t.volume_id`)}`,
        keys: [{ key: sql`coalesce(v.name, '')`, type: 'text' }, created],
      };
    case 'size':
      return { keys: [{ key: sql`t.size_gib`, type: 'int' }] };
    case 'status':
      return { keys: [{ key: sql`t.status`, type: 'snapshot_status' }, created] };
    case 'project':
      // Of one project all have the same.
      if (!isEverywhere(context, allProjects)) return { keys: [created] };
      return {
        join: sql`join projects p on p.id = t.project_id`,
        keys: [{ key: sql`p.name`, type: 'text' }, created],
      };
    case 'created':
      return { keys: [created] };
  }
}

/** @returns the snapshots among these that the caller may see, in the order asked for */
export async function snapshotsByIds(context: Context, ids: readonly string[]): Promise<SnapshotRow[]> {
  authorize(context, 'volume:get_snapshot');
  const rows = await selectSnapshots(context, pageOf(context.runtime.database.sql, ids));
  return rows.map(toRow);
}

/** @throws RefusedError not_found when it is not there or another project's */
export async function getSnapshot(context: Context, id: string): Promise<SnapshotDetail> {
  authorize(context, 'volume:get_snapshot');
  const [[data], operations] = await Promise.all([
    selectSnapshots(context, pageOf(context.runtime.database.sql, [id])),
    listOperations(context, listOperationsInput.parse({ snapshotId: id, allProjects: true, limit: RECENT })),
  ]);
  if (data === undefined) throw notFound('snapshot', id);
  return {
    ...toRow(data),
    userId: data.user_id,
    consumesQuota: data.consumes_quota,
    volumeFacts: data.volume === null ? null : volumeFacts(data.volume),
    operations: operations.rows,
  };
}

/** The volume `v` of a snapshot, unless it is gone or none of the caller's business. */
function volumeOf(context: Context, volumeId: Fragment): Fragment {
  const { sql } = context.runtime.database;
  return sql`volumes v on v.id = ${volumeId} and v.deleted_at is null and ${visible(sql, context, sql`v.project_id`)}`;
}

function selectSnapshots(context: Context, page: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select s.id, s.name, s.description, s.project_id, p.name as project_name, s.user_id, s.size_gib, s.status,
      s.status_since, s.progress, s.metadata, s.consumes_quota, s.created_at,
      case when v.id is null then null else ${volumeJson(context)} end as volume
    from ${page}
      join snapshots s on s.id = page.id
      join projects p on p.id = s.project_id
      left join ${volumeOf(context, sql`s.volume_id`)}
    where s.deleted_at is null and ${visible(sql, context, sql`s.project_id`)}
    order by page.position`;
}

function toRow(data: Data): SnapshotRow {
  const volume = data.volume === null ? null : volumeFacts(data.volume);
  return {
    id: data.id,
    name: data.name,
    description: data.description,
    volume: volume === null ? null : { id: volume.id, name: volume.name },
    project: { id: data.project_id, name: data.project_name },
    sizeGib: data.size_gib,
    status: data.status,
    statusSince: data.status_since.toISOString(),
    progress: data.progress,
    metadata: data.metadata,
    createdAt: data.created_at.toISOString(),
  };
}

/** @returns what a list of snapshots can be filtered by */
export async function snapshotFacets(context: Context, allProjects: boolean) {
  authorize(context, 'volume:get_all_snapshots');
  const { sql } = context.runtime.database;
  const scope = inScope(sql, context, sql`t.project_id`, allProjects);
  return { statuses: await statusCounts<SnapshotStatus>(sql, 'snapshots', scope) };
}
