import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.mjs';

const results = fileURLToPath(new URL('../.test/', import.meta.url));
const { executablePath, env } = await findBrowser();

// This file is read once more by every worker; the port is chosen once, and inherited.
process.env.MOORING_E2E_PORT ??= String(await freePort());

export default defineConfig({
  testMatch: '**/*.spec.ts',
  globalSetup: './start-server.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // A machine shared with others may stall for seconds; a story that fails twice has found something.
  retries: process.env.CI ? 1 : 0,
  // Ample, for machines that do much else meanwhile; what has to be fast is measured by its own story.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  outputDir: `${results}e2e`,
  reporter: [['list'], ['json', { outputFile: `${results}e2e.json` }]],
  use: {
    baseURL: `http://127.0.0.1:${process.env.MOORING_E2E_PORT}`,
    // The first failure of a story shows all that led to it.
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, env: { ...inherited(), ...env } },
  },
});

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
