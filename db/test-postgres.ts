/** Vitest's global setup: one server and one migrated template for the whole run; nothing of it stays. */
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createDatabase } from './create-database';
import { isAlive } from './embedded/postmaster';
import { discardEmbedded, startEmbedded } from './embedded/start';
import { migrate } from './migrate';

const prefix = 'mooring-test-';

/** @returns what ends the server and removes its data */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  const template = `mooring_template_${process.pid}`;
  const database = await createDatabase(server.url, template);
  await migrate(database.url);
  project.provide('testPostgres', { url: server.url, template });
  return async () => {
    await database.drop();
    await server.stop();
  };
}

/** The server of DATABASE_URL, otherwise one of our own on data that need not survive. */
async function startTestPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  await discardAbandoned();
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startEmbedded({ dataDir, durable: false });
  // Ctrl-C ends vitest before it calls any teardown.
  process.once('exit', () => endAtOnce(dataDir));
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Without waiting for anything; nothing is left to do after an orderly end. */
function endAtOnce(dataDir: string): void {
  try {
    const pid = Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGQUIT');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // The next run removes what is still there.
  }
}

/** Runs that were killed could not clean up. */
async function discardAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await discardEmbedded(join(tmpdir(), name)).catch(() => undefined);
  }
}
