import { expect, test } from 'vitest';
import { VERBS } from '~/server/domain/verbs';
import { type Coverage, called, joined, unseen } from './coverage';
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

/** Kinds of objects that the model has none of to act on, or that nothing else depends on. */
const NOUNS: readonly string[] = ['server', 'volume', 'attachment', 'snapshot', 'volumeType', 'project'];

test('every verb is tried, and hardly one is never accepted', () => {
  const verbs = Object.values(VERBS).filter(({ noun }) => NOUNS.includes(noun));
  const tried = ALL_TRIALS.map(({ verb }) => verb.name);
  expect(verbs.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
  expect(
    unseen(coverage).verbs.filter((each) => verbs.some(({ name }) => each === called(name))).length,
  ).toBeLessThan(5);
});
