/**
 * For tests: an empty, migrated database that goes when the test has ended.
 */
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '~/db/client';
import { createTestDatabase } from '~/db/testing';

/** 32 bytes that seal nothing of worth. */
export const TEST_KEY = new Uint8Array(32).fill(11);

export async function openTestCloud(): Promise<Database> {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase(url, { max: 2 });
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  return database;
}

/** @param query what follows `from` */
export async function countRows(database: Database, query: string): Promise<number> {
  const [row] = await database.sql.unsafe(`select count(*)::int as n from ${query}`);
  return Number(row?.n);
}
