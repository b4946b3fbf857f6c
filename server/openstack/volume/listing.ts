/**
 * What every list of the volume API can be asked for: a page, an order, filters.
 * Source: cinder/api/common.py (get_pagination_params, get_sort_params, reject_invalid_filters).
 */
import { z } from 'zod';
import { isAdmin } from '~/server/domain/roles';
import type { Context } from '~/server/services/context';
import type { Condition } from '~/server/services/records/column-conditions';
import { FaultError } from '../fault';
import type { ByVersion } from '../route';
import { pairsOf } from './python-dict';
import { PAGE_MAX, pageQuery, queryBool } from './schema-types';
import { askedOrder, type SortOrder } from './sort-order';

/** Parameters that are no page and no order are filters, known or not. */
const listQuery = z.looseObject(pageQuery);
export type ListQuery = z.output<typeof listQuery>;

/** What a list of the API can be filtered by. */
export interface FilterRules {
  /** Those of everybody; administrators may use any attribute. */
  known: readonly string[];
  /** Version that brought a filter: before, it is passed over. */
  since: Readonly<Record<string, number>>;
  /** Filters that are more than a comparison of texts. */
  read: Readonly<Record<string, (value: string, minor: number) => Condition[]>>;
}

/** From here on a filter that is not known is refused instead of passed over. */
const REFUSES = 31;
/** From here on `name~=part` finds what contains it. */
const CONTAINS = 34;

export interface Listing {
  allProjects: boolean;
  conditions: readonly Condition[];
  sort: readonly SortOrder<string>[];
  marker: string | undefined;
  limit: number;
  offset: number | undefined;
}

/** From here on a list tells how much there is on all its pages, when asked. */
const WITH_COUNT = 45;

/**
 * Schemas by version, so that the reference names the filters. Whatever else is given comes along too: who may filter by
 * it, and whether that is refused, is a matter of the caller and the version.
 * @param options.from first version that has the list
 * @param options.counted whether it tells how much there is on all its pages
 */
export function listQueries(
  { known, since }: Pick<FilterRules, 'known' | 'since'>,
  { from = 0, counted = false }: { from?: number; counted?: boolean } = {},
): ByVersion<typeof listQuery> {
  const begin = (key: string) => Math.max(from, since[key] ?? 0);
  const filters = [
    ...known.map((key) => ({ key, first: begin(key) })),
    ...(counted ? [{ key: 'with_count', first: Math.max(from, WITH_COUNT) }] : []),
  ];
  const versions = new Set([from, ...filters.map(({ first }) => first)]);
  return Object.fromEntries(
    [...versions].map((minor) => {
      const there = filters
        .filter(({ first }) => first <= minor)
        .map(({ key }) => [key, z.string().optional()]);
      // A loose object has any key; to name some changes what is known of it, not what it takes.
      return [minor, listQuery.extend(Object.fromEntries(there)) as unknown as typeof listQuery];
    }),
  );
}

/** @throws FaultError 400 for what cannot be asked for */
export function listingOf(
  { context, minor }: { context: Context; minor: number },
  query: ListQuery,
  rules: FilterRules,
): Listing {
  const { limit = PAGE_MAX, offset, marker, sort, sort_key, sort_dir, all_tenants, ...rest } = query;
  const filters = Object.entries(rest).map(([key, value]) => [key, String(value)] as const);
  return {
    allProjects: all_tenants === undefined ? false : flagOf('all_tenants', all_tenants),
    conditions: conditionsOf(isAdmin(context.actor), minor, filters, rules),
    sort: askedOrder({ sort, sort_key, sort_dir }),
    marker,
    limit,
    offset,
  };
}

/**
 * The same, and whether all matches are to be counted.
 * @throws FaultError 400 for what cannot be asked for
 */
export function countedListing(
  call: { context: Context; minor: number },
  query: ListQuery,
  rules: FilterRules,
): { listing: Listing; counted: boolean } {
  if (call.minor < WITH_COUNT) return { listing: listingOf(call, query, rules), counted: false };
  const { with_count, ...rest } = query;
  const counted = with_count !== undefined && flagOf('with_count', String(with_count));
  return { listing: listingOf(call, rest, rules), counted };
}

function conditionsOf(
  admin: boolean,
  minor: number,
  given: readonly (readonly [string, string])[],
  { known, since, read }: FilterRules,
): Condition[] {
  const filters = given.filter(([key]) => (since[key] ?? 0) <= minor);
  // Of an administrator nothing is refused: what no column is called finds nothing.
  const foreign = admin ? [] : filters.filter(([key]) => !known.includes(key)).map(([key]) => key);
  if (foreign.length > 0 && minor >= REFUSES) {
    throw new FaultError(400, `This list cannot be filtered by ${foreign.join(', ').slice(0, 200)}.`);
  }
  return filters
    .filter(([key]) => !foreign.includes(key))
    .flatMap(([key, value]): Condition[] => {
      if (key.endsWith('~') && minor >= CONTAINS) return [{ key: key.slice(0, -1), how: 'contains', value }];
      const reader = Object.hasOwn(read, key) ? read[key] : undefined;
      return reader === undefined ? [{ key, how: 'is', value }] : reader(value, minor);
    });
}

/** @throws FaultError 400 for a word that is neither yes nor no */
export function flagOf(name: string, text: string): boolean {
  const parsed = queryBool.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new FaultError(400, `${name} is true or false, not ${text.slice(0, 40)}.`);
}

/** @returns the condition that some pairs are there; none has what is no dictionary */
export function pairsCondition(key: string, value: string): Condition[] {
  return [{ key, how: 'is', value: pairsOf(value) ?? value }];
}
