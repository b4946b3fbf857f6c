/**
 * Requests that mean no good: for any route, what its schemas foresee, mixed with what nobody should send.
 */
import fc from 'fast-check';
import { type JsonSchema, jsonSchema } from '~/server/openstack/openapi/schema';
import { atVersion, type Route } from '~/server/openstack/route';

export interface HostileRequest {
  method: string;
  /** Below the root of the service, with the query. */
  path: string;
  /** Undefined for none. */
  body: string | undefined;
}

/** A value that JSON.stringify cannot write: it stands in a text, and is put in its place when all is written. */
const raw = (json: string): string => `\u00a7${json}\u00a7`;
const written = (body: unknown): string | undefined =>
  JSON.stringify(body)?.replace(/"\u00a7(.*?)\u00a7"/g, (_, json: string) => json.replaceAll('\\"', '"'));

const NUMBERS = [0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, ...['-0', '1e309', '-1e309', '1e-400'].map(raw)];
const HUGE = ['9223372036854775808', '9'.repeat(400)].map(raw);
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202e\u{1f4a9}',
  "'; drop table servers; --",
  '%00%ff',
  '../../etc/passwd',
  '(a+)+$',
  '[',
  '\\',
  '9223372036854775808',
  '+275760-09-13T00:00:00Z',
  '2030-99-99T99:99:99',
  'infinity',
  ' '.repeat(20_000),
  'x'.repeat(5_000),
];
const NESTED = [
  raw('['.repeat(10_000) + ']'.repeat(10_000)),
  raw('{"a":'.repeat(10_000) + 1 + '}'.repeat(10_000)),
];
const OBJECTS = [
  {},
  [],
  [null],
  [[]],
  { '': '' },
  { '\u0000': 'x' },
  { ['k'.repeat(3_000)]: 'v' },
  ...['{"__proto__":{"x":1}}', '{"constructor":{"prototype":1}}', '{"a":1,"a":2}', '{"toString":null}'].map(
    raw,
  ),
];
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(null, true, false),
  fc.constantFrom<unknown[]>(...NUMBERS, ...HUGE),
  fc.constantFrom<unknown[]>(...TEXTS),
  fc.constantFrom<unknown[]>(...OBJECTS, ...NESTED),
);

/** Whole bodies, as they are sent. */
const BODIES = [
  '',
  'null',
  '[]',
  '"x"',
  '12',
  '{',
  '{}',
  '{"":{}}',
  '1e309',
  '\u0000',
  '{"a":1}x',
  '\ufeff{}',
  'a=b',
];

/** In place of one part of a path. */
const SEGMENTS = ['%00', '%ff', '%2F', '%E0%A4%A', "'", '%F0%9F%92%A9', '$1', '*', 'x'.repeat(300)];

/** In place of the value of a parameter. */
const PARAMETERS = [
  '-1',
  'abc',
  '1e9',
  '1000000000000000000000',
  '',
  '%00',
  '%ff',
  '%ed%a0%80',
  '(a%2B)%2B%24',
  '%5B',
  '(',
  '%5C',
  'a%7B1,100000%7D',
  'name;drop%20table%20servers',
  '__proto__',
  'constructor:asc',
  'toString',
  'id:asc,id:desc,name:asc',
  "{'a':",
  '%7B%22__proto__%22:1%7D',
  '9999-99-99',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '0000-01-01T00:00:00Z',
  'gt:2026-02-28T00:00:00%2B23:00',
  '2026-02-30',
  '1',
  'true',
  'gt:abc,lt:',
  'x'.repeat(3_000),
];
/** Those that something stumbled over, for lists that are asked for with each. */
const SHARP = [
  '-1',
  'abc',
  '1',
  '1000000000000000000000',
  '%00',
  '%ff',
  '(',
  '__proto__',
  'constructor',
  '2026-02-30',
  '-271821-04-20T00:00:00Z',
  'gt:0000-01-01T00:00:00%2B23:00',
];

/** Parameters that some list has, besides those that a schema names. */
const NAMES = [
  'limit',
  'marker',
  'offset',
  'sort',
  'sort_key',
  'sort_dir',
  'name',
  'status',
  'all_tenants',
  'id',
  'metadata',
  '__proto__',
  'constructor',
  'created_at',
  'name~',
  'x%00y',
];

/**
 * @param route of any service
 * @param minor version in which it is asked
 * @param ids of things that are there, to get past the look-up
 */
export function hostileRequests(
  route: Route,
  minor: number,
  ids: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const { method, action } = route;
  return fc.record({
    method: fc.constant(method),
    path: pathsOf(route, minor, ids),
    body:
      method === 'GET' || method === 'HEAD' ? fc.constant(undefined) : bodiesOf(route, minor, ids, action),
  });
}

/** @returns every strange part in every place of a path */
export function hostilePaths({ path }: Route): string[] {
  return path.includes(':') ? SEGMENTS.map((segment) => path.replace(/:[^/]+/g, segment)) : [];
}

/** @returns every parameter of a list with the sharpest of the strange values, one at a time, of short pages */
export function hostileQueries(
  { path, query }: Route,
  minor: number,
  [id = '']: readonly string[],
): string[] {
  const place = path.replace(/:[^/]+/g, id);
  const known = parametersOf(query, minor);
  const short = known.includes('limit') ? '&limit=1' : '';
  return [...new Set([...known, ...NAMES])].flatMap((name) =>
    SHARP.map((value) => `${place}?${name}=${value}${name === 'limit' ? '' : short}`),
  );
}

function parametersOf(query: Route['query'], minor: number): string[] {
  const schema = query === undefined ? undefined : atVersion(query, minor);
  return schema === undefined ? [] : Object.keys(jsonSchema(schema, 'query', {}).properties ?? {});
}

function pathsOf({ path, query }: Route, minor: number, ids: readonly string[]): fc.Arbitrary<string> {
  const parts = path
    .split('/')
    .map((part) =>
      part.startsWith(':')
        ? fc.oneof(
            { weight: 6, arbitrary: fc.constantFrom(...ids) },
            { weight: 1, arbitrary: fc.constantFrom(...SEGMENTS) },
          )
        : fc.constant(part),
    );
  const pair = fc
    .tuple(fc.constantFrom(...parametersOf(query, minor), ...NAMES), fc.constantFrom(...PARAMETERS, ...ids))
    .map(([name, value]) => `${name}=${value}`);
  return fc
    .tuple(fc.tuple(...parts), fc.oneof(fc.constant([]), fc.array(pair, { minLength: 1, maxLength: 3 })))
    .map(([segments, pairs]) => segments.join('/') + (pairs.length === 0 ? '' : `?${pairs.join('&')}`));
}

function bodiesOf(
  { body }: Route,
  minor: number,
  ids: readonly string[],
  action: string | undefined,
): fc.Arbitrary<string | undefined> {
  const schema = body === undefined ? undefined : atVersion(body, minor);
  const definitions: Record<string, JsonSchema> = {};
  const value =
    schema === undefined ? hostile : mixedValue(jsonSchema(schema, 'body', definitions), definitions, ids, 4);
  const whole = action === undefined ? value : value.map((given) => ({ [action]: given }));
  return fc.oneof(
    { weight: 8, arbitrary: whole.map(written) },
    { weight: 1, arbitrary: hostile.map(written) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, ...BODIES) },
  );
}

/** What a schema allows, with something else in a place here and there. */
function mixedValue(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  ids: readonly string[],
  depth: number,
): fc.Arbitrary<unknown> {
  if (depth === 0) return hostile;
  return fc.oneof(
    { weight: 9, arbitrary: soundValue(schema, definitions, ids, depth) },
    { weight: 1, arbitrary: hostile },
  );
}

function soundValue(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  ids: readonly string[],
  depth: number,
): fc.Arbitrary<unknown> {
  const inner = (each: unknown) => mixedValue(each as JsonSchema, definitions, ids, depth - 1);
  const { type, enum: words, const: only, anyOf, oneOf, properties, items, $ref } = schema;
  if (typeof $ref === 'string') return inner(definitions[$ref.split('/').at(-1) ?? ''] ?? {});
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(words)) return fc.constantFrom(...(words as unknown[]));
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices))
    return fc.oneof(...choices.map((each) => soundValue(each as JsonSchema, definitions, ids, depth)));
  if (type === 'object') return objectOf(schema, properties ?? {}, inner);
  if (type === 'array') return fc.array(inner(items ?? {}), { maxLength: 3 });
  if (type === 'integer' || type === 'number')
    return fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom<unknown[]>(...NUMBERS));
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'string')
    return fc.oneof(
      fc.constantFrom(...ids),
      fc.constantFrom('a', '1', 'true', 'available', 'name'),
      fc.constantFrom(...TEXTS),
      fc.string({ unit: 'binary' }),
    );
  return hostile;
}

function objectOf(
  { required = [], additionalProperties }: JsonSchema,
  properties: Record<string, JsonSchema>,
  inner: (schema: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, inner(each)]));
  const named = fc.record(model, { requiredKeys: required.filter((key) => key in model) });
  if (typeof additionalProperties !== 'object') {
    const strange = fc.constantFrom('__proto__', 'constructor', 'toString', '');
    const withKey = fc.tuple(named, strange, hostile).map(([one, key, value]) => ({ ...one, [key]: value }));
    return fc.oneof({ weight: 15, arbitrary: named }, { weight: 1, arbitrary: withKey });
  }
  const more = fc.dictionary(
    fc.constantFrom('k', '', '\u0000', '__proto__', 'constructor', 'k'.repeat(256)),
    inner(additionalProperties),
    { maxKeys: 2 },
  );
  return fc.tuple(named, more).map(([one, other]) => ({ ...(one as object), ...other }));
}
