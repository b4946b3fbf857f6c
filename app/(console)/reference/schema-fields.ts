/**
 * A schema in words: one line for each thing that may be given, and an example with what must be.
 */
import type { Schema } from './read-document';

export interface FieldLine {
  /** From the outside in, e.g. `server.networks[].uuid`. */
  name: string;
  /** e.g. `text or null`. */
  type: string;
  required: boolean;
  /** e.g. `1 to 255 characters`. */
  limits: string;
}

/** Bodies are not deeper; what refers to itself would never end. */
const DEEPEST = 8;
const SHOWN_VALUES = 8;

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
  array: 'list',
  object: 'object',
};

/** @returns the lines of everything in a schema, outer things before what is in them */
export function fieldLines(schema: Schema, name = '', depth = 0): FieldLine[] {
  if (depth > DEEPEST) return [];
  return alternatives(schema).flatMap((each) => {
    const named = Object.entries(each.properties ?? {}).flatMap(([key, value]) => {
      const whole = name === '' ? key : `${name}.${key}`;
      const line = { ...about(value), name: whole, required: each.required?.includes(key) ?? false };
      return [line, ...fieldLines(value, whole, depth + 1)];
    });
    const items = each.items === undefined ? [] : fieldLines(each.items, `${name}[]`, depth + 1);
    return [...named, ...anyNamed(each, name, depth), ...items];
  });
}

/** Names that the caller chooses, as in metadata. */
function anyNamed({ additionalProperties }: Schema, name: string, depth: number): FieldLine[] {
  if (typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0) return [];
  const whole = name === '' ? '<name>' : `${name}.<name>`;
  const line = { ...about(additionalProperties), name: whole, required: false };
  return [line, ...fieldLines(additionalProperties, whole, depth + 1)];
}

/** @returns type and limits of a value, e.g. `text` of `1 to 255 characters` */
export function about(schema: Schema): Pick<FieldLine, 'type' | 'limits'> {
  const parts = alternatives(schema);
  const all = [...new Set(parts.flatMap(typesOf))];
  // The many words that are as good as a yes or a no say nothing more.
  const yesOrNo = all.includes('true or false');
  const types = yesOrNo ? all.filter((type) => !type.startsWith('one of ')) : all;
  const limits = [...new Set(parts.map(limitsOf).filter((text) => text !== ''))];
  return { type: types.join(' or ') || 'anything', limits: limits.join('; ') };
}

function alternatives(schema: Schema): Schema[] {
  const several = schema.anyOf ?? schema.oneOf;
  return several === undefined ? [schema] : several.flatMap(alternatives);
}

function typesOf(schema: Schema): string[] {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum !== undefined) {
    const { length } = schema.enum;
    return length > SHOWN_VALUES
      ? [`one of ${length} words`]
      : schema.enum.map((value) => JSON.stringify(value));
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (schema.items !== undefined) return [`list of ${about(schema.items).type}`];
  return types.map((type) => (schema.format === 'uuid' ? 'UUID' : (WORDS[type] ?? type)));
}

function limitsOf({ minimum, maximum, minLength, maxLength }: Schema): string {
  const length = range(
    minLength,
    maxLength,
    maxLength === 1 || (minLength === 1 && maxLength === undefined) ? ' character' : ' characters',
  );
  // What a machine can count at most says nothing of what is meant.
  const large = maximum !== undefined && maximum >= Number.MAX_SAFE_INTEGER;
  const small = minimum !== undefined && minimum <= Number.MIN_SAFE_INTEGER;
  const value = range(small ? undefined : minimum, large ? undefined : maximum, '');
  return [length, value].filter((text) => text !== '').join('; ');
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined) return most === undefined ? '' : `at most ${most}${unit}`;
  return most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`;
}

/**
 * @param name what stands for a text, e.g. `volume_id` for `<volume_id>`
 * @returns something that fits the schema as far as it goes: only what must be there
 */
export function exampleOf(schema: Schema, name = 'text', depth = 0): unknown {
  const options = alternatives(schema);
  const chosen = options.find((each) => each.type !== 'null') ?? schema;
  if (chosen.const !== undefined) return chosen.const;
  if (chosen.enum !== undefined) return chosen.enum[0];
  if (depth > DEEPEST) return null;
  if (chosen.properties !== undefined) {
    const { properties, required = [] } = chosen;
    return Object.fromEntries(required.map((key) => [key, exampleOf(properties[key] ?? {}, key, depth + 1)]));
  }
  if (chosen.items !== undefined) return [exampleOf(chosen.items, name.replace(/s$/, ''), depth + 1)];
  switch (chosen.type) {
    case 'object':
      return typeof chosen.additionalProperties === 'object'
        ? { name: exampleOf(chosen.additionalProperties, 'value', depth + 1) }
        : {};
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return Math.max(chosen.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return `<${name}>`;
    default:
      return null;
  }
}
