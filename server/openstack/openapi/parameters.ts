/**
 * Parameters of an operation: in the address and in the query.
 */
import type { Microversions } from '../microversion';
import type { Route } from '../route';
import { type Definitions, type JsonSchema, jsonSchema } from './schema';
import { ranges, versionText } from './span';

/** @param path with `:names` */
export function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

/** Each parameter as the last version that has it takes it. */
export function queryParameters(
  routes: readonly Route[],
  microversions: Microversions | null,
  id: string,
  definitions: Definitions,
): unknown[] {
  const found = new Map<string, { schema: JsonSchema; from: number; required: boolean }>();
  for (const { query, since, until } of routes) {
    for (const { from, schema } of ranges(query, since, until)) {
      const { properties = {}, required = [] } = jsonSchema(schema, `${id}.query.${from}`, definitions);
      for (const [name, property] of Object.entries(properties)) {
        const before = found.get(name)?.from;
        const first = Math.min(before ?? Infinity, from);
        found.set(name, { schema: property, from: first, required: required.includes(name) });
      }
    }
  }
  const lowest = microversions?.min ?? 0;
  return [...found].map(([name, { schema, from, required }]) => ({
    name,
    in: 'query',
    required,
    schema,
    ...(from > lowest ? { description: `From version ${versionText(microversions, from)} on.` } : {}),
  }));
}
