/**
 * The way to Postgres. Two pools on purpose: drizzle replaces postgres.js's parsers on the client it is given, and the
 * hot paths want the client's own.
 */
import '#server-only';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { socketOptions } from './socket-url';

export interface Database {
  /** Ordinary queries: lists, single reads, seeds. */
  orm: PostgresJsDatabase;
  /** Tagged templates, prepared by the server: transactions and whatever is hot. */
  sql: Sql;
  url: string;
  close(): Promise<void>;
}

/**
 * Opens both pools; connections are made when first used.
 * @param url `postgres://…`; a percent-encoded folder in place of the host names a unix socket
 * @param options.max connections of each pool
 * @param options.name shown in pg_stat_activity
 */
export function openDatabase(url: string, options: { max?: number; name?: string } = {}): Database {
  const connection = {
    ...socketOptions(url),
    max: options.max ?? 10,
    connection: {
      application_name: options.name ?? 'mooring',
      // Lists are asked for by what is rare and by what is common: a plan made for neither reads whole tables of millions.
      plan_cache_mode: 'force_custom_plan' as const,
    },
    // Notices tell of `IF NOT EXISTS` and the like; nobody needs them in the log.
    onnotice: () => undefined,
  };
  const sql = postgres(url, connection);
  const ormClient = postgres(url, connection);
  return {
    sql,
    orm: drizzle(ormClient, { casing: 'snake_case' }),
    url,
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), ormClient.end({ timeout: 5 })]);
    },
  };
}
