/**
 * Reads what a request carries, and holds it against the schemas of its route.
 */
import type { z } from 'zod';
import { FaultError } from './fault';
import { atVersion, type ByVersion, type Route } from './route';

/** @throws FaultError 415 for a body of another kind than the service reads */
export function checkContentType(request: Request, types: readonly string[]): void {
  const sent = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (sent === '' || types.includes(sent)) return;
  throw new FaultError(415, `A body of type ${sent} is not read here; send ${types[0]}.`);
}

/**
 * @returns the parsed text; undefined for none
 * @throws FaultError 400 when it is no JSON
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    // Only an escape can bring such a character in; most bodies have none, and are not looked through.
    const body: unknown = ESCAPED.test(text) ? JSON.parse(text, keepable) : JSON.parse(text);
    checkDepth(body);
    return body;
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw new FaultError(400, 'The body is no JSON.');
  }
}

/** Deeper than anything that is asked for; whoever looks into a body goes down step by step. */
const DEEPEST = 100;

function checkDepth(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new FaultError(400, `The body is nested more than ${DEEPEST} deep.`);
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}

/** Half a character, or the one of number 0: JSON has them, the database keeps neither. */
const UNKEEPABLE = /\p{Surrogate}|\0/u;
const ESCAPED = /\\u(?:0000|d[89a-f])/i;

function keepable(key: string, value: unknown): unknown {
  if (UNKEEPABLE.test(key) || (typeof value === 'string' && UNKEEPABLE.test(value))) {
    throw new FaultError(400, 'A text in the body has characters that cannot be kept.');
  }
  return value;
}

/**
 * The database would call it an error.
 * @throws FaultError 400 when the character of number 0 is in the path or in the query
 */
export function checkUrl({ pathname, search }: URL): void {
  if (/%00/.test(pathname) || /%00/.test(search)) {
    throw new FaultError(400, 'The URL has a character that cannot be kept.');
  }
}

/**
 * Chooses among the actions behind one path by the only key of the body.
 * @returns the routes of that action, and its value
 * @throws FaultError 400 for anything but an object with one known key
 */
export function chooseAction(routes: readonly Route[], body: unknown): { routes: Route[]; value: unknown } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new FaultError(400, 'The body must be an object with the action as its only key.');
  }
  const [entry, ...more] = Object.entries(body);
  if (entry === undefined || more.length > 0) {
    throw new FaultError(400, `The body must name one action; it has ${more.length + (entry ? 1 : 0)} keys.`);
  }
  const [name, value] = entry;
  const chosen = routes.filter(({ action }) => action === name);
  if (chosen.length === 0) throw new FaultError(400, `There is no action ${name.slice(0, 100)}.`);
  return { routes: chosen, value };
}

/**
 * @param where what to call it in the sentence: `the body`, `the query` …
 * @param lenient whether keys that the schema does not know are overlooked
 * @returns the parsed value; undefined when no schema is given
 * @throws FaultError 400 with the first thing that is wrong
 */
export function parse(
  schemas: ByVersion<z.ZodType> | undefined,
  minor: number,
  value: unknown,
  where: string,
  lenient = false,
): unknown {
  const schema = schemas === undefined ? undefined : atVersion(schemas, minor);
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = lenient ? withoutUnknownKeys(value, result.error) : null;
  if (known !== null) return parse(schemas, minor, known, where, true);
  throw new FaultError(400, sentence(result.error, where));
}

/** @returns a copy without the keys that were not known; null when there were none */
function withoutUnknownKeys(value: unknown, { issues }: z.ZodError): unknown {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  if (unknown.length === 0) return null;
  const copy: unknown = structuredClone(value);
  for (const { path, keys } of unknown) {
    const holder = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], copy);
    for (const key of keys) delete (holder as Record<string, unknown>)[key];
  }
  return copy;
}

/** One error is told, as upstream does; a wrong value before a key too many. */
function sentence({ issues }: z.ZodError, where: string): string {
  const issue = issues.find(({ code }) => code !== 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return `Bad input in ${where}.`;
  const at = issue.path.map(String).join('.');
  return `Bad input in ${where}${at === '' ? '' : ` at ${at}`}: ${issue.message}.`;
}

/** @returns every parameter as a text, the last of its name */
export function queryOf(url: URL): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}
