/**
 * What was measured as a table for people, in Markdown, and as figures for programs.
 */
import type { Measured } from './measure';

export interface Figures {
  name: string;
  concurrency: number;
  calls: number;
  /** In ms, as are the next two. */
  p50: number;
  p95: number;
  max: number;
  perSecond: number;
}

/** @returns figures of one thing that was measured, rounded to a tenth */
export function figuresOf({ name, concurrency, ms, perSecond }: Measured): Figures {
  const sorted = [...ms].sort((a, b) => a - b);
  return {
    name,
    concurrency,
    calls: ms.length,
    p50: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    max: at(sorted, 1),
    perSecond: tenth(perSecond),
  };
}

/** @returns a table with a heading */
export function table(title: string, figures: readonly Figures[]): string {
  const width = Math.max(title.length, ...figures.map(({ name }) => name.length));
  const columns = ['at once', 'p50 ms', 'p95 ms', 'max ms', 'per s'];
  const line = (name: string, cells: readonly string[]): string =>
    `| ${name.padEnd(width)} |${cells.map((cell, at) => ` ${cell.padStart(columns[at]?.length ?? 0)} |`).join('')}`;
  const rows = figures.map(({ name, concurrency, p50, p95, max, perSecond }) =>
    line(name, [
      String(concurrency),
      ...[p50, p95, max].map((value) => value.toFixed(1)),
      perSecond.toFixed(0),
    ]),
  );
  const rule = `|${'-'.repeat(width + 2)}|${columns.map((column) => `${'-'.repeat(column.length + 1)}:|`).join('')}`;
  return `\n${[line(title, columns), rule, ...rows].join('\n')}\n`;
}

/** @param share 0 to 1 */
function at(sorted: readonly number[], share: number): number {
  return tenth(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
