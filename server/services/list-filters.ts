/**
 * What every list can be asked for, and the SQL of it.
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { isAdmin } from '~/server/domain/roles';
import type { Context } from './context';
import type { Fragment } from './keyset';

export const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

/** Input that all lists share. */
export const listInput = z.object({
  /** Part of a name, or a whole id. */
  search: z.string().trim().max(255).optional(),
  /** Administrators only; anyone else's lists are of their project whatever this says. */
  allProjects: z.boolean().default(false),
  direction: z.enum(['asc', 'desc']).default('desc'),
  limit: z.int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  cursor: z.string().max(2000).optional(),
});

/** Ids of rows to read again. */
export const idsInput = z.object({ ids: z.array(z.guid()).max(MAX_PAGE) });

/** @returns whether a list is of every project */
export function isEverywhere({ actor }: Context, allProjects: boolean): boolean {
  return allProjects && isAdmin(actor);
}

/** @returns the condition that keeps a list in the caller's project */
export function inScope(sql: Sql, context: Context, column: Fragment, allProjects: boolean): Fragment {
  return isEverywhere(context, allProjects) ? sql`true` : sql`${column} = ${context.actor.projectId}`;
}

/** @returns the condition that hides other projects' things from all but administrators */
export function visible(sql: Sql, context: Context, column: Fragment): Fragment {
  return isAdmin(context.actor) ? sql`true` : sql`${column} = ${context.actor.projectId}`;
}

/** @returns whether the text is a whole id: then no names are looked at */
export function isId(search: string): boolean {
  return UUID.test(search);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** The trigram index needs three characters; shorter texts are looked up as a prefix, which the B-tree serves. */
const TRIGRAM = 3;

/**
 * @param columns names to search; ids are found in `idColumns`
 * @returns the condition, true for an absent search
 */
export function matches(
  sql: Sql,
  search: string | undefined,
  columns: Fragment[],
  idColumns: Fragment[],
): Fragment {
  if (search === undefined || search === '') return sql`true`;
  if (UUID.test(search))
    return anyOf(
      sql,
      idColumns.map((column) => sql`${column} = ${search}::uuid`),
    );
  if (search.length < TRIGRAM)
    return anyOf(
      sql,
      columns.map((column) => sql`${column} ^@ ${search}`),
    );
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return anyOf(
    sql,
    columns.map((column) => sql`${column} ilike ${pattern}`),
  );
}

/** @returns the condition that a column has one of the values, true when none are asked for */
export function oneOf(
  sql: Sql,
  column: Fragment,
  values: readonly string[] | undefined,
  type: string,
): Fragment {
  if (values === undefined) return sql`true`;
  // Each by itself, not as an array: of those the planner does not know how many rows they are.
  const [first, ...rest] = values.map((value): Fragment => sql`${value}::${sql.unsafe(type)}`);
  if (first === undefined) return sql`true`;
  return sql`${column} in (${rest.reduce((list, value) => sql`${list}, ${value}`, first)})`;
}

function anyOf(sql: Sql, conditions: Fragment[]): Fragment {
  return conditions.reduce((all, each) => sql`${all} or ${each}`, sql`false`);
}

/** @returns the conditions joined by `and`, each in brackets */
export function all(sql: Sql, conditions: readonly Fragment[]): Fragment {
  return conditions.reduce<Fragment>((joined, each) => sql`${joined} and (${each})`, sql`true`);
}
