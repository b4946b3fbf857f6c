import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const SERVICES = ['identity', 'compute', 'volume', 'image'] as const;

export const referenceParams = {
  q: parseAsString.withDefault(''),
  api: parseAsArrayOf(parseAsStringLiteral(SERVICES)).withDefault([]),
  /** The call that is open. */
  call: parseAsString,
};
