/**
 * What the compute API takes as an id, a yes, a size, a name … in bodies and queries.
 * Source: nova/api/validation/parameter_types.py and validators.py.
 */
import { z } from 'zod';
import { isDeviceName } from '~/server/domain/device';

export const LONGEST = 255;
export const LARGEST = 2_147_483_647;

/** With or without hyphens, in any case, perhaps as a URN or in braces; stays as it was sent, because answers echo it. */
export const uuid = z
  .string({ error: 'expects a UUID' })
  .refine((text) => /^[0-9a-f]{32}$/i.test(text.replace(/^urn:uuid:|[{}-]/gi, '')), {
    error: 'expects a UUID',
  });

/** @returns the id as it is stored. Without hyphens it names nothing, as upstream. */
export function storedId(id: string): string {
  return id.toLowerCase();
}

const TRUE_WORDS = ['True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'];
const FALSE_WORDS = ['False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'];

/** A boolean, or one of the words for it; no number and no null. */
export const bool = z
  .union([z.boolean(), z.enum([...TRUE_WORDS, ...FALSE_WORDS])], { error: 'expects true or false' })
  .transform((value) => value === true || TRUE_WORDS.includes(String(value)));

/** A label of 1 to 60 characters. */
export const tag = z
  .string({ error: 'expects a text' })
  .min(1, { error: 'expects at least one character' })
  .max(60, { error: 'expects at most 60 characters' })
  .regex(/^[^,/]*$/, { error: 'expects neither comma nor slash' });

/** Name of a disk, such as `/dev/vdb`. A line feed at its end, which upstream lets pass, is no part of one. */
export const device = z
  .string({ error: 'expects a device name or null' })
  .refine(isDeviceName, { error: 'expects a device name like /dev/vdb' })
  .nullable();

const digits = z
  .string()
  .regex(/^[0-9]+$/)
  .transform(Number);

/** GiB, at least 1; a text of digits will do. */
export const volumeSize = z.union([z.number(), digits], { error: 'expects a size in GiB' }).pipe(
  z
    .int({ error: 'expects a whole number of GiB' })
    .min(1, { error: 'expects at least 1 GiB' })
    .max(LARGEST, { error: `expects at most ${LARGEST} GiB` }),
);

/** A number in a query: digits only. What is more than can be counted counts as the most. */
export const queryNumber = z
  .string()
  .regex(/^[0-9]+$/, { error: 'expects a whole number that is not negative' })
  .transform((text) => Math.min(Number(text), LARGEST));

/** Of servers and the like: printable, without blanks around it. */
export const name = z
  .string({ error: 'expects a text' })
  .min(1, { error: 'expects at least one character' })
  .max(LONGEST, { error: `expects at most ${LONGEST} characters` })
  .regex(/^\S(.*\S)?$/su, { error: 'expects no blanks around it' })
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'expects characters that can be printed' });

/** Up to 255 characters. */
export const text255 = z
  .string({ error: 'expects a text' })
  .max(LONGEST, { error: `expects at most ${LONGEST} characters` });

/** Names of 1 to 255 letters, digits, blanks and `-_:.`, with a text each. */
export const metadata = z.record(
  z.string().regex(/^[a-zA-Z0-9\-_:. ]{1,255}$/, {
    error: 'expects names of 1 to 255 letters, digits, blanks and any of - _ : .',
  }),
  text255,
  { error: 'expects an object of texts' },
);

/** Most that a list gives at once (nova conf, max_limit). */
export const PAGE_MAX = 1000;

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A time in a query, in UTC unless it says where. */
export const time = z
  .string()
  .transform((text) => {
    const [, day = '', clock = '00:00', zone = 'Z'] = ISO_TIME.exec(text.trim()) ?? [];
    return new Date(`${day}T${clock}${zone.replace(/^(.\d\d)(\d\d)$/, '$1:$2')}`);
  })
  // The year 0 is none, neither to the database nor to Python.
  .refine((at) => at.getUTCFullYear() > 0, { error: 'expects a time like 2026-11-21T07:00:00Z' });
