import { expect, test } from 'vitest';
import { VERBS } from '~/server/domain/verbs';
import { type Coverage, called, joined } from './coverage';
import { ALL_TRIALS, FAMILIES } from './families';
import { proveAtRandom, proveFamily } from './prove';

/** `npm run model-check` goes deeper. */
const DEPTH = { states: 1000, walks: 120, seed: 1 };

const coverage: Coverage = new Map();

test.each(Object.keys(FAMILIES))('nothing goes wrong with %s', (name) => {
  const proof = proveFamily(name, DEPTH);
  expect(proof.wrong).toBeNull();
  expect(proof.states).toBeGreaterThan(100);
  joined(coverage, proof.coverage);
});

test('nothing goes wrong with everything at random, all of it can be put right, and failures leave nothing behind', () => {
  const proof = proveAtRandom(DEPTH);
  expect(proof.wrong).toBeNull();
  expect(proof.transitions).toBeGreaterThan(1000);
  joined(coverage, proof.coverage);
});

/** What has states; everything else is done at once. */
const NOUNS: readonly string[] = ['server', 'volume', 'attachment', 'snapshot'];

test('every verb that states depend on is tried, and hardly one is never accepted', () => {
  const verbs = Object.values(VERBS).filter(
    ({ noun, phases }) => NOUNS.includes(noun) || phases !== undefined,
  );
  const tried = ALL_TRIALS.map(({ verb }) => verb.name);
  expect(verbs.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
  const never = verbs.filter(({ name }) => !coverage.has(called(name)));
  expect(never.length).toBeLessThan(6);
});
