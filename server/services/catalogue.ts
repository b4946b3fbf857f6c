/**
 * Lists that are short enough to be read whole: types, flavors, images, hosts, pools.
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import type { Fragment } from './keyset';

/** What such a list can be asked for: part of a name or of an id. */
export const catalogueInput = z.object({ search: z.string().trim().max(255).optional() });
export type CatalogueInput = z.output<typeof catalogueInput>;

/** More rows than that nobody reads; whoever has them searches. */
const MOST = 1000;

export interface Catalogue<Row> {
  rows: Row[];
  /** Whether there are more than these. */
  capped: boolean;
}

/** @returns the end of the statement, one row longer than what is shown */
export function upToMost(sql: Sql): Fragment {
  return sql`limit ${MOST + 1}`;
}

/** @param rows what a statement that ends in {@link upToMost} gave */
export function catalogueOf<Data, Row>(rows: readonly Data[], toRow: (data: Data) => Row): Catalogue<Row> {
  return { rows: rows.slice(0, MOST).map(toRow), capped: rows.length > MOST };
}

/** @returns the condition that one of the columns contains the text, true for an absent search */
export function containsText(sql: Sql, search: string | undefined, columns: readonly Fragment[]): Fragment {
  if (search === undefined || search === '') return sql`true`;
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return columns.reduce<Fragment>(
    (any, column) => sql`${any} or ${column}::text ilike ${pattern}`,
    sql`false`,
  );
}
