/**
 * `npm run conformance`, `npm run tempest` and `npm run clients`: installs and builds what is missing, then runs the
 * program of that name. Plain JavaScript on Node's own modules, because it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildConsole } from '../server/build-console.mjs';
import { install, root } from '../server/install.mjs';
import { missingCommands } from './clients/commands.mjs';
import { findMaterial } from './conformance/material.mjs';

const [name = '', ...options] = process.argv.slice(2);
// Better known before a minute is spent on building.
const needed = name === 'clients' ? missingCommands() : findMaterial();
if (typeof needed === 'string') {
  process.stderr.write(`${needed}\n`);
  process.exit(1);
}

const building = new AbortController();
/** @type {import('node:child_process').ChildProcess | undefined} */
let child;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    building.abort();
    child?.kill(signal);
  });
}

const code = install() || (await buildConsole(building.signal));
if (building.signal.aborted) process.exit(130);
if (code !== 0) process.exit(code);
child = spawn(process.execPath, ['--import', 'tsx', join(root, 'e2e', name, 'run.ts'), ...options], {
  cwd: root,
  // The channel carries nothing; its end tells the program that we are gone.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, MOORING_CALLED_FROM: process.env.INIT_CWD ?? process.cwd() },
});
child.once('exit', (status) => process.exit(status ?? 1));
