/**
 * Field shapes that documents of several services share.
 */
import { z } from 'zod';

/** Any UUID spelling; upstream does not care for version digits, and neither do people who make ids by hand. */
export const uuid = z.guid('expected a UUID').toLowerCase();

/** Keystone's ids: mostly 32 hex digits, but free text where an identity backend makes them. */
export const identityId = z.string().min(1).max(64);

const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/** OpenStack writes UTC, with or without saying so. */
export const instant = z.string().transform((text, context) => {
  const date = new Date(ZONE.test(text) ? text : `${text}Z`);
  if (Number.isNaN(date.getTime())) {
    context.addIssue({ code: 'custom', message: `expected a time, got ${JSON.stringify(text)}` });
    return z.NEVER;
  }
  return date;
});

/** A time that may be missing: absent, null or the empty text. */
export const maybeInstant = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  instant.nullable(),
);

export const maybeUuid = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  uuid.nullable(),
);

export const maybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

export const stringMap = z
  .record(z.string(), z.coerce.string())
  .nullish()
  .transform((map) => map ?? {});

/** Whole numbers, also where a service writes them as text. */
export const whole = z.coerce.number().int();
