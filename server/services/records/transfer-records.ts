/**
 * Offers of volumes as the volume API shows them, to the project that makes them.
 */
import type { Sql } from 'postgres';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all, inScope, visible } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, notFound } from '../refused';
import { type Columns, type Condition, conditionSql, sortKeysOf, timeText } from './column-conditions';

/** Times are texts such as `2026-11-21T07:00:00.000000`, UTC. */
export interface TransferRecord {
  id: string;
  name: string | null;
  volume_id: string;
  /** The project that offers it. */
  project_id: string;
  no_snapshots: boolean;
  created_at: string;
}

export interface TransferListing {
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
export async function listTransferRecords(
  context: Context,
  { allProjects, conditions, sort, marker, limit, offset = 0 }: TransferListing,
): Promise<TransferRecord[]> {
  authorize(context, 'volume:get_all_transfers');
  const { sql } = context.runtime.database;
  const columns = transferColumns(sql);
  return markerPage<TransferRecord>(sql, {
    select: selected(sql),
    from: source(sql),
    where: all(sql, [
      inScope(sql, context, sql`v.project_id`, allProjects),
      ...conditions.map((condition) => conditionSql(sql, columns, condition)),
    ]),
    sort: sortKeysOf(sql, columns, sort),
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
}

/** @throws RefusedError not_found when it is not there, is done, or is another project's; also for what is no id */
export async function getTransferRecord(context: Context, id: string): Promise<TransferRecord> {
  authorize(context, 'volume:get_transfer');
  const { sql } = context.runtime.database;
  const known = conditionSql(sql, transferColumns(sql), { key: 'id', how: 'is', value: id });
  const [row] = await sql<TransferRecord[]>`
    select ${selected(sql)} ${source(sql)} where ${known} and ${visible(sql, context, sql`v.project_id`)}`;
  if (row === undefined) throw notFound('transfer', id);
  return row;
}

/** Attributes of upstream's transfer under their names there (cinder/db/sqlalchemy/models.py, Transfer). */
function transferColumns(sql: Sql): Columns {
  return {
    id: { sql: sql`t.id`, kind: 'uuid' },
    name: { sql: sql`t.name`, kind: 'text', nullable: true },
    display_name: { sql: sql`t.name`, kind: 'text', nullable: true },
    volume_id: { sql: sql`t.volume_id`, kind: 'uuid' },
    no_snapshots: { sql: sql`t.no_snapshots`, kind: 'flag' },
    source_project_id: { sql: sql`v.project_id`, kind: 'text' },
    created_at: { sql: sql`t.created_at`, kind: 'time' },
  };
}

function source(sql: Sql): Fragment {
  return sql`from volume_transfers t join volumes v on v.id = t.volume_id`;
}

function selected(sql: Sql): Fragment {
  return sql`t.id, t.name, t.volume_id, v.project_id, t.no_snapshots, ${timeText(sql, sql`t.created_at`)} as created_at`;
}
