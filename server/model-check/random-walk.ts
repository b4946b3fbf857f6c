/**
 * Walks at random over every verb there is, further than a search can go breadth first. The seed tells the walk, so that
 * what it finds can be found again.
 */

import { FIRST } from './explore';
import { violation } from './invariants';
import { calls, type Move, type State, steps, type Trial } from './moves';

export interface Walked {
  transitions: number;
  refused: number;
  accepted: Readonly<Record<string, number>>;
  /** States to look at closer, one of a few dozen. */
  samples: readonly State[];
  wrong: { what: string; path: readonly string[] } | null;
}

/** @returns numbers from 0 to below 1, the same for the same seed (mulberry32, by Tommy Ettinger) */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function anyOf<Item>(items: readonly Item[], roll: () => number): Item | undefined {
  return items[Math.floor(roll() * items.length)];
}

const SAMPLE_EVERY = 40;

/**
 * @param length steps of one walk, from the beginning
 * @returns as soon as something is wrong, or all walks are done
 */
export function walkAtRandom(
  trials: readonly Trial[],
  { walks, length, seed }: { walks: number; length: number; seed: number },
): Walked {
  const accepted: Record<string, number> = {};
  const samples: State[] = [];
  let transitions = 0;
  let refused = 0;
  for (let walk = 0; walk < walks; walk += 1) {
    const roll = dice(seed + walk);
    const path: string[] = [`walk ${seed + walk}`];
    let state = FIRST;
    for (let at = 0; at < length; at += 1) {
      try {
        const move = choose(state, trials, roll);
        const next = move?.make() ?? null;
        if (move === undefined || next === null) {
          refused += 1;
          continue;
        }
        transitions += 1;
        path.push(move.label);
        const verb = move.verb;
        if (verb !== undefined) accepted[verb] = (accepted[verb] ?? 0) + 1;
        state = next;
        const what = violation(state);
        if (what !== null) return { transitions, refused, accepted, samples, wrong: { what, path } };
        if (transitions % SAMPLE_EVERY === 0) samples.push(state);
      } catch (error) {
        return { transitions, refused, accepted, samples, wrong: { what: String(error), path } };
      }
    }
  }
  return { transitions, refused, accepted, samples, wrong: null };
}

/** Operations go on about as often as somebody calls; else everything would be busy all the time. */
function choose(state: State, trials: readonly Trial[], roll: () => number): Move | undefined {
  const running = state.world.operation.size > 0 && roll() < 0.3 ? steps(state) : [];
  if (running.length > 0) {
    const forward = running.filter((each) => each.label.endsWith('is done'));
    return anyOf(roll() < 0.7 ? forward : running, roll);
  }
  const trial = anyOf(trials, roll);
  return trial === undefined ? undefined : anyOf(calls(state, [trial]), roll);
}
