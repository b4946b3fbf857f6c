/**
 * `npm test` and `npm run check`: installs what is missing, runs the checks in order, all of them even when one fails,
 * and ends with the line "N passed, N failed". Plain JavaScript on Node's own modules, because it runs before anything
 * is installed.
 *
 * Names of checks as arguments run those only, e.g. `npm test -- build browser`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from '../server/build-console.mjs';
import { install, root } from '../server/install.mjs';
import { missingCommands } from './clients/commands.mjs';
import { findMaterial } from './conformance/material.mjs';
import { failedStories, failedUnitTests } from './failed-tests.mjs';

const results = join(root, '.test');

/**
 * @typedef {object} Check
 * @property {string} title
 * @property {() => Promise<number>} run gives an exit code
 * @property {() => { passed: number; failed: number }} [count] test cases, from what the run has written
 * @property {() => string[]} [retell] names and errors of failed test cases, from the same
 * @property {string} [needs] check that must have passed, if it ran
 * @property {() => string | null} [missing] why it cannot run on this machine
 */

/** @type {Record<string, Check>} */
const checks = {
  types: {
    title: 'Types',
    run: async () => (await tool('next', 'typegen')) || (await tool('tsc', '--noEmit')),
  },
  lint: { title: 'Lint and format', run: () => tool('biome', 'check', '--error-on-warnings') },
  walls: {
    title: 'Architecture walls',
    run: () => tool('depcruise', '--config', 'server/boundaries.mjs', 'app', 'server', 'db', 'e2e'),
  },
  unused: { title: 'Unused code', run: () => tool('knip') },
  tests: {
    title: 'Unit and service tests',
    run: () =>
      tool(
        ...['vitest', 'run', '--config', 'server/vitest.config.ts'],
        ...['--reporter', 'default', '--reporter', 'json', '--outputFile.json', join(results, 'tests.json')],
        ...['--reporter', './e2e/failed-hooks.mjs'],
      ),
    count: () => {
      const { numPassedTests, numFailedTests } = read('tests.json');
      return { passed: numPassedTests, failed: numFailedTests };
    },
    retell: () => failedUnitTests(read('tests.json'), join(root, '/'), read('hooks.json')),
  },
  build: { title: 'Build', run: () => buildConsole() },
  browser: {
    title: 'End to end, in a browser',
    run: async () => {
      const { findBrowser } = await import('./browser.mjs');
      const { from, executablePath } = await findBrowser();
      say(`The browser is from ${from}: ${executablePath}\n`);
      return tool('playwright', 'test', '--config', 'e2e/playwright.config.ts');
    },
    count: () => {
      const { expected, unexpected, flaky } = read('e2e.json').stats;
      return { passed: expected + flaky, failed: unexpected };
    },
    retell: () => failedStories(read('e2e.json')),
    needs: 'build',
  },
  conformance: {
    title: 'Answers of a real cloud',
    run: () => program('--import', 'tsx', 'e2e/conformance/run.ts'),
    missing: () => {
      const material = findMaterial();
      return typeof material === 'string' ? material : null;
    },
    needs: 'build',
  },
  clients: {
    title: "OpenStack's own clients",
    run: () => program('--import', 'tsx', 'e2e/clients/run.ts'),
    count: () => {
      const { numPassedTests, numFailedTests } = read('clients.json');
      return { passed: numPassedTests, failed: numFailedTests };
    },
    retell: () => failedUnitTests(read('clients.json'), join(root, '/')),
    missing: missingCommands,
    needs: 'build',
  },
};

/** @param {string} text */
function say(text) {
  process.stdout.write(text);
}

/** @param {string} file */
function read(file) {
  return JSON.parse(readFileSync(join(results, file), 'utf8'));
}

/** Whatever the caller's environment says, tests decide themselves what they run as. */
const { NODE_ENV: _ignored, ...environment } = process.env;

/**
 * @param {string[]} command name of an installed program, and its arguments
 * @returns {Promise<number>} exit code
 */
function tool(...[name = '', ...options]) {
  return start(join(root, 'node_modules/.bin', name), options);
}

/**
 * @param {string[]} options of Node, the program among them
 * @returns {Promise<number>} exit code
 */
function program(...options) {
  return start(process.execPath, options);
}

/** @param {string} command @param {string[]} options @returns {Promise<number>} exit code */
function start(command, options) {
  const child = spawn(command, options, {
    cwd: root,
    env: /** @type {NodeJS.ProcessEnv} */ ({ ...environment, NEXT_TELEMETRY_DISABLED: '1' }),
    stdio: 'inherit',
  });
  running = child;
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

/**
 * @param {Check} check
 * @returns {Promise<{ passed: number; failed: number; failures: string[] }>} a failure that is not of a test case
 *   counts as one
 */
async function perform(check) {
  const code = await check.run().catch((error) => {
    say(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  });
  let { passed, failed } = { passed: 0, failed: 0 };
  /** @type {string[]} */
  let failures = [];
  try {
    ({ passed, failed } = check.count?.() ?? { passed, failed });
    failures = check.retell?.() ?? [];
  } catch {
    // The run broke before it wrote anything; its exit code tells.
  }
  failed ||= Number(code !== 0);
  if (failed > 0 && failures.length === 0)
    failures = [`${check.title}\n    what is wrong stands above, below this heading`];
  return { passed, failed, failures };
}

/** @param {string[]} names @returns {Promise<number>} exit code */
async function main(names) {
  const unknown = names.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no check ${unknown.join(', ')}: there are ${Object.keys(checks).join(', ')}\n`,
    );
    return 2;
  }
  if (install() !== 0) {
    say('\n0 passed, 1 failed\n');
    return 1;
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const sum = { passed: 0, failed: 0 };
  /** @type {Record<string, string>} */
  const outcomes = {};
  /** @type {string[]} */
  const retold = [];
  for (const [name, check] of Object.entries(checks)) {
    if (interrupted || (names.length > 0 && !names.includes(name))) continue;
    if (check.needs && outcomes[check.needs] === 'FAILED') {
      outcomes[name] = 'skipped';
      continue;
    }
    say(`\n── ${check.title} ${'─'.repeat(Math.max(0, 70 - check.title.length))}\n`);
    const missing = check.missing?.() ?? null;
    if (missing !== null) {
      say(`${missing} Nothing was run.\n`);
      outcomes[name] = 'skipped';
      continue;
    }
    const started = Date.now();
    const { passed, failed, failures } = await perform(check);
    retold.push(...failures);
    sum.passed += passed;
    sum.failed += failed;
    outcomes[name] = failed > 0 ? 'FAILED' : 'ok';
    times[name] = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  }
  if (retold.length > 0) say(`\n── What failed ${'─'.repeat(59)}\n${retold.join('\n')}\n`);
  say(`\n── Summary ${'─'.repeat(63)}\n`);
  for (const [name, outcome] of Object.entries(outcomes)) {
    say(`${outcome.padEnd(8)} ${checks[name]?.title.padEnd(28)} ${(times[name] ?? '').padStart(8)}\n`);
  }
  say(`\n${sum.passed} passed, ${sum.failed} failed\n`);
  if (interrupted) return 130;
  return sum.failed === 0 ? 0 : 1;
}

/** @type {Record<string, string>} */
const times = {};

process.exit(await main(process.argv.slice(2)));
