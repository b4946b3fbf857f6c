/**
 * What a list of an OpenStack API may be filtered and sorted by: columns under their names on the wire.
 */
import type { Sql } from 'postgres';
import type { Direction, Fragment } from '../keyset';
import type { SortKey } from '../marker-page';
import { RefusedError } from '../refused';

export interface Column {
  sql: Fragment;
  /** How a text is compared with it; the values of an enum are those of its type in the database. */
  kind: 'text' | 'uuid' | 'integer' | 'flag' | 'time' | 'pairs' | { enum: readonly string[] };
  /** Whether it may be null: such a column sorts as the least value of its kind. */
  nullable?: true;
  /** A column that can be asked for, but is no order. */
  unsorted?: true;
}

export type Columns = Readonly<Record<string, Column>>;

export interface Condition {
  /** Name of the column on the wire; an unknown one is true of nothing. */
  key: string;
  how: 'is' | 'is-not' | 'contains' | 'above' | 'at-least' | 'below' | 'at-most';
  /** A time in ISO 8601, with its zone; pairs that are among those of the column. */
  value: string | boolean | Readonly<Record<string, string>>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INTEGER = /^\d{1,9}$/;
const TRUE = ['true', '1', 'on', 'yes', 'y', 't'];

/** @returns the condition in SQL; false for a value that the column can never have */
export function conditionSql(sql: Sql, columns: Columns, { key, how, value }: Condition): Fragment {
  const column = Object.hasOwn(columns, key) ? columns[key] : undefined;
  // Postgres keeps no text with this character, and calls the question an error.
  if (column === undefined || (typeof value === 'string' && value.includes('\0'))) return sql`false`;
  if (how === 'contains') {
    const pattern = `%${String(value).replace(/[\\%_]/g, '\\$&')}%`;
    return sql`(${column.sql})::text like ${pattern}`;
  }
  const wanted = wantedSql(sql, column, value);
  if (wanted === null) return how === 'is-not' ? sql`true` : sql`false`;
  if (column.kind === 'pairs') return sql`${column.sql} @> ${wanted}`;
  switch (how) {
    case 'is':
      return sql`${column.sql} = ${wanted}`;
    case 'is-not':
      return sql`${column.sql} is distinct from ${wanted}`;
    case 'above':
      return sql`${column.sql} > ${wanted}`;
    case 'at-least':
      return sql`${column.sql} >= ${wanted}`;
    case 'below':
      return sql`${column.sql} < ${wanted}`;
    case 'at-most':
      return sql`${column.sql} <= ${wanted}`;
  }
}

/** @returns the value as one of the column's kind; null when it is none */
function wantedSql(sql: Sql, { kind }: Column, value: Condition['value']): Fragment | null {
  if (kind === 'pairs') {
    return typeof value === 'object' ? sql`${sql.json(value)}::jsonb` : null;
  }
  if (kind === 'flag') {
    const flag = typeof value === 'boolean' ? value : TRUE.includes(String(value).toLowerCase());
    return sql`${flag}::boolean`;
  }
  if (typeof value !== 'string') return null;
  if (kind === 'time') {
    const time = utcText(value);
    return time === null ? null : sql`${time}::timestamptz`;
  }
  if (kind === 'uuid') return UUID.test(value) ? sql`${value}::uuid` : null;
  if (kind === 'integer') return INTEGER.test(value) ? sql`${Number(value)}::integer` : null;
  if (kind === 'text') return sql`${value}::text`;
  return kind.enum.includes(value) ? sql`${value}` : null;
}

const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** @returns the time in UTC, to the microsecond; null for what is none that the database knows, or has no year of four digits */
function utcText(text: string): string | null {
  const [, day = '', clock = '00:00', second = '00', fraction = '', zone = 'Z'] = ISO_TIME.exec(text) ?? [];
  const at = new Date(`${day}T${clock}:${second}${zone}`);
  // The engine takes the 31st of every month for a day, the database does not.
  if (Number.isNaN(at.getTime()) || !new Date(day).toISOString().startsWith(day)) return null;
  const utc = at.toISOString();
  if (!/^(?!0000)\d{4}-/.test(utc)) return null;
  return utc.replace(/\.\d+/, `.${fraction.slice(0, 6) || '0'}`);
}

/** @returns the column as something to sort by: never null, and states by their names */
function sortKeySql(sql: Sql, { sql: column, kind, nullable }: Column): SortKey['key'] {
  if (typeof kind === 'object') return sql`${column}::text collate "C"`;
  if (nullable !== true) return column;
  if (kind === 'time') return sql`coalesce(${column}, '-infinity'::timestamptz)`;
  return sql`coalesce(${column}::text, '')`;
}

/**
 * @param order names on the wire; of equal ones the newest comes first, or last where the first key ascends
 * @throws RefusedError invalid for a name that is no column to sort by
 */
export function sortKeysOf(
  sql: Sql,
  columns: Columns,
  order: readonly { key: string; direction: Direction }[],
): [SortKey, ...SortKey[]] {
  const newest: SortKey = { key: sql`t.created_at`, direction: order[0]?.direction ?? 'desc' };
  const [first, ...rest] = order.map(({ key, direction }) => {
    const column = Object.hasOwn(columns, key) ? columns[key] : undefined;
    if (column !== undefined && column.unsorted !== true) return { key: sortKeySql(sql, column), direction };
    const message = `This list cannot be sorted by ${key.slice(0, 100)}.`;
    throw new RefusedError([{ rule: 'list.bad-sort-key', code: 'invalid', message }]);
  });
  return first === undefined ? [newest] : [first, ...rest, newest];
}

/** @returns a time in UTC as the volume API writes it, e.g. `2026-11-21T07:00:00.000000` */
export function timeText(sql: Sql, column: Fragment): Fragment {
  return sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
}
