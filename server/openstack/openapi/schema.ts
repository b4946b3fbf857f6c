/**
 * Schemas of requests as JSON Schema, the way OpenAPI 3.1 takes them.
 */
import { z } from 'zod';

/** A JSON Schema; only what is looked at here is named. */
export interface JsonSchema {
  [keyword: string]: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** Where a schema's own definitions go: references in a document are from its root. */
export type Definitions = Record<string, JsonSchema>;

/**
 * @param schema what a request is held against
 * @param name of what it is for; definitions are named after it
 * @param definitions takes in what the schema refers to by name, such as a document of any depth
 * @returns what may be sent, before anything is made of it
 */
export function jsonSchema(schema: z.ZodType, name: string, definitions: Definitions): JsonSchema {
  const { $schema: _, $defs, ...made } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const [key, definition] of Object.entries($defs ?? {})) {
    definitions[`${name}.${key}`] = relocated(definition, name) as JsonSchema;
  }
  return relocated(made, name) as JsonSchema;
}

/** Every `#/$defs/x` becomes `#/components/schemas/<name>.x`. */
function relocated(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => relocated(each, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string'
        ? each.replace('#/$defs/', `#/components/schemas/${name}.`)
        : relocated(each, name),
    ]),
  );
}
