import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { '~': root.replace(/\/$/, '') } },
  test: {
    include: ['e2e/clients/*.story.ts'],
    // Each command takes a second of a processor to begin; more at once than processors gain nothing.
    maxWorkers: 2,
    sequence: { concurrent: false },
    testTimeout: 300_000,
    reporters: ['default', 'json'],
    outputFile: { json: '.test/clients.json' },
  },
});
