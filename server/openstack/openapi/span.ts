/**
 * Which versions know something.
 */
import type { z } from 'zod';
import type { Microversions } from '../microversion';
import type { ByVersion } from '../route';

/** First and last version that knows something; null is no bound. */
export interface Span {
  since: string | null;
  until: string | null;
}

/**
 * @param since first and @param until last minor version of the route they are for
 * @returns each range of versions that the route is there for, with its schema, from the oldest on
 */
export function ranges(
  values: ByVersion<z.ZodType> | undefined,
  since = 0,
  until = Infinity,
): { from: number; to: number; schema: z.ZodType }[] {
  const entries = Object.entries(values ?? {}).map(([from, schema]) => ({ from: Number(from), schema }));
  entries.sort((one, other) => one.from - other.from);
  return entries
    .map(({ from, schema }, at) => ({
      from: Math.max(from, since),
      to: Math.min((entries[at + 1]?.from ?? Infinity) - 1, until),
      schema,
    }))
    .filter(({ from, to }) => from <= to);
}

/** @returns bounds as they are shown; none where all versions of the service are meant */
export function span(microversions: Microversions | null, since = 0, until = Infinity): Span {
  if (microversions === null) return { since: null, until: null };
  return {
    since: since > microversions.min ? versionText(microversions, since) : null,
    until: until < microversions.max ? versionText(microversions, until) : null,
  };
}

/** @returns e.g. `from version 3.27 on`; nothing for all versions */
export function spanWords({ since, until }: Span): string {
  if (since === null) return until === null ? '' : `up to version ${until}`;
  return until === null ? `from version ${since} on` : `versions ${since} to ${until}`;
}

/** @returns e.g. `3.27` */
export function versionText(microversions: Microversions | null, minor: number): string {
  return `${microversions?.major ?? 0}.${minor}`;
}
