/**
 * Lists whose rows all come at once: put in order and filtered here.
 */
import type { PageOf } from '~/app/_trpc/types';
import type { Direction } from './list-params';

/** Always the same language, so that the server and the browser put rows in the same order. */
const BY_TEXT = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What each column is sorted by. */
export type SortKeys<Row, Sort extends string> = Record<Sort, (row: Row) => string | number>;

interface WholeQuery<Row> {
  data: { rows: Row[]; capped: boolean } | undefined;
  error: unknown;
  isPlaceholderData: boolean;
  refetch: () => unknown;
}

/**
 * @param query as the API answers it
 * @param wanted only rows with these values; null asks for none
 * @returns where an `ObjectList` gets its rows
 */
export function wholeList<Row, Sort extends string>(
  { data, error, isPlaceholderData, refetch }: WholeQuery<Row>,
  keys: SortKeys<Row, Sort>,
  { sort, dir }: { sort: Sort; dir: Direction },
  wanted: (row: Row) => boolean = () => true,
): { query: { data: PageOf<Row> | undefined } & Omit<WholeQuery<Row>, 'data'> } {
  const rest = { error, isPlaceholderData, refetch };
  if (data === undefined) return { query: { data: undefined, ...rest } };
  const rows = sorted(data.rows.filter(wanted), keys[sort], dir);
  const total = { count: rows.length, capped: data.capped };
  return { query: { data: { rows, next: null, previous: null, total }, ...rest } };
}

function sorted<Row>(rows: readonly Row[], key: (row: Row) => string | number, direction: Direction): Row[] {
  const sign = direction === 'asc' ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [left, right] = [key(one), key(other)];
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : BY_TEXT.compare(String(left), String(right));
    return sign * order;
  });
}
