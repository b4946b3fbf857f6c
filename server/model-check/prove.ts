/**
 * All that is explored: each family breadth first, then random walks over everything at once, and from what they have
 * seen whether it can be put right, and whether failures leave nothing behind.
 */
import type { Coverage } from './coverage';
import { explore } from './explore';
import { ALL_TRIALS, FAMILIES, REST } from './families';
import { type Sample, walkAtRandom } from './random-walk';
import { beyondRepair, runOut } from './recovery';
import { leftovers } from './roll-back';

export interface Depth {
  /** States of a family. */
  states: number;
  /** Random walks, of 150 steps each. */
  walks: number;
  /** Of the first walk. */
  seed: number;
}

export interface Finding {
  what: string;
  path: readonly string[];
}

export interface Proof {
  name: string;
  /** What was looked at, for people. */
  seen: string;
  states: number;
  transitions: number;
  refused: number;
  coverage: Coverage;
  /** Whether nothing is left to be seen. */
  complete: boolean;
  wrong: Finding | null;
}

const STEPS = 150;

/** @returns of one family, as far as its budget goes */
export function proveFamily(name: string, depth: Depth): Proof {
  const found = explore(FAMILIES[name] ?? [], { maxStates: depth.states, maxDepth: Number.MAX_SAFE_INTEGER });
  const { states, transitions, refused, coverage, complete, wrong } = found;
  const seen = `${states} states, ${transitions} transitions, ${refused} calls refused, depth ${found.depth}`;
  return { name, seen, states, transitions, refused, coverage, complete, wrong };
}

/** @returns of every verb there is, at random */
export function proveAtRandom({ walks, seed }: Depth): Proof {
  const walked = walkAtRandom([...Object.values(FAMILIES), REST], { walks, length: STEPS, seed });
  const { transitions, refused, coverage } = walked;
  const failures = { tried: 0 };
  const wrong = walked.wrong ?? firstOf(walked.samples, (sample) => lookCloser(sample, failures));
  const seen = `${walks} walks from seed ${seed}, ${transitions} transitions, ${refused} calls refused; ${walked.samples.length} states put right, ${failures.tried} failures rolled back`;
  return {
    name: 'everything at random',
    seen,
    states: walked.samples.length,
    transitions,
    refused,
    coverage,
    complete: false,
    wrong,
  };
}

function lookCloser({ state, path }: Sample, failures: { tried: number }): Finding | null {
  const stuck = beyondRepair(state);
  if (stuck !== null) return { what: stuck, path };
  const { tried, wrong } = leftovers(runOut(state, true), ALL_TRIALS);
  failures.tried += tried;
  return wrong === null ? null : { what: wrong.what, path: [...path, 'all comes to an end', ...wrong.path] };
}

function firstOf<Item, Found>(items: readonly Item[], look: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) return found;
  }
  return null;
}
