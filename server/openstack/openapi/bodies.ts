/**
 * Bodies of an operation: one for each range of versions, and for each action behind the address.
 */
import type { Microversions } from '../microversion';
import type { Route } from '../route';
import { type Definitions, type JsonSchema, jsonSchema } from './schema';
import { ranges, type Span, span, spanWords } from './span';

/** @param id of the operation; definitions are named after it */
export function bodiesOf(
  routes: readonly Route[],
  microversions: Microversions | null,
  id: string,
  definitions: Definitions,
): JsonSchema[] {
  return routes.flatMap((route) => {
    const { action, body, since, until, summary } = route;
    const told = (value: JsonSchema, { since: from, until: to }: Span): JsonSchema => ({
      ...(action === undefined ? value : actionBody(action, value)),
      title: action ?? summary,
      description: [summary, spanWords({ since: from, until: to })].filter((part) => part !== '').join(', '),
      'x-since': from,
      'x-until': to,
    });
    if (body === undefined) {
      return action === undefined ? [] : [told({}, span(microversions, since, until))];
    }
    return ranges(body, since, until).map(({ from, to, schema }) =>
      told(
        jsonSchema(schema, `${id}${action === undefined ? '' : `.${action}`}.${from}`, definitions),
        span(microversions, from, to),
      ),
    );
  });
}

function actionBody(action: string, value: JsonSchema): JsonSchema {
  return { type: 'object', properties: { [action]: value }, required: [action], additionalProperties: false };
}

/** Versions overlap in what they accept, so that any of the schemas may hold. */
export function oneOrAny(schemas: readonly JsonSchema[]): JsonSchema {
  const [first] = schemas;
  return schemas.length === 1 && first !== undefined ? first : { anyOf: schemas };
}
