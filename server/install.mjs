/** Brings node_modules in line with package-lock.json. Runs before anything is installed: Node's own modules only. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Oldest Node that runs Mooring, as `engines` in package.json says. */
const oldestNode = [20, 12];

/** @param {string} path @returns {Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>} */
function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(`${root}${path}`, 'utf8')).packages;
  } catch {
    return {};
  }
}

/**
 * Compares with the list that npm leaves in node_modules as the last step of an installation, so that one that was
 * broken off, or is of an older commit, counts as missing, and one made by hand with `npm install` does not.
 *
 * @returns {boolean}
 */
function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, optional, devOptional }]) =>
      // Packages for other platforms are left out on purpose.
      path === '' || optional || devOptional || installed[path]?.version === version,
  );
}

/**
 * Installs what is missing, with npm's output for the person who waits.
 *
 * @returns {number} exit code; other than 0 when Node is too old or npm failed, which then has said why
 */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    process.stderr.write(
      `Mooring needs Node ${oldestNode.join('.')} or newer, this is ${process.versions.node}\n`,
    );
    return 1;
  }
  if (isInstalled()) return 0;
  process.stdout.write('Installing the packages of Mooring (once, about a minute)\n');
  // The console is built here, so that packages for development are needed in production too.
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const { status, error } = spawnSync(command ?? 'npm', [...first, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) process.stderr.write(`npm cannot be run (${error.message})\n`);
  return error ? 1 : (status ?? 1);
}
