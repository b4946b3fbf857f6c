/**
 * The calls of the APIs, as the page lists them, out of the OpenAPI document.
 */

/** A JSON Schema, as far as it is shown. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  'x-since'?: string | null;
  'x-until'?: string | null;
}

interface Parameter {
  $ref?: string;
  name?: string;
  in?: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Operation {
  operationId: string;
  tags: string[];
  security: unknown[];
  parameters: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { $ref?: string; description?: string }>;
  'x-routes': {
    summary: string;
    action: string | null;
    /** With which it succeeds; null when it never does. */
    status: string | null;
    since: string | null;
    until: string | null;
  }[];
}

export interface OpenApi {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    parameters: Record<string, Parameter & { example?: string }>;
    responses: Record<string, { description: string }>;
  };
}

/** What a range of versions takes as a body. */
export interface Body {
  since: string | null;
  until: string | null;
  schema: Schema;
}

/** A parameter in the address or in the query. */
export interface GivenParameter {
  name: string;
  place: 'path' | 'query';
  required: boolean;
  schema: Schema;
  note: string;
}

/** One thing that can be asked; each action behind an address is one of its own. */
export interface Call {
  /** For links to it. */
  id: string;
  service: string;
  method: string;
  path: string;
  action: string | null;
  summary: string;
  since: string | null;
  until: string | null;
  needsToken: boolean;
  /** Header that names the newest version, e.g. `volume 3.71`; null where there are no versions. */
  version: string | null;
  parameters: GivenParameter[];
  bodies: Body[];
  answers: { status: string; meaning: string }[];
}

/** @returns every call, in the order of the document */
export function callsOf(document: OpenApi): Call[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => callsAt(document, path, method, operation)),
  );
}

function callsAt(document: OpenApi, path: string, method: string, operation: Operation): Call[] {
  const whole = operation.requestBody?.content['application/json'].schema;
  const schemas = whole === undefined ? [] : 'x-since' in whole ? [whole] : (whole.anyOf ?? [whole]);
  const shared = {
    service: operation.tags[0] ?? '',
    method: method.toUpperCase(),
    path,
    needsToken: operation.security.length > 0,
    version: versionOf(document, operation),
    parameters: operation.parameters.flatMap(given),
  };
  return operation['x-routes'].map(({ summary, action, status, since, until }, at) => ({
    ...shared,
    answers: answersOf(document, operation, status),
    id: [operation.operationId, action ?? (at === 0 ? '' : since)].filter((part) => part).join(':'),
    summary,
    action,
    since,
    until,
    bodies: schemas
      .filter(({ title }) => title === (action ?? summary))
      .map((schema) => ({
        since: schema['x-since'] ?? null,
        until: schema['x-until'] ?? null,
        schema,
      })),
  }));
}

function given({ name, in: place, required = false, schema = {}, description }: Parameter): GivenParameter[] {
  if (name === undefined || (place !== 'path' && place !== 'query')) return [];
  return [{ name, place, required, schema, note: description ?? '' }];
}

function versionOf({ components }: OpenApi, { parameters }: Operation): string | null {
  const reference = parameters.find(({ $ref }) => $ref !== undefined)?.$ref;
  return components.parameters[reference?.split('/').at(-1) ?? '']?.example ?? null;
}

/** Of the successes behind one address only that of the call; and every way to fail. */
function answersOf(
  { components }: OpenApi,
  { responses }: Operation,
  success: string | null,
): Call['answers'] {
  const own = Object.entries(responses).filter(([status]) => status === success || status.startsWith('4'));
  const all = own.map(([status, { $ref, description }]) => ({
    status,
    meaning: description ?? components.responses[$ref?.split('/').at(-1) ?? '']?.description ?? '',
  }));
  return all.sort((one, other) => one.status.localeCompare(other.status));
}

/** @returns whether a call is about what is searched for: every word, in its address, action or summary */
export function matches(call: Call, search: string): boolean {
  const text = `${call.method} ${call.path} ${call.action ?? ''} ${call.summary}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
