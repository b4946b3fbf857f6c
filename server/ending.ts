/**
 * How the process ends: what was started is ended in the opposite order, once, whether the start got half-way or a
 * signal came later.
 */

import { within } from './within';

/** How long one step may take, in ms. One that hangs must not keep the others, least of all the database, from ending. */
const patience = 15_000;

/** Ctrl-C reaches us several times (from the terminal, from npm, from the launcher): together they are one wish. */
const sameWish = 1_000;

export interface Ending {
  /** Aborts when the end is asked for; starting steps look at it in between. */
  readonly signal: AbortSignal;
  /** Adds what is to be done at the end, before all that was added earlier. */
  add(name: string, end: () => Promise<unknown>): void;
  /** Asks for the end. @param code exit code of the process */
  ask(code: number): void;
  /** Ends everything. @returns the exit code that was asked for, 1 when an ending failed */
  run(onFailure: (name: string, error: unknown) => void): Promise<number>;
}

/** Listens to the signals of this process; a second one, after a moment, ends it at once. */
export function prepareEnding(): Ending {
  const controller = new AbortController();
  const steps: { name: string; end: () => Promise<unknown> }[] = [];
  let code = 0;
  let askedAt: number | null = null;
  const ask = (wanted: number): void => {
    if (askedAt === null) {
      askedAt = Date.now();
      code = wanted;
      controller.abort();
    } else if (wanted === 0 && Date.now() - askedAt > sameWish) {
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(0));
  // Started by the launcher: when that is killed, nobody else would ever stop us.
  process.on('disconnect', () => ask(0));
  return {
    signal: controller.signal,
    add: (name, end) => steps.push({ name, end }),
    ask,
    async run(onFailure) {
      for (const { name, end } of steps.reverse()) {
        await within(patience, end()).catch((error: unknown) => {
          code ||= 1;
          onFailure(name, error);
        });
      }
      return code;
    },
  };
}
