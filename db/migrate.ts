/**
 * Brings a database up to date: our tables, then the queue's.
 */
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as migrateTables } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations as migrateQueue } from 'graphile-worker';
import postgres from 'postgres';
import { socketOptions } from './socket-url';

/** Any number does, as long as every Mooring uses the same: two that start at once migrate one after the other. */
const MIGRATION_LOCK = 727_001;

/**
 * Applies what is missing; a second call changes nothing.
 * @param url database to migrate
 * @throws what Postgres says when a migration fails; what was applied before stays, the failing one does not
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { ...socketOptions(url), max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrateTables(drizzle(client), {
      migrationsFolder: path.resolve(import.meta.dirname, 'migrations'),
    });
    await migrateQueue({ connectionString: url });
  } finally {
    await client.end();
  }
}
