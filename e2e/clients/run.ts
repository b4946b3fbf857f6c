/**
 * `npm run clients`: stories told with OpenStack's own commands and libraries against a fresh demo cloud. They find it
 * by the very `clouds.yaml` and openrc that the README shows.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, runProgram } from '~/e2e/conformance/command';
import { startOwnServer } from '~/e2e/own-server';
import { missingCommands, missingGophercloud } from './commands.mjs';
import { readmeBlock } from './readme-block';

const root = fileURLToPath(new URL('../..', import.meta.url));

await runCommand(async (ending) => {
  const missing = missingCommands();
  if (missing !== null) throw new Error(missing);
  const cloud = await startOwnServer({
    name: 'clients-server',
    env: { MOORING_DEMO: '1', MOORING_SIMULATED_LATENCY_MS: '20-60' },
    signal: ending.signal,
  });
  ending.add('Mooring', () => cloud.stop());
  const folder = await mkdtemp(join(tmpdir(), `mooring-test-${process.pid}-clients-`));
  ending.add('folder of settings', () => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'clouds.yaml'), await readmeBlock('yaml', 'clouds:', cloud.base));
  await writeFile(join(folder, 'openrc'), await readmeBlock('sh', 'export OS_AUTH_URL', cloud.base));
  const untold = missingGophercloud();
  if (untold !== null) process.stdout.write(`${untold} Its story is not told.\n`);
  const vitest = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'e2e/clients/vitest.config.ts',
    ...(untold === null ? [] : ['--exclude', '**/gophercloud.story.ts']),
  ];
  return runProgram(process.execPath, [...vitest, ...process.argv.slice(2)], {
    signal: ending.signal,
    env: { MOORING_CLIENTS_FOLDER: folder },
  });
});
