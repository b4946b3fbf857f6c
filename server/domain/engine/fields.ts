/**
 * What a verb asks for besides its object, as data: schemas of every wire, and the form in the console, are made of it.
 */
import type { Json } from '../connection';

/** Objects that can be picked. */
export type Pickable =
  | 'server'
  | 'volume'
  | 'snapshot'
  | 'attachment'
  | 'volumeType'
  | 'qosSpecs'
  | 'image'
  | 'flavor'
  | 'pool'
  | 'host'
  | 'project';

interface Base {
  label: string;
  /** One sentence under the field. */
  hint?: string;
  /** An absent optional field is undefined in the input. */
  optional?: true;
  /** Told by a transport of its own accord; a form has no place for it. */
  untold?: true;
}

export type Field =
  | (Base & { kind: 'text'; max: number; min?: number; multiline?: true })
  /** `unit` stands behind the box, e.g. GiB. */
  | (Base & { kind: 'integer'; min: number; max?: number; unit?: string })
  | (Base & { kind: 'choice'; options: readonly string[]; words?: Readonly<Record<string, string>> })
  | (Base & { kind: 'flag' })
  /** `list`: several ids. */
  | (Base & { kind: 'pick'; of: Pickable })
  | (Base & { kind: 'picks'; of: Pickable })
  /** Names with a text each, of at most `max` characters (255 unless told). */
  | (Base & { kind: 'pairs'; max?: number })
  /** Names alone. */
  | (Base & { kind: 'names' })
  /** Numbers by name, e.g. limits; −1 is without limit. */
  | (Base & { kind: 'numbers' })
  /** A document that the API's programs bring along, e.g. a connector; the console shows it as JSON. */
  | (Base & { kind: 'document' });

export type Fields = Readonly<Record<string, Field>>;

interface ValueOf {
  text: string;
  integer: number;
  choice: string;
  flag: boolean;
  pick: string;
  picks: readonly string[];
  pairs: Readonly<Record<string, string>>;
  names: readonly string[];
  numbers: Readonly<Record<string, number>>;
  document: { readonly [key: string]: Json };
}

type FieldValue<F extends Field> = F extends { kind: 'choice'; options: readonly (infer Option)[] }
  ? Option
  : ValueOf[F['kind']];

type OptionalNames<F extends Fields> = {
  [Name in keyof F]: F[Name] extends { optional: true } ? Name : never;
}[keyof F];

/** The input of a verb with these fields. */
export type InputOf<F extends Fields> = {
  [Name in Exclude<keyof F, OptionalNames<F>>]: FieldValue<F[Name]>;
} & { [Name in OptionalNames<F>]?: FieldValue<F[Name]> | undefined };

/** The input of any verb. */
export type Input = Readonly<Record<string, Json | undefined>>;
