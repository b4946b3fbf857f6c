/**
 * `npm start` and `npm run dev`: installs and builds what is missing, then runs the server process and passes on
 * signals and exit code. Plain JavaScript on Node's own modules, because it runs before anything is installed.
 *
 * With `--dev` nothing is built, pages are compiled on the fly, and the server process is started again when its own
 * sources change.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { install, root } from './install.mjs';

const dev = process.argv.includes('--dev');
const stopping = new AbortController();
/** @type {import('node:child_process').ChildProcess | null} */
let server = null;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    stopping.abort();
    server?.kill(signal);
  });
}

// npm that is killed cannot pass anything on; then we belong to nobody and must not keep the port.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1_000).unref();
}

/** @returns {Promise<number>} exit code of the server process; above 128 the number of the signal that killed it */
function runServer() {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'server/main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // The channel carries nothing; its end tells the server that we are gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  server = child;
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)));
  });
}

/** Runs the server again and again, each time its sources have changed. */
async function runServerForDevelopment() {
  /** @type {(change: 'changed') => void} */
  let changed = () => {};
  /** @type {NodeJS.Timeout | undefined} */
  let settling;
  for (const folder of ['server', 'db']) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (!name || !/\.(ts|sql)$/.test(name) || name.endsWith('.test.ts')) return;
      clearTimeout(settling);
      settling = setTimeout(() => changed('changed'), 200);
    });
  }
  for (;;) {
    const change = new Promise((resolve) => {
      changed = resolve;
    });
    const exit = runServer();
    const first = await Promise.race([exit, change]);
    if (first === 'changed') {
      process.stdout.write('Sources of the server changed: starting it again\n');
      server?.kill('SIGTERM');
      await exit;
    } else if (stopping.signal.aborted || first === 0) {
      return first;
    } else {
      process.stdout.write('The server ended; it starts again when its sources change\n');
      stopping.signal.addEventListener('abort', () => process.exit(0), { once: true });
      await change;
    }
    if (stopping.signal.aborted) return 0;
  }
}

let code = install();
if (code === 0 && !dev) code = await buildConsole(stopping.signal);
if (stopping.signal.aborted) code = 130;
if (code === 0) code = await (dev ? runServerForDevelopment() : runServer());
process.exit(code);
