import { type Database, openDatabase } from '~/db/client';
import { startEmbedded } from '~/db/embedded/start';
import { migrate } from '~/db/migrate';
import { ensureFirstAdmin, hasDemoCloud, loadDemoCloud } from '~/db/seed';
import { StartError } from '~/db/start-error';
import type { Ending } from './ending';
import type { Settings } from './settings';

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
  const url = settings.databaseUrl ?? (await openEmbedded(settings, ending));
  ending.signal.throwIfAborted();
  const database = openDatabase(url);
  ending.add('database pools', () => database.close());
  if (settings.databaseUrl) await reach(database);
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
async function reach(database: Database): Promise<void> {
  const { hostname, port } = new URL(database.url);
  try {
    await database.sql`select 1`;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const at = `${decodeURIComponent(hostname)}:${port || 5432}`;
    // Five digits or letters are an SQLSTATE: the server answered.
    const answered = /^[0-9A-Z]{5}$/.test(code ?? '');
    throw new StartError(
      answered
        ? `DATABASE_URL is refused by the database at ${at}: ${message}`
        : `DATABASE_URL cannot be reached: no Postgres answers at ${at} (${code ?? message})`,
    );
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
    return demo;
  } finally {
    await alone`select pg_advisory_unlock(${fillLock})`;
    alone.release();
  }
}
