/** Builds the console when what it is made from has changed. Runs before any TypeScript: plain JavaScript. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** All that can end up in the build. Of server/trpc it is types only, but they are cheap to include. */
const sources = [
  'app',
  'public',
  'server/domain',
  'server/trpc',
  'next.config.mjs',
  '.postcssrc.json',
  'tsconfig.json',
  'package-lock.json',
];

const stamp = join(root, '.next/mooring-sources');

/** @returns {string} a hash over names and contents of the sources, and over the Node that builds */
function hashSources() {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    const path = join(root, source);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    const names = isFolder ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
    for (const name of names) {
      const file = join(path, name);
      if (/\.test\.tsx?$/.test(file) || !statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
      hash.update(`\0${source}/${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** @returns {boolean} whether the last build was of these very sources and came to its end */
function isFresh() {
  try {
    return readFileSync(stamp, 'utf8') === hashSources();
  } catch {
    return false;
  }
}

/**
 * @param {AbortSignal} [signal] breaks the build off
 * @returns {Promise<number>} exit code; the output of a failed build is on stderr
 */
export async function buildConsole(signal) {
  if (isFresh()) return 0;
  process.stdout.write('Building the console (after changes only, less than a minute)\n');
  const hash = hashSources();
  rmSync(stamp, { force: true });
  const next = join(root, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (exit) => resolve(exit ?? 1));
  });
  if (code === 0) {
    mkdirSync(join(root, '.next'), { recursive: true });
    writeFileSync(stamp, hash);
  } else if (!signal?.aborted) {
    process.stderr.write(`${output}\nThe console could not be built.\n`);
  }
  return code;
}
