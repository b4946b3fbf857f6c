/**
 * What names and texts the API takes as metadata, and when it may be written.
 */
import type { Field } from '../engine/fields';
import type { Ask, Rule } from '../engine/verb';
import type { Strings } from '../engine/world';
import { advice } from './volume-remedy';
import { notStatusRule } from './volume-rules';

const SOURCE = 'cinder api/validation/parameter_types.py, extra_specs and metadata';

/** Names, of 1 to 255 characters. */
const KEY = /^[a-zA-Z0-9\-_:. /]{1,255}$/;
/** Characters of a value. */
const MOST_CHARACTERS = 255;
/** Bytes of a value, as UTF-8, in the metadata of an image. */
export const MOST_IMAGE_VALUE_BYTES = 65_535;

interface WithMetadata {
  metadata?: Strings | undefined;
}

/** @returns a rule about the names, and one about the length of the values */
function rulesOf(tooLong: (value: string) => boolean, most: string): readonly Rule<WithMetadata>[] {
  const pairs = ({ input }: Ask<WithMetadata>) => Object.entries(input.metadata ?? {});
  return [
    {
      id: 'metadata-key',
      code: 'invalid',
      source: SOURCE,
      test: (ask) => {
        const wrong = pairs(ask).find(([key]) => !KEY.test(key));
        if (wrong === undefined) return null;
        return {
          message: `"${wrong[0].slice(0, 40)}" is no name of metadata: 1 to 255 letters, digits, spaces and any of - _ : . / are.`,
          remedy: advice('Choose another name.'),
        };
      },
    },
    {
      id: 'metadata-value',
      code: 'invalid',
      source: SOURCE,
      test: (ask) => {
        const wrong = pairs(ask).find(([, value]) => tooLong(value));
        if (wrong === undefined) return null;
        return {
          message: `The value of ${wrong[0]} is longer than ${most}.`,
          remedy: advice('Choose a shorter value.'),
        };
      },
    },
  ];
}

export const METADATA_RULES = rulesOf((value) => value.length > MOST_CHARACTERS, '255 characters');

export const IMAGE_METADATA_RULES = rulesOf(
  (value) => new TextEncoder().encode(value).length > MOST_IMAGE_VALUE_BYTES,
  '65535 bytes',
);

/** What whoever writes has seen before; it is written only as long as that is what is there. */
export const EXPECTED_METADATA = {
  kind: 'pairs',
  label: 'Expected metadata',
  max: MOST_IMAGE_VALUE_BYTES,
  optional: true,
  untold: true,
} as const satisfies Field;

/** @returns a rule that compares under the lock under which is written, so that of two writers one is late */
export function outdatedRule(
  objectOf: (ask: Pick<Ask, 'world' | 'id'>) => { name: string; metadata: Strings },
): Rule<{ expected?: Strings | undefined }> {
  return {
    id: 'outdated',
    code: 'outdated',
    source: 'cinder api/v3/volume_metadata.py, _validate_etag',
    test: (ask) => {
      const { expected } = ask.input;
      if (expected === undefined) return null;
      const { name, metadata } = objectOf(ask);
      const same =
        Object.keys(expected).length === Object.keys(metadata).length &&
        Object.entries(expected).every(([key, value]) => metadata[key] === value);
      if (same) return null;
      return {
        message: `The metadata of ${name} have been changed since they were read.`,
        remedy: advice('Read them again.'),
      };
    },
  };
}

/** Metadata is not written while it may be on its way into an image, or to another backend. */
export const METADATA_STATUS_RULE = notStatusRule(['maintenance', 'uploading'], {
  doing: 'changing its metadata',
  source: 'cinder volume/api.py, _update_volume_metadata',
});

/** @returns the names that are not among these */
export function unknownOf(names: readonly string[], there: Strings): string[] {
  return names.filter((name) => there[name] === undefined);
}

/** @returns the pairs without those names */
export function without(pairs: Strings, names: readonly string[]): Strings {
  return Object.fromEntries(Object.entries(pairs).filter(([name]) => !names.includes(name)));
}
