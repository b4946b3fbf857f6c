/**
 * Snapshots as rows: list, by id, and one in detail.
 */
import { z } from 'zod';
import { SNAPSHOT_STATUSES, type SnapshotStatus } from '~/server/domain/snapshot';
import type { VolumeFacts } from '~/server/domain/volume';
import type { Context } from './context';
import { type VolumeFactsRow, volumeFacts } from './facts';
import { volumeJson } from './fragments';
import { type Fragment, keysetPage, pageOf } from './keyset';
import { all, inScope, listInput, matches, oneOf, visible } from './list-filters';
import { listOperations, listOperationsInput } from './operation-rows';
import { authorize, notFound } from './refused';
import type { OperationRow, Page } from './rows';

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
  const keys = {
    name: { key: sql`t.name`, keyType: 'text' },
    volume: { key: sql`coalesce(v.name, '')`, keyType: 'text' },
    size: { key: sql`t.size_gib`, keyType: 'int' },
    status: { key: sql`t.status`, keyType: 'snapshot_status' },
    project: { key: sql`p.name`, keyType: 'text' },
    created: { key: sql`t.created_at`, keyType: 'timestamptz' },
  };
  return keysetPage(sql, {
    sort: `snapshots.${input.sort}.${input.direction}`,
    direction: input.direction,
    limit: input.limit,
    cursor: input.cursor,
    from: sql`from snapshots t join projects p on p.id = t.project_id left join ${volumeOf(context, sql`t.volume_id`)}`,
    where: all(sql, [
      sql`t.deleted_at is null`,
      inScope(sql, context, sql`t.project_id`, input.allProjects),
      matches(sql, input.search, [sql`t.name`, sql`v.name`], [sql`t.id`, sql`t.volume_id`]),
      oneOf(sql, sql`t.status`, input.status, 'snapshot_status'),
      input.volumeId === undefined ? sql`true` : sql`t.volume_id = ${input.volumeId}`,
    ]),
    ...keys[input.sort],
    rows: (page) => selectSnapshots(context, page),
    toRow,
  });
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
  const statuses = await sql<{ value: SnapshotStatus; count: number }[]>`
    select status as value, count(*)::int as count from snapshots
    where deleted_at is null and ${inScope(sql, context, sql`project_id`, allProjects)}
    group by status order by status`;
  return { statuses: [...statuses] };
}
