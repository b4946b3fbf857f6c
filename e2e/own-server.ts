/** The real server, as a process of its own with a database of its own: for stories, and for what asks it from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '~/db/create-database';
import { clusterRole } from '~/db/embedded/cluster';
import { readPostmaster } from '~/db/embedded/postmaster';
import { discardEmbedded } from '~/db/embedded/start';
import { socketUrl } from '~/db/socket-url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** How long the server may take to start, in ms; slow machines migrate slowly. */
const patience = 120_000;

export interface OwnServer {
  /** e.g. `http://127.0.0.1:43210` */
  readonly base: string;
  readonly databaseUrl: string;
  /** Folder of its secret key, and of the embedded database where no other is given. */
  readonly dataDir: string;
  /** Ends it and removes all it kept. @throws Error when it does not end well */
  stop(): Promise<void>;
}

/**
 * Starts the server with pages that were built before. Its database is made on the server of DATABASE_URL, or is an
 * embedded one.
 *
 * @param options.name of the file below `.test` that gets its output
 * @param options.env variables of the server beside those that keep it apart from others; PORT is any free one
 * @param options.signal breaks the start off
 * @throws Error with the server's output when it does not start
 */
export async function startOwnServer(options: {
  name: string;
  env: Record<string, string>;
  signal?: AbortSignal;
}): Promise<OwnServer> {
  const given = process.env.DATABASE_URL;
  const database = given
    ? await createDatabase(given, `mooring_e2e_${randomBytes(6).toString('hex')}`)
    : undefined;
  // Named like the folders of other tests, whose setup removes what a killed run has left.
  const dataDir = await mkdtemp(join(tmpdir(), `mooring-test-${process.pid}-`));
  const log = join(root, '.test', `${options.name}.log`);
  await mkdir(join(root, '.test'), { recursive: true });
  const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: {
      ...withoutSettings(process.env),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOST: '127.0.0.1',
      PORT: '0',
      PUBLIC_URL: '',
      MOORING_DATA_DIR: dataDir,
      MOORING_LOG_LEVEL: 'info',
      DATABASE_URL: database?.url ?? '',
      ...options.env,
    },
    // The channel ends with us, and the server with it.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = createWriteStream(log);
  server.stdout?.pipe(output, { end: false });
  server.stderr?.pipe(output, { end: false });
  const exited = new Promise<number>((resolve) => server.once('exit', (code) => resolve(code ?? 1)));
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    const code = await exited;
    await new Promise<void>((resolve) => output.end(resolve));
    await database?.drop();
    await discardEmbedded(dataDir);
    if (code !== 0) throw new Error(`The server ended with ${code}, see ${log}`);
  };
  try {
    const port = await portOf(server, options.signal);
    const databaseUrl = database?.url ?? (await embeddedUrl(dataDir));
    return { base: `http://127.0.0.1:${port}`, databaseUrl, dataDir, stop };
  } catch (reason) {
    await stop().catch(() => undefined);
    options.signal?.throwIfAborted();
    const said = await readFile(log, 'utf8').catch(() => 'Its output is gone.');
    throw new Error(`The server did not start (${reason}):\n${said}`);
  }
}

/** Settings of the person's own Mooring are not meant for this one. */
function withoutSettings(env: NodeJS.ProcessEnv): Partial<NodeJS.ProcessEnv> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('MOORING_')));
}

/** @returns the port that its greeting names, which it prints once it listens */
function portOf(server: ChildProcess, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk;
      const port = /ready at http:\/\/\S+:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
    server.once('exit', (code) => reject(`it ended with ${code}`));
    setTimeout(() => reject(`not within ${patience / 1000} s`), patience).unref();
    signal?.addEventListener('abort', () => reject('interrupted'), { once: true });
    if (signal?.aborted) reject('interrupted');
  });
}

async function embeddedUrl(dataDir: string): Promise<string> {
  const postmaster = await readPostmaster(join(dataDir, 'postgres'));
  if (postmaster === null) throw new Error(`The server runs without the database in ${dataDir}`);
  return socketUrl(postmaster.socket, clusterRole, 'mooring');
}
