/**
 * Pages as the OpenStack APIs cut them: after the row whose id is the marker, in any order of keys. The row after the
 * last one seen, not the n-th, so a page costs the same however deep it lies.
 */
import type { Row, Sql } from 'postgres';
import { z } from 'zod';
import type { RefusalCode } from '~/server/domain/refusal';
import type { Direction, Fragment } from './keyset';
import { RefusedError } from './refused';

export interface SortKey {
  /** Never null, so that every row has its place: wrap what may be null in `coalesce`. */
  key: Fragment;
  direction: Direction;
}

export interface MarkerQuery {
  /** Columns, of `t` and whatever else `from` names. */
  select: Fragment;
  /** `from … t join …`, whose rows are told apart by `t.id`. */
  from: Fragment;
  /** Conditions joined by `and`; also hold for the marker. */
  where: Fragment;
  /** At least one; `t.id` is added as the last word in the direction of the first. */
  sort: readonly [SortKey, ...SortKey[]];
  /** Id of the last row of the page before. */
  marker: string | undefined;
  /** Ids are any texts; otherwise they are UUIDs, and nothing else is looked for. */
  textIds?: true;
  limit: number;
  offset?: number;
  /** What an unknown marker is: compute answers invalid, volume not_found. */
  unknownMarker: Extract<RefusalCode, 'invalid' | 'not_found'>;
}

/**
 * @returns up to `limit` rows; a full page may have a next one
 * @throws RefusedError when the marker names no row of this list
 */
export async function markerPage<Data extends Row>(sql: Sql, query: MarkerQuery): Promise<Data[]> {
  const { select, from, where, marker, limit, offset = 0 } = query;
  const keys: SortKey[] = [...query.sort, { key: sql`t.id`, direction: query.sort[0].direction }];
  const order = commaed(
    sql,
    keys.map(({ key, direction }) => (direction === 'asc' ? sql`${key} asc` : sql`${key} desc`)),
  );
  const tail = sql`order by ${order} limit ${limit} offset ${offset}`;
  if (marker === undefined) return sql<Data[]>`select ${select} ${from} where ${where} ${tail}`;
  const named = commaed(
    sql,
    keys.map(({ key }, at) => sql`${key} as ${sql(nameOf(at))}`),
  );
  if (query.textIds !== true && !isUuid(marker)) throw unknown(marker, query.unknownMarker);
  const there = sql`${where} and t.id = ${marker}`;
  const [found, rows] = await Promise.all([
    sql`select 1 ${from} where ${there}`,
    sql<Data[]>`
      with marker as materialized (select ${named} ${from} where ${there})
      select ${select} ${from} where ${where} and (${after(sql, keys)}) ${tail}`,
  ]);
  if (found.length === 0) throw unknown(marker, query.unknownMarker);
  return rows;
}

function isUuid(text: string): boolean {
  return z.guid().safeParse(text).success;
}

function unknown(marker: string, code: MarkerQuery['unknownMarker']): RefusedError {
  return new RefusedError([
    {
      rule: 'list.unknown-marker',
      code,
      message: `The marker ${marker} names nothing in this list.`,
      remedy: { kind: 'advice', text: 'Begin at the first page.' },
    },
  ]);
}

/** Rows after the marker: one comparison, which an index can answer, where all keys go the same way. */
function after(sql: Sql, keys: readonly SortKey[]): Fragment {
  const [first] = keys;
  if (first === undefined || keys.some(({ direction }) => direction !== first.direction)) {
    return afterMixed(sql, keys);
  }
  const row = commaed(
    sql,
    keys.map(({ key }) => key),
  );
  const mark = commaed(
    sql,
    keys.map((_, at) => marked(sql, at)),
  );
  return first.direction === 'asc' ? sql`(${row}) > (${mark})` : sql`(${row}) < (${mark})`;
}

/** `k0 > m.k0 or (k0 = m.k0 and (k1 > m.k1 or …))`, each in its own direction. */
function afterMixed(sql: Sql, [first, ...rest]: readonly SortKey[], at = 0): Fragment {
  if (first === undefined) return sql`false`;
  const mark = marked(sql, at);
  const beyond = first.direction === 'asc' ? sql`${first.key} > ${mark}` : sql`${first.key} < ${mark}`;
  return rest.length === 0
    ? beyond
    : sql`${beyond} or (${first.key} = ${mark} and (${afterMixed(sql, rest, at + 1)}))`;
}

function marked(sql: Sql, at: number): Fragment {
  return sql`(select ${sql(nameOf(at))} from marker)`;
}

function nameOf(at: number): string {
  return `key_${at}`;
}

function commaed(sql: Sql, parts: readonly Fragment[]): Fragment {
  return parts.reduce((list, part) => sql`${list}, ${part}`);
}
