/**
 * The server as it is run in earnest, as a process of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Of the first administrator. */
export const PASSWORD = 'bench-only';

export interface ServerProcess {
  /** Its origin, once it is ready. */
  address: Promise<string>;
  /** @returns its memory in MiB; null where the system does not tell */
  memory(): Promise<number | null>;
  stop(): Promise<void>;
}

/** The server process, without the simulated driver's waits: what is left is ours. */
export function startServer(url: string, dataDir: string): ServerProcess {
  const child = spawn(process.execPath, [path.join(root, 'server/start.mjs')], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      MOORING_DATA_DIR: dataDir,
      MOORING_ADMIN_PASSWORD: PASSWORD,
      MOORING_SIMULATED_LATENCY_MS: '0',
      MOORING_LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      const found = /ready at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    address,
    memory: () => memoryBelow(child),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The child only starts the server, and waits; the server is its child. */
async function memoryBelow({ pid }: ChildProcess): Promise<number | null> {
  try {
    const server = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0];
    const status = await readFile(`/proc/${server}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
  } catch {
    return null;
  }
}
