/** Playwright's global setup: the real, built server, with a database of its own and the demo cloud in it. */
import { startOwnServer } from './own-server';

/** @returns what stops the server, and fails when it does not stop well */
export default async function startServer(): Promise<() => Promise<void>> {
  const { databaseUrl, dataDir, stop } = await startOwnServer({
    name: 'server',
    env: {
      PORT: process.env.MOORING_E2E_PORT ?? '',
      MOORING_DEMO: '1',
      MOORING_SIMULATED_LATENCY_MS: '20-60',
    },
  });
  // Workers inherit these: a story makes its project straight in the database, and may import beside the server.
  process.env.MOORING_E2E_DATA_DIR = dataDir;
  process.env.MOORING_E2E_DATABASE_URL = databaseUrl;
  return stop;
}
