/**
 * Timings as a table for people.
 */
export interface Timings {
  name: string;
  /** One entry a call, in ms. */
  ms: number[];
}

/** @returns a table of p50, p95 and the slowest, in ms */
export function report(timings: readonly Timings[]): string {
  const width = Math.max(...timings.map((each) => each.name.length));
  const rows = timings.map(({ name, ms }) => {
    const sorted = [...ms].sort((a, b) => a - b);
    const figures = [at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1)].map((value) =>
      value.toFixed(1).padStart(8),
    );
    return `${name.padEnd(width)} ${figures.join('')}`;
  });
  const head = `${'ms'.padEnd(width)} ${['p50', 'p95', 'max'].map((title) => title.padStart(8)).join('')}`;
  return `${[head, ...rows].join('\n')}\n`;
}

/** @param share 0 to 1 */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
