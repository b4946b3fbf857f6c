import { openDatabase } from '~/db/client';
import { type OwnServer, startOwnServer } from '~/e2e/own-server';
import type { Ending } from '~/server/ending';
import { runProgram } from './command';
import { DEFAULT_TYPE, fillCloud, liftQuotas } from './fill-cloud';

/**
 * Starts a Mooring that holds what the recorded scenarios ask for, and nothing else: accounts, flavors and volume types
 * are made through the public APIs.
 *
 * @param options.name of the server's log below `.test`
 * @param options.env settings of the server beside those that both need
 * @param ending gets what ends it again
 * @throws Error in plain words when it does not start, or an API refuses what is to be made
 */
export async function openConformanceCloud(
  options: { name: string; folder: string; python: string; env?: Record<string, string> },
  ending: Ending,
): Promise<OwnServer> {
  const cloud = await startOwnServer({
    name: options.name,
    signal: ending.signal,
    env: {
      MOORING_DEMO: '0',
      MOORING_ADMIN_PASSWORD: 'secret',
      MOORING_DEFAULT_VOLUME_TYPE: DEFAULT_TYPE,
      // Long enough that an answer shows work in progress, as it does where real services work.
      MOORING_SIMULATED_LATENCY_MS: '1-3',
      MOORING_LOG_LEVEL: 'warn',
      ...options.env,
    },
  });
  ending.add('Mooring', () => cloud.stop());
  ending.signal.throwIfAborted();
  const database = openDatabase(cloud.databaseUrl, { max: 1, name: 'conformance' });
  try {
    await fillCloud(database);
    const code = await runProgram(options.python, [`${options.folder}/bootstrap.py`, '--base', cloud.base], {
      signal: ending.signal,
      quiet: true,
    });
    ending.signal.throwIfAborted();
    if (code !== 0) throw new Error(`The cloud could not be prepared through its APIs (exit code ${code}).`);
    await liftQuotas(database);
  } finally {
    await database.close();
  }
  return cloud;
}
