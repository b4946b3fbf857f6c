import { spawn } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartError } from '~/db/start-error';
import { type Binaries, copyBinaries, findBinaries } from './binaries';
import { chooseIdentity, type Identity, mayAccess } from './identity';

/** A folder of Postgres, and how to run what is in it. */
export interface Cluster {
  /** The folder given by MOORING_DATA_DIR. */
  readonly home: string;
  /** The data folder of Postgres, below it. */
  readonly folder: string;
  readonly log: string;
  readonly binaries: Binaries;
  readonly identity: Identity;
  /** False for data that may be lost, as in tests: nothing waits for the disk. */
  readonly durable: boolean;
}

/** The role Mooring uses; only reachable through a socket in a private folder, hence without a password. */
export const clusterRole = 'mooring';

/** PGDATA and its relatives in the caller's environment must not redirect our server. */
const cleanEnvironment = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  // Postgres does not care; Next's types want it in every environment.
  NODE_ENV: 'production',
} as const;

/**
 * Makes the cluster on the first start, and finds out how it is run.
 *
 * @param home absolute path of the folder for Mooring's data; created if missing
 * @param durable whether commits wait for the disk
 * @returns the cluster, not necessarily running
 * @throws StartError in plain words when this machine or folder cannot hold one
 */
export async function prepareCluster(home: string, durable: boolean): Promise<Cluster> {
  await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `The data folder ${home} cannot be created (${error.code}): set MOORING_DATA_DIR to a folder you may write`,
    );
  });
  const folder = join(home, 'postgres');
  const owner = await ownerOf(folder);
  const identity = chooseIdentity(owner);
  let binaries = await findBinaries();
  if (identity.other) {
    await chmod(home, 0o711);
    if (!mayAccess(identity, '-x', home)) {
      throw new StartError(
        `Postgres does not run as root, this machine forbids user namespaces, and no other user can reach ${home}: set MOORING_DATA_DIR to a folder such as /var/lib/mooring, run as an ordinary user, or set DATABASE_URL`,
      );
    }
    if (!mayAccess(identity, '-x', binaries.postgres))
      binaries = await copyBinaries(binaries, join(home, 'postgres-programs'));
    if (owner === 0) await give(folder, identity.other);
  }
  const cluster: Cluster = { home, folder, log: join(home, 'postgres.log'), binaries, identity, durable };
  if (owner === null) await create(cluster);
  return cluster;
}

async function ownerOf(folder: string): Promise<number | null> {
  return stat(folder).then(
    (found) => found.uid,
    () => null,
  );
}

async function give(folder: string, to: { uid: number; gid: number }): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    await chown(join(folder, name), to.uid, to.gid);
  await chown(folder, to.uid, to.gid);
}

/** Builds under another name first: a start that is killed half-way, or that raced, leaves no half cluster. */
async function create(cluster: Cluster): Promise<void> {
  const { binaries, durable, folder, home, identity } = cluster;
  const prefix = 'postgres.new-';
  const leftovers = (await readdir(home)).filter((name) => name.startsWith(prefix));
  for (const name of leftovers) {
    if (!isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      await rm(join(home, name), { recursive: true });
  }
  const building = await mkdtemp(join(home, `${prefix}${process.pid}-`));
  if (identity.other) await chown(building, identity.other.uid, identity.other.gid);
  const options = [
    ...['-D', building, '--username', clusterRole, '--auth-local', 'trust', '--auth-host', 'reject'],
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    ...(durable ? [] : ['--no-sync']),
  ];
  const { code, output } = await run(cluster, binaries.initdb, options);
  if (code !== 0) {
    await rm(building, { recursive: true, force: true });
    throw new StartError(`The embedded Postgres cannot be set up in ${home}: ${reasonIn(output)}`);
  }
  await rename(building, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(building, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

function command({ identity }: Cluster, program: string, options: readonly string[]) {
  const [first = program, ...rest] = [...identity.prefix, program, ...options];
  return { first, rest, as: { ...identity.other, env: cleanEnvironment, cwd: '/' } };
}

async function run(cluster: Cluster, program: string, options: readonly string[]) {
  const { first, rest, as } = command(cluster, program, options);
  const child = spawn(first, rest, { ...as, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += `FATAL: ${error.message}`;
      resolve(-1);
    });
    child.once('close', (exit) => resolve(exit ?? -1));
  });
  return { code, output };
}

/**
 * @param cluster whose server needs a socket
 * @returns a folder for the socket: the cluster's own, or a private one where that path is too long for a socket
 */
export async function socketFolder(cluster: Cluster): Promise<string> {
  const longest = process.platform === 'darwin' ? 103 : 107;
  if (Buffer.byteLength(join(cluster.folder, '.s.PGSQL.5432.lock')) <= longest) return cluster.folder;
  const folder = await mkdtemp(join(tmpdir(), 'mooring-socket-'));
  if (cluster.identity.other) await chown(folder, cluster.identity.other.uid, cluster.identity.other.gid);
  return folder;
}

/**
 * @param folder data folder of Postgres
 * @returns what runs on it, as Postgres itself wrote it down, or what a killed one left behind; null when
 * nothing does, or when the note came with a copy of another folder
 */
export async function readPostmaster(folder: string): Promise<{ pid: number; socket: string } | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  // Lines: pid, data folder, start time, port, socket folder, …
  const [pid, noted, , , socket] = text.split('\n');
  if (!(Number(pid) > 0) || !noted || !socket) return null;
  const same = (await realpath(noted).catch(() => noted)) === (await realpath(folder));
  return same ? { pid: Number(pid), socket } : null;
}

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches Mooring alone and Mooring stops it last.
 *
 * @param socket folder of its socket
 * @returns `ended()`, which gives the reason once the program has ended, and null before
 */
export async function launch(cluster: Cluster, socket: string): Promise<{ ended(): string | null }> {
  const { binaries, durable, folder, log } = cluster;
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { first, rest, as } = command(cluster, binaries.postgres, ['-D', folder, ...options]);
  const grown = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  const file = await open(log, grown > 10_000_000 ? 'w' : 'a', 0o600);
  const from = (await file.stat()).size;
  const child = spawn(first, rest, { ...as, detached: true, stdio: ['ignore', file.fd, file.fd] });
  child.unref();
  let reason: string | null = null;
  child.once('error', (error) => {
    reason = error.message;
  });
  child.once('exit', async () => {
    const written = await readFile(log).catch(() => Buffer.alloc(0));
    reason = reasonIn(written.subarray(from).toString('utf8'));
  });
  await file.close();
  return { ended: () => reason };
}

/** The first thing Postgres calls an error, without its time stamp, with its details on the same line. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line));
  if (first < 0) return lines.filter(Boolean).at(-1) ?? 'it ended without a word';
  return lines
    .slice(first, first + 3)
    .filter((line, at) => at === 0 || /\b(DETAIL|HINT|detail|hint):/.test(line))
    .map((line) => line.replace(/^.*?\b(FATAL|PANIC|ERROR|DETAIL|HINT|error|detail|hint):\s*/, ''))
    .join(' ');
}

/**
 * Stops the server: first as an administrator would, with a checkpoint; when that hangs, at once, to be recovered
 * by the next start.
 *
 * @param folder data folder of Postgres
 */
export async function stopPostmaster(folder: string): Promise<void> {
  const running = await readPostmaster(folder);
  if (running) {
    for (const [signal, patience] of [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5_000],
    ] as const) {
      kill(running.pid, signal);
      if (await gone(folder, running.pid, patience)) break;
    }
    if (dirname(running.socket) === tmpdir()) await rm(running.socket, { recursive: true, force: true });
  }
}

async function gone(folder: string, pid: number, patience: number): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if ((await readPostmaster(folder))?.pid !== pid) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** @returns whether a process of this number exists, whoever owns it */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
