/**
 * How many rows of a list have which status, for its filter.
 */
import type { Sql } from 'postgres';
import { type Count, capped, countUpTo, type Fragment } from './keyset';
import { all } from './list-filters';

const ENUMS = { volumes: 'volume_status', servers: 'server_status', snapshots: 'snapshot_status' } as const;

/**
 * @param scope condition on a row `t`
 * @returns those statuses that some row has, in the order of their enum; each is counted only as far as lists count
 */
export async function statusCounts<Status extends string>(
  sql: Sql,
  table: keyof typeof ENUMS,
  scope: Fragment,
): Promise<({ value: Status } & Count)[]> {
  const where = all(sql, [sql`t.deleted_at is null`, sql`t.status = s.value`, scope]);
  const rows = await sql<{ value: Status; count: number }[]>`
    select value, count
    from (
      select s.value, ${countUpTo(sql, sql`from ${sql(table)} t`, where, sql`order by t.created_at`)} as count
      from unnest(enum_range(null::${sql.unsafe(ENUMS[table])})) as s (value)
    ) counted
    where count > 0 order by value`;
  return rows.map(({ value, count }) => ({ value, ...capped(count) }));
}
