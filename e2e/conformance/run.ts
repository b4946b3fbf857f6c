/**
 * `npm run conformance -- [options]`: asks a fresh Mooring what a real cloud was asked, and says where its answers
 * disagree with the recorded ones. The options are those of the material's `run.py`.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand, runProgram } from './command';
import { findMaterial } from './material.mjs';
import { openConformanceCloud } from './open-cloud';

/** Where nobody says otherwise. */
const REPORT = fileURLToPath(new URL('../../.test/conformance.md', import.meta.url));
const FAIL_UNDER = '99';

/** A script of ours that puts a row into a state which no call reaches; the runner adds what and which. */
function forceCommand(): string {
  const script = fileURLToPath(new URL('force.ts', import.meta.url));
  const loader = import.meta.resolve('tsx');
  return [process.execPath, '--import', loader, script].map((word) => `'${word}'`).join(' ');
}

/** @returns the options with what Mooring's own command adds where the person has not decided */
function completed(args: string[]): string[] {
  const { values } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: { report: { type: 'string' }, 'fail-under': { type: 'string' } },
  });
  return [
    ...(values.report === undefined ? ['--report', REPORT] : []),
    ...(values['fail-under'] === undefined ? ['--fail-under', FAIL_UNDER] : []),
    ...args,
  ];
}

await runCommand(async (ending) => {
  const material = findMaterial();
  if (typeof material === 'string') throw new Error(material);
  const { folder, python } = material;
  const script = join(folder, 'run.py');
  const args = process.argv.slice(2);
  const asksNothing = args.some((arg) => ['--list', '--help', '-h'].includes(arg));
  if (asksNothing) return runProgram(python, [script, ...args], { signal: ending.signal });
  // As in the recorded cloud: shelved servers stay where they are until somebody offloads them.
  const env = { MOORING_KEEP_SHELVED_ON_HOST: '1' };
  const cloud = await openConformanceCloud({ name: 'conformance-server', env, ...material }, ending);
  return runProgram(python, [script, '--base', cloud.base, ...completed(args)], {
    signal: ending.signal,
    env: { CONFORMANCE_FORCE: forceCommand(), CONFORMANCE_DATABASE_URL: cloud.databaseUrl },
  });
});
