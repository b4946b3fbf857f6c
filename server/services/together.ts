/**
 * Many selects in one statement: each would cost a way to the database and a turn of its planner.
 */
import type { TransactionSql } from 'postgres';
import { type Around, type Fragment, holdersOf } from './around';

/**
 * @param around sets of ids that the selects refer to: looked up once, before them
 * @param selects by the name of what they find; those that are null find nothing
 * @returns their rows, as JSON tells of them: times are text. All see the same moment.
 */
export async function together<Rows extends Record<string, readonly object[]>>(
  sql: TransactionSql,
  around: Around,
  selects: (around: Around) => Record<keyof Rows & string, Fragment | null>,
): Promise<Rows> {
  const { servers, volumes } = around;
  const hung = (column: 'servers' | 'volumes') => sql`(select ${sql(column)} from hung)::uuid[]`;
  const named = Object.entries<Fragment | null>(
    selects({
      servers: servers && hung('servers'),
      volumes: volumes && hung('volumes'),
      holders: around.holders && sql`(select holders from held)::uuid[]`,
    }),
  );
  const asked = named.flatMap(([name, select]) => (select === null ? [] : [{ name, select }]));
  const none: Record<string, readonly object[]> = Object.fromEntries(named.map(([name]) => [name, []]));
  if (asked.length === 0) return none as Rows;
  const columns = asked.map(
    ({ name, select }, place) =>
      sql`${place === 0 ? sql`` : sql`,`} coalesce((select json_agg(x) from (${select}) x), '[]') as ${sql(name)}`,
  );
  const [row] = await sql<Rows[]>`
    with hung as materialized (
      select ${servers ?? sql`null::uuid[]`} as servers, ${volumes ?? sql`null::uuid[]`} as volumes
    ), held as materialized (
      select ${volumes === null ? sql`null::uuid[]` : holdersOf(sql, sql`volumes`)} as holders from hung
    )
    select ${columns}`.execute();
  return { ...none, ...row } as Rows;
}
