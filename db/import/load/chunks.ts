/** Postgres takes 65,535 parameters a statement; this many rows of any of our tables stay well below. */
const CHUNK = 500;

/** @param work is given the items in order, at most {@link CHUNK} at a time, one lot after the other */
export async function inChunks<Item>(
  items: readonly Item[],
  work: (chunk: readonly Item[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += CHUNK) await work(items.slice(start, start + CHUNK));
}
