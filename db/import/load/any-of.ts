import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/**
 * `column in ids` as one parameter: a cloud may have more of them than a statement may have parameters.
 * @param ids UUIDs, any number of them
 */
export function anyOf(column: PgColumn, ids: Iterable<string>): SQL {
  return sql`${column} = any(string_to_array(${[...ids].join(',')}, ',')::uuid[])`;
}
