/**
 * A database for each test file: a clone of one migrated template on one server, both made once per run
 * (`test-postgres.ts`). Cloning takes some 35 ms, migrating many times that.
 */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createDatabase, type PassingDatabase } from './create-database';

/** The server of this run, as every test process sees it. */
export interface TestPostgres {
  /** Of a role that may create databases. */
  readonly url: string;
  /** Name of the migrated database nobody is connected to. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testPostgres: TestPostgres;
  }
}

/** @returns a migrated, empty database of its own */
export async function createTestDatabase(): Promise<PassingDatabase> {
  const { url, template } = inject('testPostgres');
  return createDatabase(url, `mooring_test_${randomBytes(6).toString('hex')}`, template);
}
