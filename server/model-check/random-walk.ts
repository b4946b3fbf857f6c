/**
 * Walks at random over every verb there is, further than a search can go breadth first. The seed tells the walk, so that
 * what it finds can be found again.
 */

import { BEGINNINGS, FIRST } from './beginnings';
import { type Coverage, called, note, refused } from './coverage';
import { violation } from './invariants';
import { calls, type Move, type State, steps, type Trial } from './moves';
import { weather } from './weather';

/** A state to look at closer, and how it came to be. */
export interface Sample {
  state: State;
  path: readonly string[];
}

export interface Walked {
  transitions: number;
  refused: number;
  coverage: Coverage;
  /** One state of a few dozen. */
  samples: readonly Sample[];
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
/** Calls that are tried before one is accepted. */
const TRIES = 6;

/**
 * Some of the verbs: with all of them everything would be deleted before it came to anything. Half of the walks know two
 * families and little else, so that what belongs together meets.
 */
function someOf(families: readonly (readonly Trial[])[], roll: () => number): Trial[] {
  const all = [...new Set(families.flat())];
  if (roll() < 0.5) {
    const chosen = [anyOf(families, roll) ?? [], anyOf(families, roll) ?? []].flat();
    return all.filter((trial) => chosen.includes(trial) || roll() < 0.1);
  }
  const share = 0.15 + roll() * 0.5;
  return all.filter(() => roll() < share);
}

/**
 * @param families verbs that belong together
 * @param length steps of one walk
 * @returns as soon as something is wrong, or all walks are done
 */
export function walkAtRandom(
  families: readonly (readonly Trial[])[],
  { walks, length, seed }: { walks: number; length: number; seed: number },
): Walked {
  const coverage: Coverage = new Map();
  const samples: Sample[] = [];
  const counts = { transitions: 0, refused: 0 };
  const refusals = (rule: string) => note(coverage, refused(rule));
  for (let walk = 0; walk < walks; walk += 1) {
    const roll = dice(seed + walk);
    const path: string[] = [`walk ${seed + walk}`];
    let state = anyOf(BEGINNINGS, roll) ?? FIRST;
    const known = someOf(families, roll);
    const done: Coverage = new Map();
    for (let at = 0; at < length; at += 1) {
      try {
        const [move, next] = choose(state, { known, done, refusals, counts }, roll);
        if (move === null || next === null) continue;
        counts.transitions += 1;
        path.push(move.label);
        note(coverage, move.counts);
        note(done, move.counts);
        state = next;
        const what = violation(state);
        if (what !== null) return { ...counts, coverage, samples, wrong: { what, path } };
        if (counts.transitions % SAMPLE_EVERY === 0) samples.push({ state, path: [...path] });
      } catch (error) {
        return { ...counts, coverage, samples, wrong: { what: String(error), path } };
      }
    }
  }
  return { ...counts, coverage, samples, wrong: null };
}

interface Walk {
  known: readonly Trial[];
  /** What this walk has been through. */
  done: Coverage;
  refusals: (rule: string) => void;
  counts: { refused: number };
}

/** Operations go on about as often as somebody calls; else everything would be busy all the time. */
function choose(state: State, walk: Walk, roll: () => number): [Move | null, State | null] {
  const chance = roll();
  if (chance < 0.01) return made(anyOf(weather(state), roll));
  if (state.world.operation.size > 0 && chance < 0.4) {
    const running = steps(state);
    const forward = running.filter((each) => each.counts.endsWith(' done'));
    return made(anyOf(roll() < 0.7 ? forward : running, roll));
  }
  // What was not possible until now is looked for harder.
  const news = walk.known.filter(({ verb }) => !walk.done.has(called(verb.name)));
  const trials = news.length > 0 && roll() < 0.5 ? news : walk.known;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const trial = anyOf(trials, roll);
    const move = trial === undefined ? undefined : anyOf(calls(state, [trial]), roll);
    if (move === undefined) continue;
    const next = move.make(walk.refusals);
    if (next !== null) return [move, next];
    walk.counts.refused += 1;
  }
  return [null, null];
}

function made(move: Move | undefined): [Move | null, State | null] {
  return move === undefined ? [null, null] : [move, move.make()];
}
