/**
 * One operation of the document: every route behind one method and address, as versions and actions tell them apart.
 */
import type { z } from 'zod';
import type { Microversions } from '../microversion';
import type { ByVersion, Route } from '../route';
import type { Service } from '../service';
import { faultsOf } from './faults';
import { type Definitions, type JsonSchema, jsonSchema } from './schema';

/** First and last version that knows something; null is no bound. */
interface Span {
  since: string | null;
  until: string | null;
}

/** `/types/:typeId` → `/types/{typeId}` */
export function template(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/** @returns e.g. `volume.put.types.typeId.extra_specs.key` */
export function operationId({ name }: Service, { method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path.split('/').map((part) => part.replace(/^:/, ''));
  return [name, method.toLowerCase(), ...words.filter((word) => word !== '')].join('.');
}

/**
 * @param routes of one method and path, at least one
 * @param definitions takes in what schemas refer to
 */
export function operation(
  service: Service,
  routes: readonly [Route, ...Route[]],
  definitions: Definitions,
): Record<string, unknown> {
  const [first] = routes;
  const id = operationId(service, first);
  const { microversions } = service;
  const actions = routes.filter(({ action }) => action !== undefined);
  const bodies = bodiesOf(routes, microversions, id, definitions);
  const open = routes.every((route) => route.open);
  const writes = bodies.length > 0;
  return {
    operationId: id,
    tags: [service.name],
    summary: actions.length > 1 ? `Act on it: ${actions.length} actions` : first.summary,
    security: open ? [] : [{ token: [] }, { token: [], serviceToken: [] }],
    parameters: [
      ...pathParameters(first.path),
      ...queryParameters(routes, microversions, id, definitions),
      ...(microversions === null ? [] : [{ $ref: `#/components/parameters/${service.name}-version` }]),
    ],
    ...(writes
      ? { requestBody: { required: true, content: { 'application/json': { schema: oneOrAny(bodies) } } } }
      : {}),
    responses: {
      ...successes(routes),
      ...faultsOf(service.name, { open, body: writes, versioned: microversions !== null }),
    },
    'x-routes': routes.map((route) => ({
      summary: route.summary,
      action: route.action ?? null,
      ...span(microversions, route.since, route.until),
    })),
  };
}

/** Where routes do not say with which status they succeed, it is one of the two hundreds. */
function successes(routes: readonly Route[]): Record<string, unknown> {
  const succeeding = routes.filter(({ status }) => status !== null);
  const statuses = new Set(succeeding.map(({ status }) => status ?? '2XX'));
  return Object.fromEntries([...statuses].map((status) => [status, { description: 'Done, or accepted.' }]));
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

/** Each parameter as the last version that has it takes it. */
function queryParameters(
  routes: readonly Route[],
  microversions: Microversions | null,
  id: string,
  definitions: Definitions,
): unknown[] {
  const found = new Map<string, { schema: JsonSchema; from: number; required: boolean }>();
  for (const { query, since = 0 } of routes) {
    for (const { from, schema } of ranges(query)) {
      const { properties = {}, required = [] } = jsonSchema(schema, `${id}.query.${from}`, definitions);
      for (const [name, property] of Object.entries(properties)) {
        const before = found.get(name)?.from;
        const first = Math.min(before ?? Infinity, Math.max(from, since));
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
    ...(from > lowest ? { description: `From version ${text(microversions, from)} on.` } : {}),
  }));
}

function bodiesOf(
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
    return ranges(body).map(({ from, to, schema }) =>
      told(
        jsonSchema(schema, `${id}${action === undefined ? '' : `.${action}`}.${from}`, definitions),
        span(microversions, Math.max(from, since ?? 0), Math.min(to ?? Infinity, until ?? Infinity)),
      ),
    );
  });
}

function actionBody(action: string, value: JsonSchema): JsonSchema {
  return { type: 'object', properties: { [action]: value }, required: [action], additionalProperties: false };
}

/** Versions overlap in what they accept, so that any of the schemas may hold. */
function oneOrAny(schemas: readonly JsonSchema[]): JsonSchema {
  const [first] = schemas;
  return schemas.length === 1 && first !== undefined ? first : { anyOf: schemas };
}

/** @returns each range of versions with its schema, from the oldest on */
function ranges(
  values: ByVersion<z.ZodType> | undefined,
): { from: number; to?: number; schema: z.ZodType }[] {
  const entries = Object.entries(values ?? {}).map(([from, schema]) => ({ from: Number(from), schema }));
  entries.sort((one, other) => one.from - other.from);
  return entries.map((entry, at) => {
    const next = entries[at + 1];
    return next === undefined ? entry : { ...entry, to: next.from - 1 };
  });
}

function span(microversions: Microversions | null, since = 0, until = Infinity): Span {
  if (microversions === null) return { since: null, until: null };
  return {
    since: since > microversions.min ? text(microversions, since) : null,
    until: until < microversions.max ? text(microversions, until) : null,
  };
}

function spanWords({ since, until }: Span): string {
  if (since === null) return until === null ? '' : `up to version ${until}`;
  return until === null ? `from version ${since} on` : `versions ${since} to ${until}`;
}

function text(microversions: Microversions | null, minor: number): string {
  return `${microversions?.major ?? 0}.${minor}`;
}
