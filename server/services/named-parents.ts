/**
 * Rows found by the names of what they hang on: the few with such a name are looked up first, so that the list itself is
 * searched by ids, which its indexes know, and not by names, which only a join of whole tables would bring.
 */
import type { Sql } from 'postgres';
import type { Fragment } from './keyset';
import { all, matches } from './list-filters';

/** More than that, and reading the list in its order until a page is full finds them sooner. */
const FEW = 5000;

/**
 * @param column of the list, with the id of the parent
 * @param search part of the parent's name; not empty, no id
 * @param visible further conditions on the parent `t`
 * @returns gives the condition that the parent has such a name; not the condition itself, as SQL that is awaited is run
 */
export async function parentNamed(
  sql: Sql,
  column: Fragment,
  { table, search, visible }: { table: 'servers' | 'volumes'; search: string; visible: Fragment },
): Promise<() => Fragment> {
  const named = all(sql, [matches(sql, search, [sql`t.name`], [sql`t.id`]), visible]);
  const found = await sql<{ id: string }[]>`
    select t.id from ${sql(table)} t where ${named} limit ${FEW + 1}`;
  if (found.length <= FEW) return () => sql`${column} = any(${found.map(({ id }) => id)}::uuid[])`;
  // The parent is called `t` in here, as the list is outside: the list's column is named before.
  return () => sql`exists (
    select from (select ${column} as parent_id) child join ${sql(table)} t on t.id = child.parent_id where ${named})`;
}
