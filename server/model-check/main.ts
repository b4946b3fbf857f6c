/**
 * `npm run model-check [-- --states N] [--walks N] [--seed N] [--family NAME]`: explores, and says what it has found.
 */
import { parseArgs } from 'node:util';
import { VERBS } from '~/server/domain/verbs';
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
const accepted = new Map<string, number>();
for (const proof of proofs) {
  for (const [verb, count] of Object.entries(proof.accepted))
    accepted.set(verb, (accepted.get(verb) ?? 0) + count);
}
const rules = Object.values(VERBS).reduce((total, verb) => total + verb.rules.length, 0);
say(
  `\n${sum((each) => each.states)} states, ${sum((each) => each.transitions)} transitions, ${sum((each) => each.refused)} calls refused; ${accepted.size} of ${Object.keys(VERBS).length} verbs were accepted, which have ${rules} rules`,
);
for (const [verb, count] of [...accepted].sort()) say(`  ${verb}: accepted ${count} times`);
process.exitCode = proofs.some((each) => each.wrong !== null) ? 1 : 0;
