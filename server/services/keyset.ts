/**
 * Pages cut by key: the row after the last one seen, not the n-th. A page costs the same however deep it lies, and rows
 * that come or go meanwhile neither repeat nor hide others.
 */
import postgres, { type PendingQuery, type Row, type Sql } from 'postgres';
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
  keys: string[];
  id: string;
}

const cursorSchema = z.tuple([z.string(), z.boolean(), z.array(z.string()), z.guid()]);

function encode({ sort, back, keys, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, back, keys, id])).toString('base64url');
}

/** @throws RefusedError when the text is no cursor of this list in this order */
function decode(text: string, sort: string, length: number): Cursor {
  try {
    const [cursorSort, back, keys, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    if (cursorSort === sort && keys.length === length) return { sort, back, keys, id };
  } catch {
    // Whatever is wrong with it: it did not come from us, or not from this list.
  }
  throw badCursor();
}

function badCursor(): RefusedError {
  return new RefusedError([
    {
      rule: 'list.bad-cursor',
      code: 'invalid',
      message: 'This page marker belongs to no page of this list; begin at its first page.',
    },
  ]);
}

/** Data that Postgres cannot read as what they should be, such as a word for a time. */
const DATA_CLASS = '22';

function isUnreadable(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code.startsWith(DATA_CLASS);
}

export interface Key {
  /** Never null. */
  key: Fragment;
  /** Its type, e.g. `timestamptz`: cursors carry it as text. */
  type: string;
}

export interface KeysetQuery<Data extends Row, Result> {
  /** Name of the order: cursors of another order are refused. */
  sort: string;
  direction: Direction;
  limit: number;
  cursor: string | undefined;
  /** `from …` of the candidates, whose id is `t.id`, with what the conditions need. */
  from: Fragment;
  /** `join …` that the keys need besides, and that neither adds rows nor takes any away. */
  join?: Fragment;
  /** Conditions joined by `and`. */
  where: Fragment;
  /** What rows are ordered by, all in one direction, and last of all by their ids. */
  keys: readonly [Key, ...Key[]];
  /** Conditions of which each row meets just one: those of the first come before all others. */
  parts?: readonly Fragment[];
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
  const cursor = query.cursor === undefined ? null : decode(query.cursor, query.sort, query.keys.length + 1);
  const back = cursor?.back ?? false;
  const ascending = (query.direction === 'asc') !== back;
  const [found, [matching]] = await Promise.all([
    sql<{ id: string; keys: string[] }[]>`${keysOf(sql, query, cursor, ascending)}`,
    sql<{ count: number }[]>`select ${countUpTo(sql, query.from, query.where)} as count`,
  ]).catch((error: unknown) => {
    // Only a cursor brings in what nothing has looked at before.
    throw cursor !== null && isUnreadable(error) ? badCursor() : error;
  });
  const more = found.length > query.limit;
  const shown = found.slice(0, query.limit);
  if (back) shown.reverse();
  const ids = shown.map((each) => each.id);
  const data = ids.length === 0 ? [] : await query.rows(pageOf(sql, ids));
  const first = shown[0];
  const last = shown.at(-1);
  const mark = (row: { id: string; keys: string[] } | undefined, toBack: boolean) =>
    row === undefined ? null : encode({ sort: query.sort, back: toBack, keys: row.keys, id: row.id });
  return {
    rows: data.map((row) => query.toRow(row)),
    next: back || more ? mark(last, false) : null,
    previous: (back ? more : cursor !== null) ? mark(first, true) : null,
    total: capped(matching?.count ?? 0),
  };
}

/**
 * The page's ids, one longer than the page, with what a cursor has to know of each: the number of its part, and its keys.
 * Each part is read in the order of an index, and what little comes of them is put in order together.
 */
function keysOf<Data extends Row, Result>(
  sql: Sql,
  query: KeysetQuery<Data, Result>,
  cursor: Cursor | null,
  ascending: boolean,
): Fragment {
  const { keys, parts = [sql`true`] } = query;
  const direction = ascending ? sql`asc` : sql`desc`;
  const reached = cursor === null ? null : Number(cursor.keys[0]);
  const pages = parts.flatMap((part, number) => {
    const passed = reached !== null && (ascending ? number < reached : number > reached);
    if (passed) return [];
    const rest = cursor !== null && number === reached ? after(sql, keys, cursor, ascending) : sql``;
    return sql`(
      select t.id, ${number}::int as part, ${listed(sql, keys, ({ key }, at) => sql`${key} as ${named(sql, at)}`)}
      ${query.from} ${query.join ?? sql``}
      where ${query.where} and (${part}) ${rest}
      order by ${listed(sql, keys, ({ key }) => sql`${key} ${direction}`)}, t.id ${direction}
      limit ${query.limit + 1})`;
  });
  const [first = sql`select null::uuid as id where false`, ...others] = pages;
  return sql`
    select id, array[part::text, ${listed(sql, keys, (_, at) => sql`${named(sql, at)}::text`)}] as keys
    from (${others.reduce((all, page) => sql`${all} union all ${page}`, first)}) page
    order by part ${direction}, ${listed(sql, keys, (_, at) => sql`${named(sql, at)} ${direction}`)}, id ${direction}
    limit ${query.limit + 1}`;
}

function named(sql: Sql, at: number): Fragment {
  return sql`${sql(`key_${at}`)}`;
}

/** One comparison of rows, which an index can answer. */
function after(sql: Sql, keys: readonly [Key, ...Key[]], cursor: Cursor, ascending: boolean): Fragment {
  const row = listed(sql, keys, ({ key }) => key);
  const mark = listed(
    sql,
    keys,
    ({ type }, at) => sql`${cursor.keys[at + 1] ?? ''}::text::${sql.unsafe(type)}`,
  );
  return sql`and (${row}, t.id) ${ascending ? sql`>` : sql`<`} (${mark}, ${cursor.id}::uuid)`;
}

function listed(
  sql: Sql,
  [first, ...rest]: readonly [Key, ...Key[]],
  each: (key: Key, at: number) => Fragment,
): Fragment {
  return rest.reduce((list, key, at) => sql`${list}, ${each(key, at + 1)}`, each(first, 0));
}

/** The ids of a page as a table `page (id, position)`. */
export function pageOf(sql: Sql, ids: readonly string[]): Fragment {
  return sql`unnest(${[...ids]}::uuid[]) with ordinality as page (id, position)`;
}

/** A number of rows; `capped` says that there are more than were counted. */
export type Count = Page<unknown>['total'];

/** @returns what {@link COUNT_CAP} and one more, counted, come to */
export function capped(count: number): Count {
  return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
}

/**
 * @param order for the planner: an index in this order is then cheaper than the table; no matter for the number
 * @returns a number of rows as SQL, at most one above what is shown
 */
export function countUpTo(sql: Sql, from: Fragment, where: Fragment, order = sql``): Fragment {
  return sql`(
    select count(*)::int from (select 1 ${from} where ${where} ${order} limit ${COUNT_CAP + 1}) as matches)`;
}
