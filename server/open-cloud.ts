import postgres from 'postgres';
import { type Database, openDatabase } from '~/db/client';
import { startEmbedded } from '~/db/embedded/start';
import { migrate } from '~/db/migrate';
import { ensureDefaultType, ensureFirstAdmin, hasDemoCloud, loadDemoCloud } from '~/db/seed';
import { socketOptions } from '~/db/socket-url';
import { StartError } from '~/db/start-error';
import type { Ending } from './ending';
import type { Settings } from './settings';
import { within } from './within';

/** Processes that start on one database at once fill it one after the other. */
const fillLock = 7_305_229_515;

/**
 * Opens the database, embedded or given, brings it up to date, and puts in what the very first start needs.
 *
 * @param secretKey seals what the demo cloud knows of connections
 * @param ending gets what closes it again
 * @param options.usersNeeded whether a database where nobody can log in is refused
 * @returns the database, and whether the demo accounts are in it
 * @throws StartError in plain words
 */
export async function openCloud(
  settings: Settings,
  secretKey: Uint8Array,
  ending: Ending,
  { usersNeeded } = { usersNeeded: true },
): Promise<{ database: Database; demo: boolean }> {
  if (settings.databaseUrl) await reach(settings.databaseUrl);
  const url = settings.databaseUrl ?? (await openEmbedded(settings, ending));
  ending.signal.throwIfAborted();
  const database = openDatabase(url);
  ending.add('database pools', () => database.close());
  await migrate(url);
  ending.signal.throwIfAborted();
  return { database, demo: await fill(database, settings, secretKey, usersNeeded) };
}

async function openEmbedded({ dataDir }: Settings, ending: Ending): Promise<string> {
  const embedded = await startEmbedded({
    dataDir,
    onLost: (reason) => {
      process.stderr.write(`${reason instanceof Error ? reason.message : reason}\n`);
      ending.ask(1);
    },
  });
  ending.add('embedded Postgres', () => embedded.stop());
  return embedded.url;
}

/** Asks once, to tell a wrong address from a defect of ours. Neither libraries nor we put the password in a message. */
async function reach(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const sql = postgres(url, { ...socketOptions(url), max: 1 });
  try {
    // The library has a time limit of its own, but tries for ever where somebody accepts and hangs up.
    await within(10_000, sql`select 1`.execute());
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    const at = `${decodeURIComponent(hostname)}:${port || 5432}`;
    throw new StartError(
      name === 'PostgresError'
        ? `DATABASE_URL is refused by the database at ${at}: ${message}`
        : `DATABASE_URL cannot be reached: no Postgres answers at ${at} (${code ?? message})`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function fill(
  database: Database,
  settings: Settings,
  secretKey: Uint8Array,
  usersNeeded: boolean,
): Promise<boolean> {
  const alone = await database.sql.reserve();
  try {
    await alone`select pg_advisory_lock(${fillLock})`;
    if (settings.demo) await loadDemoCloud(database, secretKey);
    const demo = await hasDemoCloud(database);
    if (!demo && settings.adminPassword) await ensureFirstAdmin(database, settings.adminPassword);
    const [users] = await alone`select from users where password_hash is not null limit 1`;
    if (!users && usersNeeded) {
      throw new StartError(
        'MOORING_ADMIN_PASSWORD is not set: the first start on a database without users makes the user admin with it',
      );
    }
    await ensureDefaultType(database, settings.choices.defaultVolumeTypeId);
    return demo;
  } finally {
    await alone`select pg_advisory_unlock(${fillLock})`;
    alone.release();
  }
}
