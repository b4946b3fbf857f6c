/** What of a request is not even looked at. */
import { expect, test } from 'vitest';
import { FaultError } from './fault';
import { checkUrl, parseJson } from './request-body';

function statusOf(look: () => unknown): unknown {
  try {
    return look();
  } catch (error) {
    if (error instanceof FaultError) return error.status;
    throw error;
  }
}

test.each<[string, unknown]>([
  ['', undefined],
  [' \n', undefined],
  ['{}', {}],
  ['{"a": "\\u00e4 \\ud83d\\ude00"}', { a: 'ä 😀' }],
  ['{', 400],
  ['{"a": "\\u0000"}', 400],
  ['{"a": {"b": ["\\uD800"]}}', 400],
  ['{"\\u0000": 1}', 400],
  ['{"a": "\\\\u0000"}', { a: '\\u0000' }],
])('the body %s → %o', (text, expected) => {
  expect(statusOf(() => parseJson(text))).toEqual(expected);
});

test.each([
  ['/volumes?name=a', undefined],
  ['/volumes?name=%00', 400],
  ['/volumes/%00', 400],
])('the address %s → %o', (path, expected) => {
  expect(statusOf(() => checkUrl(new URL(path, 'http://mooring.test')))).toBe(expected);
});
