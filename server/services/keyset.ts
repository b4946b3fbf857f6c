/**
 * Pages cut by key: the row after the last one seen, not the n-th. A page costs the same however deep it lies, and rows
 * that come or go meanwhile neither repeat nor hide others.
 */
import type { PendingQuery, Row, Sql } from 'postgres';
import { z } from 'zod';
import { RefusedError } from './refused';
import type { Page } from './rows';

/** A piece of SQL that goes into a larger statement. */
export type Fragment = PendingQuery<Row[]>;

export type Direction = 'asc' | 'desc';

/** Counting stops here: an exact count of a million rows costs more than it tells. */
const COUNT_CAP = 10_000;

/** Where a page begins: after (or, going back, before) this key. */
interface Cursor {
  sort: string;
  back: boolean;
  key: string;
  id: string;
}

const cursorSchema = z.tuple([z.string(), z.boolean(), z.string(), z.guid()]);

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort, cursor.back, cursor.key, cursor.id])).toString('base64url');
}

/** @throws RefusedError when the text is no cursor of this list in this order */
function decode(text: string, sort: string): Cursor {
  try {
    const [cursorSort, back, key, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    if (cursorSort === sort) return { sort, back, key, id };
  } catch {
    // Whatever is wrong with it: it did not come from us, or not from this list.
  }
  throw new RefusedError([
    {
      rule: 'list.bad-cursor',
      code: 'invalid',
      message: 'This page marker belongs to no page of this list; begin at its first page.',
    },
  ]);
}

export interface KeysetQuery<Data extends Row, Result> {
  /** Name of the order: cursors of another order are refused. */
  sort: string;
  direction: Direction;
  limit: number;
  cursor: string | undefined;
  /** `from … join …` of the candidates, whose id is `t.id`. */
  from: Fragment;
  /** Conditions joined by `and`. */
  where: Fragment;
  /** What rows are ordered by: never null. */
  key: Fragment;
  /** Type of `key`, e.g. `timestamptz`: cursors carry it as text. */
  keyType: string;
  /** Makes full rows of a page: `page (id, position)` is given, its order must be kept. */
  rows(page: Fragment): PendingQuery<Data[]>;
  toRow(data: Data): Result;
}

/**
 * @returns the page, with cursors of its neighbours and the number of matches
 * @throws RefusedError invalid for a cursor that is not of this list and order
 */
export async function keysetPage<Data extends Row, Result extends { id: string }>(
  sql: Sql,
  query: KeysetQuery<Data, Result>,
): Promise<Page<Result>> {
  const cursor = query.cursor === undefined ? null : decode(query.cursor, query.sort);
  const back = cursor?.back ?? false;
  const ascending = (query.direction === 'asc') !== back;
  const order = ascending ? sql`asc` : sql`desc`;
  const after =
    cursor === null
      ? sql``
      : sql`and (${query.key}, t.id) ${ascending ? sql`>` : sql`<`} (${cursor.key}::text::${sql.unsafe(query.keyType)}, ${cursor.id}::uuid)`;
  const [keys, total] = await Promise.all([
    sql<{ id: string; key_text: string }[]>`
      select t.id, (${query.key})::text as key_text ${query.from} where ${query.where} ${after}
      order by ${query.key} ${order}, t.id ${order} limit ${query.limit + 1}`,
    countUpTo(sql, query),
  ]);
  const more = keys.length > query.limit;
  const shown = keys.slice(0, query.limit);
  if (back) shown.reverse();
  const ids = shown.map((each) => each.id);
  const data = ids.length === 0 ? [] : await query.rows(pageOf(sql, ids));
  const first = shown[0];
  const last = shown.at(-1);
  const mark = (row: { id: string; key_text: string } | undefined, toBack: boolean) =>
    row === undefined ? null : encode({ sort: query.sort, back: toBack, key: row.key_text, id: row.id });
  return {
    rows: data.map((row) => query.toRow(row)),
    next: back || more ? mark(last, false) : null,
    previous: (back ? more : cursor !== null) ? mark(first, true) : null,
    total,
  };
}

/** The ids of a page as a table `page (id, position)`. */
export function pageOf(sql: Sql, ids: readonly string[]): Fragment {
  return sql`unnest(${[...ids]}::uuid[]) with ordinality as page (id, position)`;
}

async function countUpTo<Data extends Row, Result>(
  sql: Sql,
  query: KeysetQuery<Data, Result>,
): Promise<Page<Result>['total']> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select 1 ${query.from} where ${query.where} limit ${COUNT_CAP + 1}) as matches`;
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
}
