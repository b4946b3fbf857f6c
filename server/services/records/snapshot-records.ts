/**
 * Snapshots as the volume API shows them.
 */
import type { SnapshotStatus } from '~/server/domain/snapshot';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all, inScope, visible } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, notFound } from '../refused';
import { type Condition, conditionSql, sortKeysOf, timeText } from './column-conditions';
import { snapshotColumns } from './snapshot-columns';

/** Times are texts such as `2026-11-21T07:00:00.000000`, UTC. */
export interface SnapshotRecord {
  id: string;
  name: string;
  description: string | null;
  volume_id: string;
  project_id: string;
  user_id: string | null;
  size_gib: number;
  status: SnapshotStatus;
  /** Percent. */
  progress: number;
  metadata: Record<string, string>;
  consumes_quota: boolean;
  created_at: string;
  /** null as long as nothing has changed. */
  updated_at: string | null;
}

export interface SnapshotListing {
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
 * @returns one page
 * @throws RefusedError forbidden without the reader role, not_found for an unknown marker, invalid for a sort key
 */
export async function listSnapshotRecords(
  context: Context,
  { allProjects, conditions, sort, marker, limit, offset = 0 }: SnapshotListing,
): Promise<SnapshotRecord[]> {
  authorize(context, 'volume:get_all_snapshots');
  const { sql } = context.runtime.database;
  return markerPage<SnapshotRecord>(sql, {
    select: selected(context),
    from: source(context),
    where: listed(context, { allProjects, conditions }),
    sort: sortKeysOf(sql, snapshotColumns(sql), sort),
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
}

/** @returns how many there are on all pages together */
export async function countSnapshots(
  context: Context,
  listing: Pick<SnapshotListing, 'allProjects' | 'conditions'>,
): Promise<number> {
  authorize(context, 'volume:get_all_snapshots');
  const { sql } = context.runtime.database;
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count ${source(context)} where ${listed(context, listing)}`;
  return row?.count ?? 0;
}

/** @throws RefusedError not_found when it is not there, or is another project's; also for what is no id */
export async function getSnapshotRecord(context: Context, id: string): Promise<SnapshotRecord> {
  authorize(context, 'volume:get_snapshot');
  const { sql } = context.runtime.database;
  const known = conditionSql(sql, snapshotColumns(sql), { key: 'id', how: 'is', value: id });
  const [row] = await sql<SnapshotRecord[]>`
    select ${selected(context)} ${source(context)}
    where ${known} and t.deleted_at is null and ${visible(sql, context, sql`t.project_id`)}`;
  if (row === undefined) throw notFound('snapshot', id);
  return row;
}

function listed(
  context: Context,
  { allProjects, conditions }: Pick<SnapshotListing, 'allProjects' | 'conditions'>,
): Fragment {
  const { sql } = context.runtime.database;
  const columns = snapshotColumns(sql);
  return all(sql, [
    sql`t.deleted_at is null`,
    inScope(sql, context, sql`t.project_id`, allProjects),
    ...conditions.map((condition) => conditionSql(sql, columns, condition)),
  ]);
}

function source({ runtime }: Context): Fragment {
  return runtime.database.sql`from snapshots t join volumes v on v.id = t.volume_id`;
}

function selected({ runtime }: Context): Fragment {
  const { sql } = runtime.database;
  return sql`t.id, t.name, t.description, t.volume_id, t.project_id, t.user_id, t.size_gib, t.status, t.progress,
    t.metadata, t.consumes_quota, ${timeText(sql, sql`t.created_at`)} as created_at,
    case when t.updated_at = t.created_at then null else ${timeText(sql, sql`t.updated_at`)} end as updated_at`;
}
