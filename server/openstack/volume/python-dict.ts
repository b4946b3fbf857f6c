/**
 * Filters by metadata come as a dictionary the way Python writes one, e.g. `{'tier': 'gold'}`; JSON is one as well.
 */

/** One text in either kind of quotes, and what comes after it. */
const TOKEN = /\s*u?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*([:,}])/y;

/** @returns its pairs; null when it is not a dictionary of texts */
export function pairsOf(text: string): Record<string, string> | null {
  const whole = text.trim();
  if (/^\{\s*\}$/.test(whole)) return {};
  if (!whole.startsWith('{')) return null;
  const token = new RegExp(TOKEN);
  token.lastIndex = 1;
  const pairs: [string, string][] = [];
  for (;;) {
    const key = token.exec(whole);
    if (key?.[3] !== ':') return null;
    const value = token.exec(whole);
    if (value === null || value[3] === ':') return null;
    pairs.push([unquoted(key), unquoted(value)]);
    if (value[3] === '}') return token.lastIndex === whole.length ? Object.fromEntries(pairs) : null;
  }
}

function unquoted(token: RegExpExecArray): string {
  return (token[1] ?? token[2] ?? '').replace(/\\(.)/g, '$1');
}
