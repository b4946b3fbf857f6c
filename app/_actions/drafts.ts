/**
 * What somebody has typed into a form, as it was typed; and what of it can be sent. What cannot is never thrown away:
 * it stays in its field, with what is wrong beneath.
 */
import type { Field, Fields } from '~/server/domain/engine/fields';
import type { FormInput, FormValue } from './action-types';

/** A line of a field that has several. */
export interface Entry {
  /** Stays with the line while others come and go. */
  key: number;
  name: string;
  value: string;
}

export type Draft = string | boolean | readonly string[] | readonly Entry[];
export type Drafts = Readonly<Record<string, Draft>>;

/** What is in a form by now. */
export interface Reading {
  /** Fields that can be sent. */
  input: FormInput;
  /** What is wrong, by field, one sentence each. */
  problems: Readonly<Record<string, string>>;
  /** Label of the first field that has to be given, and is not. */
  missing: string | null;
}

type Read = { value: FormValue } | { problem: string } | 'missing' | 'left out';

/** @returns what a field shows for a value of the API */
export function draftOf(field: Field, value: FormValue | undefined): Draft {
  switch (field.kind) {
    case 'flag':
      return value === true;
    case 'picks':
      return Array.isArray(value) ? value.map(String) : [];
    case 'names':
      return entries(Array.isArray(value) ? value.map((name) => [String(name), '']) : []);
    case 'pairs':
    case 'numbers':
      return entries(
        isRecord(value) ? Object.entries(value).map(([name, each]) => [name, String(each)]) : [],
      );
    case 'document':
      return value === undefined || value === null ? '' : JSON.stringify(value, null, 2);
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/** @returns the draft that the text of a link or remedy stands for */
export function draftOfText(field: Field, text: string): Draft {
  switch (field.kind) {
    case 'flag':
      return text === 'true';
    case 'picks':
      return text.split(',').filter((id) => id !== '');
    case 'names':
      return entries(text.split(',').map((name) => [name, '']));
    case 'pairs':
    case 'numbers':
      return entries([...new URLSearchParams(text)]);
    default:
      return text;
  }
}

function entries(pairs: readonly (readonly [string, string])[]): Entry[] {
  return pairs.map(([name, value], key) => ({ key, name, value }));
}

function isRecord(value: FormValue | undefined): value is FormInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param drafts of the fields that were touched
 * @param initial what the form started with; counts where nothing was touched
 */
export function readDrafts(fields: Fields, drafts: Drafts, initial: Readonly<FormInput>): Reading {
  const input: FormInput = {};
  const problems: Record<string, string> = {};
  let missing: string | null = null;
  for (const [name, field] of Object.entries(fields)) {
    const draft = drafts[name];
    const read =
      draft === undefined ? untouched(field, initial[name]) : readDraft(field, draft, initial[name]);
    if (read === 'missing') missing ??= field.label;
    else if (read === 'left out') continue;
    else if ('problem' in read) problems[name] = read.problem;
    else input[name] = read.value;
  }
  return { input, problems, missing };
}

function untouched(field: Field, initial: FormValue | undefined): Read {
  if (initial !== undefined) return { value: initial };
  if (field.optional) return 'left out';
  switch (field.kind) {
    case 'flag':
      return { value: false };
    case 'picks':
    case 'names':
      return { value: [] };
    case 'pairs':
    case 'numbers':
      return { value: {} };
    case 'text':
      return (field.min ?? 0) > 0 ? 'missing' : { value: '' };
    default:
      return 'missing';
  }
}

function readDraft(field: Field, draft: Draft, initial: FormValue | undefined): Read {
  switch (field.kind) {
    case 'flag':
      return { value: draft === true };
    case 'picks':
      return { value: (draft as readonly string[]).map(String) };
    case 'names':
    case 'pairs':
    case 'numbers':
      return readEntries(field.kind, draft as readonly Entry[]);
    default:
      return readText(field, String(draft), initial);
  }
}

type TextField = Exclude<Field, { kind: 'flag' | 'picks' | 'names' | 'pairs' | 'numbers' }>;

function readText(field: TextField, draft: string, initial: FormValue | undefined): Read {
  const text = field.kind === 'text' ? draft : draft.trim();
  if (text === '') {
    // Emptying what was there is a wish of its own.
    if (field.kind === 'text' && (field.min ?? 0) === 0 && (!field.optional || initial !== undefined)) {
      return { value: '' };
    }
    return field.optional ? 'left out' : 'missing';
  }
  switch (field.kind) {
    case 'integer':
      return readInteger(field, text);
    case 'text':
      return text.length < (field.min ?? 0)
        ? { problem: `Give at least ${field.min} characters.` }
        : { value: text };
    case 'document':
      return readDocument(text);
    default:
      return { value: text };
  }
}

function readInteger({ min, max, unit }: Extract<Field, { kind: 'integer' }>, text: string): Read {
  const value = Number(text);
  const of = unit === undefined ? '' : ` ${unit}`;
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) return { problem: 'Give a whole number.' };
  if (value < min) return { problem: `Give at least ${min.toLocaleString()}${of}.` };
  if (max !== undefined && value > max) return { problem: `Give at most ${max.toLocaleString()}${of}.` };
  return { value };
}

function readDocument(text: string): Read {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value as FormValue)) return { value: value as FormValue };
    return { problem: 'Give a JSON object, in braces.' };
  } catch {
    return { problem: 'This is not JSON yet.' };
  }
}

function readEntries(kind: 'names' | 'pairs' | 'numbers', draft: readonly Entry[]): Read {
  const given = draft.filter(({ name, value }) => name !== '' || value !== '');
  if (given.some(({ name }) => name === '')) return { problem: 'Every value needs a name.' };
  const names = given.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) return { problem: `${twice} is given twice.` };
  if (kind === 'names') return { value: names };
  if (kind === 'pairs') return { value: Object.fromEntries(given.map(({ name, value }) => [name, value])) };
  const odd = given.find(({ value }) => !/^-?\d+$/.test(value.trim()));
  if (odd !== undefined) return { problem: `${odd.name} needs a whole number; −1 is without limit.` };
  return { value: Object.fromEntries(given.map(({ name, value }) => [name, Number(value)])) };
}
