import { expect, test } from 'vitest';
import { FAMILIES } from './families';
import { proveAtRandom, proveFamily } from './prove';

/** `npm run model-check` goes deeper. */
const DEPTH = { states: 1000, walks: 120, seed: 1 };

test.each(Object.keys(FAMILIES))('nothing goes wrong with %s', (name) => {
  const { wrong, states } = proveFamily(name, DEPTH);
  expect(wrong).toBeNull();
  expect(states).toBeGreaterThan(100);
});

test('nothing goes wrong with everything at random, all of it can be put right, and failures leave nothing behind', () => {
  const { wrong, transitions } = proveAtRandom(DEPTH);
  expect(wrong).toBeNull();
  expect(transitions).toBeGreaterThan(1000);
});
