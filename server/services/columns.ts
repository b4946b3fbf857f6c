/**
 * From members of a world's rows to columns of tables.
 */
import type { JSONValue, TransactionSql } from 'postgres';
import type { TableName } from '~/server/domain/engine/world';

/** Members whose column is called something else than the member in snake_case. */
const RENAMED: Partial<Record<TableName, Record<string, string>>> = {
  volume: { typeId: 'volume_type_id' },
  volumeType: { public: 'is_public' },
  image: { protected: 'is_protected' },
};

/** Members that are not columns: derived ones, and those kept in a table of their own. */
const NO_COLUMN: Partial<Record<TableName, readonly string[]>> = {
  server: ['launched'],
  volume: ['transfer'],
  volumeType: ['access', 'encryption'],
};

const JSON_MEMBERS = [
  'metadata',
  'imageMetadata',
  'extraSpecs',
  'specs',
  'properties',
  'flavor',
  'former',
  'tags',
];

/**
 * @param members of a row, or of a change to one; those that are undefined are left out
 * @returns values by column, as postgres.js takes them
 */
export function toColumns(sql: TransactionSql, table: TableName, members: object): Record<string, Column> {
  const entries = Object.entries(members).filter(
    ([name, value]) => value !== undefined && NO_COLUMN[table]?.includes(name) !== true,
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [
      RENAMED[table]?.[name] ?? snake(name),
      JSON_MEMBERS.includes(name) && value !== null ? sql.json(value as JSONValue) : (value as Column),
    ]),
  );
}

type Column = string | number | boolean | null | ReturnType<TransactionSql['json']>;

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
