/**
 * `npm run model-check [-- --states N] [--walks N] [--seed N] [--family NAME]`: explores, and says what it has found.
 */
import { parseArgs } from 'node:util';
import { VERBS } from '~/server/domain/verbs';
import { type Coverage, joined, unseen } from './coverage';
import { FAMILIES } from './families';
import { type Depth, type Proof, proveAtRandom, proveFamily } from './prove';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '20000' },
    walks: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    family: { type: 'string' },
  },
});

const depth: Depth = {
  states: Number(values.states),
  walks: Number(values.walks),
  seed: Number(values.seed),
};

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function timed(prove: () => Proof): Proof {
  const start = performance.now();
  const proof = prove();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`${proof.name}: ${proof.seen}${proof.complete ? ', all there is' : ''}, ${seconds} s`);
  if (proof.wrong !== null) say([`  WRONG: ${proof.wrong.what}`, ...proof.wrong.path].join('\n    '));
  return proof;
}

const names = Object.keys(FAMILIES).filter((name) => values.family === undefined || name === values.family);
const proofs = names.map((name) => timed(() => proveFamily(name, depth)));
if (values.family === undefined) proofs.push(timed(() => proveAtRandom(depth)));

const sum = (pick: (proof: Proof) => number) => proofs.reduce((total, proof) => total + pick(proof), 0);
const coverage = proofs.reduce<Coverage>((all, proof) => joined(all, proof.coverage), new Map());
const verbs = Object.values(VERBS);
const rules = verbs.reduce((total, verb) => total + verb.rules.length, 0);
say(
  `\n${sum((each) => each.states)} states, ${sum((each) => each.transitions)} transitions, ${sum((each) => each.refused)} calls refused; ${verbs.length} verbs, which have ${rules} rules`,
);
for (const [what, count] of [...coverage].sort()) say(`  ${what}: ${count} times`);
const { verbs: uncalled, phases, rules: silent } = unseen(coverage);
for (const [what, names] of Object.entries({ uncalled, 'never ended so': phases, 'never said': silent }))
  say(`${what}: ${names.length === 0 ? 'none' : names.join(', ')}`);
process.exitCode = proofs.some((each) => each.wrong !== null) ? 1 : 0;
