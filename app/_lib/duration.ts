/**
 * Times and durations as people read them, in their own language.
 */

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const formatters = new Map<string, Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times more than using it. */
function remembered<Formatter extends Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.DateTimeFormat>(
  key: string,
  make: () => Formatter,
): Formatter {
  const known = formatters.get(key);
  if (known !== undefined) return known as Formatter;
  const made = make();
  formatters.set(key, made);
  return made;
}

function inUnits(seconds: number): { unit: (typeof UNITS)[number][0]; count: number } {
  for (const [unit, size] of UNITS) {
    if (seconds >= size) return { unit, count: Math.floor(seconds / size) };
  }
  return { unit: 'second', count: 0 };
}

/**
 * @param seconds length of time
 * @returns its largest unit only, e.g. `14m` or `3d`
 */
export function shortDuration(seconds: number, locale: string): string {
  const { unit, count } = inUnits(Math.max(0, seconds));
  return remembered(
    `duration ${locale} ${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
  ).format(count);
}

/**
 * @param milliseconds length of time, short ones to a tenth of a second
 * @returns e.g. `0.4s`, `12s`, `3m`
 */
export function preciseDuration(milliseconds: number, locale: string): string {
  if (milliseconds >= 60_000) return shortDuration(milliseconds / 1000, locale);
  return remembered(
    `precise ${locale}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: 'second',
        unitDisplay: 'narrow',
        maximumFractionDigits: 1,
      }),
  ).format(Math.max(0, milliseconds) / 1000);
}

/**
 * @param iso a past time
 * @param now milliseconds since 1970
 * @returns e.g. `3 days ago`
 */
export function relativeTime(iso: string, now: number, locale: string): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const { unit, count } = inUnits(seconds);
  const format = remembered(
    `relative ${locale}`,
    () => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' }),
  );
  return format.format(-count, unit);
}

/**
 * @param timeZone e.g. `UTC`; undefined for the reader's own
 * @returns date and time to the second, with the zone's name
 */
export function absoluteTime(iso: string, locale: string, timeZone?: string): string {
  return remembered(
    `absolute ${locale} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        timeZoneName: 'short',
        ...(timeZone === undefined ? {} : { timeZone }),
      }),
  ).format(new Date(iso));
}
