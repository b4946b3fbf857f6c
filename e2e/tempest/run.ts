/**
 * `npm run tempest -- [LIST] [--runs N]`: OpenStack's own integration tests, as Debian packages them, against a fresh
 * Mooring. LIST is a file of test names, or patterns of them, one a line; without it the core list of the material.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand, runProgram } from '~/e2e/conformance/command';
import { findMaterial } from '~/e2e/conformance/material.mjs';
import { openConformanceCloud } from '~/e2e/conformance/open-cloud';
import { failuresIn, listedTests, totalsIn } from './results';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '1' } },
  allowPositionals: true,
});

/** Where the whole output of each run is kept. */
const results = fileURLToPath(new URL('../../.test', import.meta.url));

/** npm runs scripts in the project's folder; a list is meant from where the person stands. */
const lists = positionals.map((list) => resolve(process.env.MOORING_CALLED_FROM ?? process.cwd(), list));

await runCommand(async (ending) => {
  const material = findMaterial();
  if (typeof material === 'string') throw new Error(material);
  if (!existsSync('/usr/bin/tempest') || !existsSync('/usr/bin/stestr')) {
    throw new Error('The command tempest is not installed: on Debian, "apt-get install tempest" brings it.');
  }
  const missing = lists.find((list) => !existsSync(list));
  if (missing !== undefined) throw new Error(`There is no list of tests ${missing}.`);
  const { base } = await openConformanceCloud({ name: 'tempest-server', ...material }, ending);
  const folder = await mkdtemp(join(tmpdir(), `mooring-test-${process.pid}-tempest-`));
  ending.add('Folder of Tempest', () => rm(folder, { recursive: true, force: true }));
  const script = join(material.folder, 'tempest/run.py');
  const code = await runProgram(
    material.python,
    [script, base, ...lists, '--runs', values.runs, '--keep', folder],
    { signal: ending.signal },
  );
  for (const name of (await readdir(folder)).filter((each) => /^run-\d+\.log$/.test(each))) {
    await copyFile(join(folder, name), join(results, `tempest-${name}`));
    const log = await readFile(join(folder, name), 'utf8');
    for (const { test, reason } of failuresIn(log)) process.stdout.write(`\n${test}\n    ${reason}\n`);
    const { passed, failed, skipped } = totalsIn(log);
    // A class whose set-up failed counts as one failure, however many tests of it were listed.
    const wanted = await listedTests(lists[0] ?? join(material.folder, 'tempest/tempest-core.txt'));
    process.stdout.write(`\n${name}: ${passed} of ${wanted ?? passed + failed} passed, ${skipped} skipped\n`);
  }
  return code;
});
