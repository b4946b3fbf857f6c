/**
 * `npm run import`: installs what is missing, then runs the import. Plain JavaScript on Node's own modules, because it
 * runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, root } from './install.mjs';

const code = install();
if (code !== 0) process.exit(code);
const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'server/import-cloud.ts'), ...process.argv.slice(2)],
  // npm runs scripts in the project's folder; the folder to import is meant from where the person stands.
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MOORING_CALLED_FROM: process.env.INIT_CWD ?? process.cwd() },
  },
);
// The child takes back what it has begun, and ends; until then we stay.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.once('exit', (status) => process.exit(status ?? 1));
