/**
 * The handbook shows the states as the verbs have them.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { withStates } from './handbook';

describe('the handbook', () => {
  it('is up to date; `npm run diagrams` brings it there', async () => {
    const text = await readFile(new URL('README.md', import.meta.url), 'utf8');
    expect(text).toBe(withStates(text));
  });

  it('shows what the specification of each service shows', async () => {
    const text = await readFile(new URL('README.md', import.meta.url), 'utf8');
    expect(text).toContain('available --> extending: extend');
    expect(text).toContain('extending --> error_extending: failed');
    expect(text).toContain('resized --> resize_confirming: confirm-resize');
  });

  it('cannot be written without its place', () => {
    expect(() => withStates('nothing')).toThrow('no place');
  });
});
