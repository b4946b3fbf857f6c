/**
 * Whether what fails leaves everything as it was, for verbs that say so.
 */

import { calls, type Move, type State, steps, type Trial } from './moves';
import type { Finding } from './prove';

/** More than any operation takes. */
const MOST_ROUNDS = 60;

const TABLES = ['server', 'volume', 'attachment', 'snapshot', 'image'] as const;

/**
 * Where a status comes from is only looked at while the next one is in progress. A volume whose status somebody has set by
 * hand says afterwards what its attachments are, which is better than what it was.
 */
function seen({ world, byHand }: State): string {
  const overlooked = (id: string): object =>
    byHand.has(id) ? { previousStatus: null, status: null, attachStatus: null } : { previousStatus: null };
  return JSON.stringify(
    TABLES.map((table) =>
      [...world[table].values()]
        .map((row) => JSON.stringify(table === 'volume' ? { ...row, ...overlooked(row.id) } : row))
        .sort(),
    ),
  );
}

/** Goes on well until the `at`-th phase, whose first task fails before it has had any effect; then all goes well. */
function failingAt(state: State, at: number): State | null {
  let now = state;
  let failed = false;
  for (let round = 0; now.world.operation.size > 0; round += 1) {
    const moves = steps(now);
    const due: boolean = !failed && round === at;
    const fails = due ? moves.find((each) => each.label.includes(' fails at ')) : undefined;
    if (due && fails === undefined) return null;
    failed ||= due;
    const next: Move | undefined = fails ?? moves.find((each) => each.label.endsWith(' is done'));
    now = next?.make() ?? now;
    if (round > MOST_ROUNDS) throw new Error('it does not end');
  }
  return failed ? now : null;
}

/**
 * @param state in which nothing runs
 * @returns the verb whose failure in its first phase leaves something behind; null when there is none
 */
export function leftovers(state: State, trials: readonly Trial[]): { tried: number; wrong: Finding | null } {
  const before = seen(state);
  let tried = 0;
  // What is made has no state that it could go back to; it stays, for whoever asked for it to remove.
  const promising = trials.filter(({ verb }) => verb.life?.failed === '=' && verb.life.from.length > 0);
  for (const trial of promising) {
    for (const { label, make } of calls(state, [trial])) {
      const begun = make();
      if (begun === null || begun.world.operation.size === 0) continue;
      // A disk that goes with its server, detached while that is on no host: what is left is to delete its volume, and a
      // deletion that fails says so.
      if ([...begun.world.operation.values()].some(({ phase }) => phase === 'clear')) continue;
      const after = failingAt(begun, 0);
      if (after === null) continue;
      tried += 1;
      if (seen({ ...after, byHand: state.byHand }) !== before)
        return {
          tried,
          wrong: {
            what: `${label} fails, and leaves something behind`,
            path: [before, seen({ ...after, byHand: state.byHand })],
          },
        };
    }
  }
  return { tried, wrong: null };
}
