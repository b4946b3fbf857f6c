/**
 * Writes made rows: inserts what is new, leaves alone what was made from the same documents before (whatever has happened
 * to it here since), and updates the columns that differ of what was not.
 */
import { and, eq, getTableColumns, getTableName, inArray, or, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Made } from '~/db/import/rows/row';
import { sameJson } from '~/db/import/same-json';
import type { Fate } from './archive';
import { inChunks } from './chunks';
import type { Orm } from './known';

export type Tally = Record<Fate, number>;

/** A row that was there and has been brought in line with its documents. */
export interface RowChange {
  table: string;
  /** Its primary key, joined. */
  key: string;
  columns: string[];
}

type Row = Record<string, unknown>;

/**
 * @param made rows without duplicates
 * @param fates of the documents that came in
 * @returns how many rows were new, unchanged and changed; those written; and in which columns those changed that were there
 */
export async function loadTable<Table extends PgTable>(
  orm: Orm,
  table: Table,
  made: readonly Made<Table['$inferInsert']>[],
  fates: ReadonlyMap<string, Fate>,
): Promise<{ tally: Tally; written: Table['$inferInsert'][]; changes: RowChange[] }> {
  const tally: Tally = { new: 0, unchanged: 0, changed: 0 };
  const written: Table['$inferInsert'][] = [];
  const rowChanges: RowChange[] = [];
  const keys = keyColumns(table);
  await inChunks(made, async (chunk) => {
    const there = await existingRows(orm, table, keys, chunk);
    const fresh: Table['$inferInsert'][] = [];
    for (const { row, from } of chunk) {
      const before = there.get(keyOf(row, keys));
      const changes = before === undefined ? null : differing(before, row);
      if (before === undefined) {
        fresh.push(row);
        tally.new += 1;
      } else if (changes === null || from.every((source) => fates.get(source) === 'unchanged')) {
        tally.unchanged += 1;
      } else {
        await orm.update(table).set(changes).where(isRow(row, keys));
        written.push(row);
        tally.changed += 1;
        rowChanges.push({
          table: getTableName(table),
          key: keys.map(({ member }) => String((row as Row)[member])).join(' '),
          columns: Object.keys(changes),
        });
      }
    }
    if (fresh.length > 0) await orm.insert(table).values(fresh);
    written.push(...fresh);
  });
  return { tally, written, changes: rowChanges };
}

interface Key {
  /** Name of the member in a row. */
  member: string;
  column: PgColumn;
}

function keyColumns(table: PgTable): Key[] {
  const composite = getTableConfig(table).primaryKeys[0]?.columns.map((column) => column.name);
  return Object.entries(getTableColumns(table))
    .filter(([, column]) => (composite === undefined ? column.primary : composite.includes(column.name)))
    .map(([member, column]) => ({ member, column }));
}

function keyOf(row: Row, keys: readonly Key[]): string {
  return JSON.stringify(keys.map(({ member }) => row[member]));
}

function isRow(row: Row, keys: readonly Key[]): SQL | undefined {
  return and(...keys.map(({ member, column }) => eq(column, row[member])));
}

function isOneOf(chunk: readonly Made<Row>[], keys: readonly Key[]): SQL | undefined {
  const [only, ...more] = keys;
  if (only !== undefined && more.length === 0) {
    return inArray(
      only.column,
      chunk.map(({ row }) => row[only.member]),
    );
  }
  return or(...chunk.map(({ row }) => isRow(row, keys)));
}

async function existingRows(
  orm: Orm,
  table: PgTable,
  keys: readonly Key[],
  chunk: readonly Made<Row>[],
): Promise<Map<string, Row>> {
  const rows: Row[] = await orm.select().from(table).where(isOneOf(chunk, keys));
  return new Map(rows.map((row) => [keyOf(row, keys), row]));
}

/** @returns members of `row` that differ from what is there; null when none does */
function differing(before: Row, row: Row): Row | null {
  const changes = Object.entries(row).filter(
    ([member, value]) => !sameJson(before[member] ?? null, value ?? null),
  );
  return changes.length === 0 ? null : Object.fromEntries(changes);
}
