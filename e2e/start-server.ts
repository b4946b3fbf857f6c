/** Playwright's global setup: the real, built server, with a database of its own and the demo cloud in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '~/db/create-database';
import { clusterRole } from '~/db/embedded/cluster';
import { readPostmaster } from '~/db/embedded/postmaster';
import { socketUrl } from '~/db/socket-url';

const root = fileURLToPath(new URL('..', import.meta.url));
const log = join(root, '.test/server.log');

/** How long the server may take to start, in ms; slow machines migrate slowly. */
const patience = 60_000;

/** @returns what stops the server, and fails when it does not stop well */
export default async function startServer(): Promise<() => Promise<void>> {
  const port = process.env.MOORING_E2E_PORT ?? '';
  // Named like the folders of other tests, whose setup removes what a killed run has left.
  const dataDir = await mkdtemp(join(tmpdir(), `mooring-test-${process.pid}-`));
  const given = process.env.DATABASE_URL;
  const database = given
    ? await createDatabase(given, `mooring_e2e_${randomBytes(6).toString('hex')}`)
    : undefined;
  await mkdir(join(root, '.test'), { recursive: true });
  const output = await open(log, 'w');
  const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOST: '127.0.0.1',
      PORT: port,
      PUBLIC_URL: '',
      MOORING_DATA_DIR: dataDir,
      MOORING_DEMO: '1',
      MOORING_LOG_LEVEL: 'info',
      MOORING_SIMULATED_LATENCY_MS: '20-60',
      DATABASE_URL: database?.url ?? '',
    },
    // The channel ends with us, and the server with it.
    stdio: ['ignore', output.fd, output.fd, 'ipc'],
  });
  await output.close();
  const exited = new Promise<number>((resolve) => {
    server.once('exit', (code) => resolve(code ?? 1));
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    const code = await exited;
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
    if (code !== 0) throw new Error(`The server ended with ${code}, see ${log}`);
  };
  if (!(await isReady(server, port))) {
    await stop().catch(() => undefined);
    throw new Error(`The server did not start:\n${await readFile(log, 'utf8')}`);
  }
  // Workers inherit these: a story makes its project straight in the database, and may import beside the server.
  process.env.MOORING_E2E_DATA_DIR = dataDir;
  process.env.MOORING_E2E_DATABASE_URL = database?.url ?? (await embeddedUrl(dataDir));
  return stop;
}

async function embeddedUrl(dataDir: string): Promise<string> {
  const postmaster = await readPostmaster(join(dataDir, 'postgres'));
  if (postmaster === null) throw new Error(`The server runs without the database in ${dataDir}`);
  return socketUrl(postmaster.socket, clusterRole, 'mooring');
}

async function isReady(server: ChildProcess, port: string): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end && server.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
