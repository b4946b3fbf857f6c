/**
 * What the volume API takes as a text, a number, a yes … in bodies and queries.
 * Source: cinder/api/validation/parameter_types.py, and oslo_utils.strutils for the words of a boolean.
 */
import { z } from 'zod';

const LONGEST = 255;
export const LARGEST = 2_147_483_647;

const TRUE_WORDS = ['true', '1', 'on', 'yes', 'y', 't'];
const FALSE_WORDS = ['false', '0', 'off', 'no', 'n', 'f'];
/** As they may be spelled in a body; in a query any case will do. */
const spelled = (words: readonly string[]) =>
  words.flatMap((word) =>
    word.length === 1 ? [word] : [word, word.toUpperCase(), `${word[0]?.toUpperCase()}${word.slice(1)}`],
  );
const TRUE_SPELLED = spelled(TRUE_WORDS);
const FALSE_SPELLED = spelled(FALSE_WORDS);

/** A yes or no in a body: a boolean, or one of the words for it. */
export const bool = z
  .union([z.boolean(), z.enum([...TRUE_SPELLED, ...FALSE_SPELLED])], { error: 'expects true or false' })
  .transform((value) => value === true || TRUE_SPELLED.includes(String(value)));

/** A yes or no in a query. */
export const queryBool = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.enum([...TRUE_WORDS, ...FALSE_WORDS], { error: 'expects true or false' }))
  .transform((word) => TRUE_WORDS.includes(word));

/** With or without hyphens, in any case, perhaps as a URN or in braces; becomes the usual form. */
export const uuid = z
  .string({ error: 'expects a UUID' })
  .transform((text) => text.replace(/^urn:uuid:|[{}-]/gi, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{32}$/, { error: 'expects a UUID' }))
  .transform((digits) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));

/** GiB, at least 1; a text of digits will do. */
export const size = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[0-9]+$/)
        .transform(Number),
    ],
    {
      error: 'expects a size in GiB',
    },
  )
  .pipe(
    z
      .int({ error: 'expects a whole number of GiB' })
      .min(1, { error: 'expects at least 1 GiB' })
      .max(LARGEST, { error: `expects at most ${LARGEST} GiB` }),
  );

/** Up to 255 characters. */
export const text255 = z
  .string({ error: 'expects a text' })
  .max(LONGEST, { error: `expects at most ${LONGEST} characters` });

/** Names lose the blanks around them before they are measured. */
export const name255 = z
  .string({ error: 'expects a text or null' })
  .trim()
  .max(LONGEST, { error: `expects at most ${LONGEST} characters` })
  .nullable();

/** As a name, of characters that can be printed. */
export const description = name255.refine((text) => text === null || !/\p{Cc}/u.test(text), {
  error: 'expects characters that can be printed',
});

const metadataKey = z.string().regex(/^[a-zA-Z0-9\-_:. /]{1,255}$/);

/** Names with a text each. */
export const metadata = z.record(metadataKey, text255, {
  // What is wrong with a name is told of the whole.
  error: ({ code }) =>
    code === 'invalid_key'
      ? 'expects names of 1 to 255 letters, digits, blanks and any of - _ : . /'
      : 'expects an object of texts',
});

/** A list's page; whatever is above the most counts as the most. */
export const PAGE_MAX = 1000;

const whole = (least: string) =>
  z
    .string()
    .regex(/^[0-9]+$/, { error: least })
    .transform(Number);

/** Parameters of every list of the volume API (cinder/api/common.py, get_pagination_params). */
export const pageQuery = {
  limit: whole('expects a whole number that is not negative')
    .transform((limit) => Math.min(limit, PAGE_MAX))
    .optional(),
  offset: whole('expects a whole number that is not negative')
    .refine((offset) => offset <= LARGEST, { error: `expects at most ${LARGEST}` })
    .optional(),
  marker: z.string().optional(),
  sort: z.string().optional(),
  sort_key: z.string().optional(),
  sort_dir: z.string().optional(),
  all_tenants: z.string().optional(),
};
