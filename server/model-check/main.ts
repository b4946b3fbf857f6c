/**
 * `npm run model-check [-- --states N] [--depth N] [--family NAME]`: explores, and says what it has found.
 */
import { parseArgs } from 'node:util';
import { explore } from './explore';
import { FAMILIES } from './families';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '20000' },
    depth: { type: 'string', default: '1000' },
    family: { type: 'string' },
  },
});

let failed = false;
for (const [name, trials] of Object.entries(FAMILIES)) {
  if (values.family !== undefined && values.family !== name) continue;
  const start = performance.now();
  const found = explore(trials, { maxStates: Number(values.states), maxDepth: Number(values.depth) });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${name}: ${found.states} states, ${found.transitions} transitions, ${found.refused} calls refused, depth ${found.depth}, ${found.complete ? 'all of it' : 'as far as the budget goes'}, ${seconds} s\n`,
  );
  if (found.wrong === null) continue;
  failed = true;
  process.stdout.write(
    `  WRONG: ${found.wrong.what}\n${found.wrong.path.map((step) => `    ${step}\n`).join('')}`,
  );
}
process.exitCode = failed ? 1 : 0;
