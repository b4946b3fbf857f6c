/**
 * Walks from state to state, breadth first, until there is nothing new or the budget is spent.
 */
import { FIRST } from './beginnings';
import { type Coverage, note, refused } from './coverage';
import { violation } from './invariants';
import { keyOf } from './keys';
import { calls, type Move, type State, steps, type Trial } from './moves';

export interface Budget {
  maxStates: number;
  maxDepth: number;
}

export interface Explored {
  states: number;
  transitions: number;
  /** Calls that a rule refused. */
  refused: number;
  /** The longest of the shortest ways to a state. */
  depth: number;
  /** Whether every reachable state was seen. */
  complete: boolean;
  coverage: Coverage;
  /** The first thing found wrong, with the shortest way there. */
  wrong: { what: string; path: readonly string[] } | null;
}

interface Node {
  state: State;
  depth: number;
  from: Node | null;
  label: string;
}

function movesFrom(state: State, trials: readonly Trial[]): Move[] {
  return [...calls(state, trials), ...steps(state)];
}

/**
 * @param trials the verbs that are called; whatever they begin is carried on
 * @param first where it begins
 * @returns as soon as something is wrong, or all is seen, or the budget is spent
 */
export function explore(trials: readonly Trial[], budget: Budget, first: State = FIRST): Explored {
  const seen = new Set([keyOf(first)]);
  let frontier: Node[] = [{ state: first, depth: 0, from: null, label: 'the beginning' }];
  const counts = { transitions: 0, refused: 0, depth: 0 };
  const coverage: Coverage = new Map();
  const report = (complete: boolean, wrong: Explored['wrong']): Explored => ({
    states: seen.size,
    ...counts,
    complete,
    coverage,
    wrong,
  });
  while (frontier.length > 0) {
    const next: Node[] = [];
    for (const node of frontier) {
      if (seen.size >= budget.maxStates || node.depth >= budget.maxDepth) return report(false, null);
      for (const { label, counts: what, make } of movesFrom(node.state, trials)) {
        const state = attempt(() => make((rule) => note(coverage, refused(rule))), node, label);
        if (state === null) {
          counts.refused += 1;
          continue;
        }
        if ('what' in state) return report(false, state);
        counts.transitions += 1;
        note(coverage, what);
        const key = keyOf(state);
        if (seen.has(key)) continue;
        seen.add(key);
        const found: Node = { state, depth: node.depth + 1, from: node, label };
        counts.depth = Math.max(counts.depth, found.depth);
        const wrong = violation(state);
        if (wrong !== null) return report(false, { what: wrong, path: pathTo(found) });
        next.push(found);
      }
    }
    frontier = next;
  }
  return report(true, null);
}

/** A verb that breaks is a finding like any other. */
function attempt(make: () => State | null, node: Node, label: string) {
  try {
    return make();
  } catch (error) {
    return { what: String(error), path: [...pathTo(node), label] };
  }
}

function pathTo(node: Node): string[] {
  return node.from === null ? [] : [...pathTo(node.from), node.label];
}
