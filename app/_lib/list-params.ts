/**
 * What every list keeps in the URL. Each list adds its sort keys and filters.
 */
import { parseAsBoolean, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const PAGE_SIZES = [25, 50, 100, 200] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

export const DIRECTIONS = ['asc', 'desc'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const listParams = {
  q: parseAsString.withDefault(''),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
  cursor: parseAsString.withOptions({ history: 'push' }),
  /** Every project, for administrators. */
  all: parseAsBoolean.withDefault(false),
  /** Row whose drawer is open. */
  peek: parseAsString.withOptions({ history: 'push' }),
};

/** @returns the parser of a list's sort direction */
export function directionParam(byDefault: Direction) {
  return parseAsStringLiteral(DIRECTIONS).withDefault(byDefault);
}

/** @returns undefined for an empty list, so that no filter is sent */
export function some<Value>(values: readonly Value[]): Value[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

/** @returns the search text as the API takes it: trimmed, and none when empty */
export function searchText(q: string): string | undefined {
  const text = q.trim();
  return text === '' ? undefined : text;
}

/** @returns what every paged list of the API is asked for; the same on the server and in the browser */
export function pageInput<Sort extends string>(params: {
  q: string;
  size: PageSize;
  cursor: string | null;
  all: boolean;
  sort: Sort;
  dir: Direction;
}) {
  return {
    search: searchText(params.q),
    allProjects: params.all,
    sort: params.sort,
    direction: params.dir,
    limit: params.size,
    cursor: params.cursor ?? undefined,
  };
}
