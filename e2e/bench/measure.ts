/**
 * Asks again and again, by one or by several at a time, and notes how long each answer took.
 */
export interface Measured {
  name: string;
  /** How many asked at the same time. */
  concurrency: number;
  /** One entry a call, in ms. */
  ms: number[];
  perSecond: number;
}

export interface Effort {
  concurrency?: number;
  /** Calls altogether; fewer when the time is over. */
  rounds?: number;
}

const ROUNDS = 60;
/** Calls after which there has been enough of a slow thing, in ms. */
const PATIENCE_MS = 4000;

/** @param call is asked twice more than is counted: the first ones warm what is cold */
export async function measure(
  name: string,
  call: () => Promise<unknown>,
  { concurrency = 1, rounds = ROUNDS }: Effort = {},
): Promise<Measured> {
  for (let round = 0; round < 2; round += 1) await call();
  const ms: number[] = [];
  const began = performance.now();
  let left = rounds;
  const ask = async (): Promise<void> => {
    while (left > 0 && performance.now() - began < PATIENCE_MS) {
      left -= 1;
      const from = performance.now();
      await call();
      ms.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, ask));
  return { name, concurrency, ms, perSecond: (1000 * ms.length) / (performance.now() - began) };
}

/** @returns a call that takes the next of these each time; throws when there are no more */
export function eachOf<Item>(
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
): () => Promise<unknown> {
  let next = 0;
  return () => {
    const item = items[next];
    next += 1;
    if (item === undefined) throw new Error('the cloud is too small');
    return call(item);
  };
}
