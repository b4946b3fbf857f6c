import { spawn } from 'node:child_process';
import { chown, mkdtemp, open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cluster } from './cluster';
import { command, reasonIn } from './program';

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
  const { binaries, durable, folder, identity, log } = cluster;
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
  const { first, rest, as } = command(identity, binaries.postgres, ['-D', folder, ...options]);
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
