import postgres from 'postgres';
import { socketOptions } from './socket-url';

/** A database that somebody made and will remove. */
export interface PassingDatabase {
  readonly url: string;
  /** Removes it, with connections that are still open. */
  drop(): Promise<void>;
}

/**
 * @param serverUrl of a role that may create databases
 * @param name of the new database
 * @param template database to clone; without it the new one is empty
 */
export async function createDatabase(
  serverUrl: string,
  name: string,
  template?: string,
): Promise<PassingDatabase> {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await administer(serverUrl, (sql) =>
    // The log strategy copies a small database faster than a copy of its files, which needs two checkpoints.
    template
      ? sql`create database ${sql(name)} template ${sql(template)} strategy wal_log`
      : sql`create database ${sql(name)}`,
  );
  return {
    url: url.href,
    drop: () => administer(serverUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

async function administer(url: string, task: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { ...socketOptions(url), max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    await task(sql);
  } finally {
    await sql.end();
  }
}
