import { describe, expect, it } from 'vitest';
import type { Fields } from '~/server/domain/engine/fields';
import { draftOf, draftOfText, readDrafts } from './drafts';

const FIELDS = {
  size: { kind: 'integer', label: 'New size', min: 2, max: 100, unit: 'GiB' },
  description: { kind: 'text', label: 'Description', max: 255, optional: true },
} satisfies Fields;

const entry = (key: number, name: string, value = '') => ({ key, name, value });

describe('what was typed', () => {
  it('is sent as numbers and texts', () => {
    expect(readDrafts(FIELDS, { size: ' 20 ', description: 'for logs' }, {})).toEqual({
      input: { size: 20, description: 'for logs' },
      problems: {},
      missing: null,
    });
  });

  it.each([
    ['ten', 'Give a whole number.'],
    ['2.5', 'Give a whole number.'],
    ['1', 'Give at least 2 GiB.'],
    ['101', 'Give at most 100 GiB.'],
  ])('keeps %s out of what is sent, and says why', (size, problem) => {
    const { input, problems } = readDrafts(FIELDS, { size }, {});
    expect(input).toEqual({});
    expect(problems).toEqual({ size: problem });
  });

  it('names the first field that is still to be given', () => {
    expect(readDrafts(FIELDS, {}, {}).missing).toBe('New size');
    expect(readDrafts(FIELDS, { size: '' }, { size: 10 }).missing).toBe('New size');
  });

  it('leaves an optional text out, unless somebody has emptied it', () => {
    expect(readDrafts(FIELDS, { size: '5', description: '' }, {}).input).toEqual({ size: 5 });
    expect(readDrafts(FIELDS, { description: '' }, { size: 5, description: 'old' }).input).toEqual({
      size: 5,
      description: '',
    });
  });

  it('counts what the form started with where nothing was touched', () => {
    expect(readDrafts(FIELDS, {}, { size: 11 }).input).toEqual({ size: 11 });
  });

  it('reads lines of names and values', () => {
    const fields: Fields = {
      metadata: { kind: 'pairs', label: 'Metadata' },
      limits: { kind: 'numbers', label: 'Limits' },
      keys: { kind: 'names', label: 'Names' },
    };
    const drafts = {
      metadata: [entry(0, 'role', 'db'), entry(1, '', '')],
      limits: [entry(0, 'volumes', '-1')],
      keys: [entry(0, 'role')],
    };
    expect(readDrafts(fields, drafts, {}).input).toEqual({
      metadata: { role: 'db' },
      limits: { volumes: -1 },
      keys: ['role'],
    });
    const wrong = {
      metadata: [entry(0, 'role', 'db'), entry(1, 'role', 'web')],
      limits: [entry(0, 'volumes', 'many')],
      keys: [],
    };
    expect(readDrafts(fields, wrong, {}).problems).toEqual({
      metadata: 'role is given twice.',
      limits: 'volumes needs a whole number; −1 is without limit.',
    });
  });

  it('reads a document only when it is one', () => {
    const fields: Fields = { connector: { kind: 'document', label: 'Connector' } };
    expect(readDrafts(fields, { connector: '{"host":"cmp-1"}' }, {}).input).toEqual({
      connector: { host: 'cmp-1' },
    });
    expect(readDrafts(fields, { connector: '{"host"' }, {}).problems).toEqual({
      connector: 'This is not JSON yet.',
    });
    expect(readDrafts(fields, { connector: '[1]' }, {}).problems).toEqual({
      connector: 'Give a JSON object, in braces.',
    });
  });
});

it('shows values of the API, and texts of links, as somebody would have typed them', () => {
  expect(draftOf(FIELDS.size, 20)).toBe('20');
  expect(draftOf({ kind: 'pairs', label: '' }, { role: 'db' })).toEqual([entry(0, 'role', 'db')]);
  expect(draftOf({ kind: 'document', label: '' }, { host: 'a' })).toBe('{\n  "host": "a"\n}');
  expect(draftOfText({ kind: 'flag', label: '' }, 'true')).toBe(true);
  expect(draftOfText({ kind: 'picks', label: '', of: 'volume' }, 'a,b')).toEqual(['a', 'b']);
});
