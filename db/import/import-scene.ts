/**
 * What the tests of an import have in common.
 */
import type { Database } from '~/db/client';
import { type ImportReport, importInventory } from './import-inventory';
import { takeInventory } from './inventory';
import { TEST_KEY } from './test-cloud';
import { filesOf } from './test-documents';

export function bringIn(database: Database, cloud: object): Promise<ImportReport> {
  return importInventory(database, TEST_KEY, takeInventory(filesOf(cloud)));
}

/** Every row of every table, as text: what must not change when nothing changes. */
export async function everything(database: Database): Promise<Record<string, unknown>> {
  const tables = await database.sql`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const dump: Record<string, unknown> = {};
  for (const { name } of tables) {
    dump[name] = await database.sql`select t::text as row from ${database.sql(name)} t order by 1`;
  }
  return dump;
}
