/**
 * How many rows of a list have which status, for its filter.
 */
import type { Sql } from 'postgres';
import { type Count, capped, countUpTo, type Fragment } from './keyset';

interface Counted<Status> {
  value: Status;
  count: number;
}

/**
 * @param scope condition on a row `t`
 * @returns those statuses that some row has, in the order of their enum; each is counted only as far as lists count
 */
export async function statusCounts<Status extends string>(
  sql: Sql,
  table: 'volumes' | 'servers' | 'snapshots',
  scope: Fragment,
): Promise<({ value: Status } & Count)[]> {
  const rows =
    table === 'volumes' ? await countVolumes<Status>(sql, scope) : await countAll<Status>(sql, table, scope);
  return rows.map(({ value, count }) => ({ value, ...capped(count) }));
}

/** By far the most there are: each status by itself, along an index that has all it takes. */
function countVolumes<Status extends string>(sql: Sql, scope: Fragment): Promise<Counted<Status>[]> {
  // As a range, in its order: of a status that nothing has, the planner would read all the rest to find that out.
  const where = sql`t.deleted_at is null and t.status >= s.value and t.status <= s.value and ${scope}`;
  const count = countUpTo(sql, sql`from volumes t`, where, sql`order by t.status, t.created_at`);
  return sql<Counted<Status>[]>`
    select value, count
    from (select s.value, ${count} as count from unnest(enum_range(null::volume_status)) as s (value)) counted
    where count > 0 order by value`;
}

function countAll<Status extends string>(
  sql: Sql,
  table: 'servers' | 'snapshots',
  scope: Fragment,
): Promise<Counted<Status>[]> {
  return sql<Counted<Status>[]>`
    select t.status as value, count(*)::int as count from ${sql(table)} t
    where t.deleted_at is null and ${scope} group by t.status order by t.status`;
}
