import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = { root, resolve: { alias: { '~': root.replace(/\/$/, '') } } };

/**
 * In ms: only what hangs takes so long. Tests wait on states, and how fast a machine is that does much else meanwhile is not
 * what they are about.
 */
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

/** Each file of the services opens up to fifty connections to one database server, which takes 200 (`db/embedded`). */
const MOST_AT_ONCE = 4;

export default defineConfig({
  ...shared,
  test: {
    // One processor is left to the database.
    maxWorkers: Math.max(1, Math.min(MOST_AT_ONCE, availableParallelism() - 1)),
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['server/{domain,model-check}/**/*.test.ts', 'app/**/*.test.{ts,tsx}'],
          // Pure functions leave nothing behind, so that the files may share their processes.
          pool: 'threads',
          isolate: false,
          ...patience,
        },
      },
      {
        ...shared,
        test: {
          name: 'service',
          include: ['server/**/*.test.ts', 'db/**/*.test.ts'],
          exclude: ['server/{domain,model-check}/**'],
          pool: 'forks',
          globalSetup: ['db/test-postgres.ts'],
          ...patience,
        },
      },
    ],
  },
});
