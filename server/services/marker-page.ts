/**
 * Pages as the OpenStack APIs cut them: after the row whose id is the marker, in any order of keys. The row after the
 * last one seen, not the n-th, so a page costs the same however deep it lies.
 */
import type { Row, Sql } from 'postgres';
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
  const marked = sql`select ${named} ${from} where ${where} and t.id::text = ${marker}`;
  const [there, rows] = await Promise.all([
    sql`select 1 ${from} where ${where} and t.id::text = ${marker}`,
    sql<Data[]>`
      with marker as materialized (${marked})
      select ${select} ${from} where ${where} and (${after(sql, keys)}) ${tail}`,
  ]);
  if (there.length > 0) return rows;
  throw new RefusedError([
    {
      rule: 'list.unknown-marker',
      code: query.unknownMarker,
      message: `The marker ${marker} names nothing in this list.`,
      remedy: { kind: 'advice', text: 'Begin at the first page.' },
    },
  ]);
}

/** `k0 > m.k0 or (k0 = m.k0 and (k1 > m.k1 or …))`, each in its own direction. */
function after(sql: Sql, [first, ...rest]: readonly SortKey[], at = 0): Fragment {
  if (first === undefined) return sql`false`;
  const mark = sql`(select ${sql(nameOf(at))} from marker)`;
  const beyond = first.direction === 'asc' ? sql`${first.key} > ${mark}` : sql`${first.key} < ${mark}`;
  return rest.length === 0
    ? beyond
    : sql`${beyond} or (${first.key} = ${mark} and (${after(sql, rest, at + 1)}))`;
}

function nameOf(at: number): string {
  return `key_${at}`;
}

function commaed(sql: Sql, parts: readonly Fragment[]): Fragment {
  return parts.reduce((list, part) => sql`${list}, ${part}`);
}
