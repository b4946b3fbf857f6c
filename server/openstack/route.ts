/**
 * Routes as data: what a call is, which versions know it, what may be in it, and which one verb it asks.
 */
import type { z } from 'zod';
import type { Context } from '~/server/services/context';
import type { Caller } from '~/server/services/identity/authenticate';
import type { Runtime } from '~/server/services/runtime';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `/servers/:serverId/os-volume_attachments/:volumeId` → `serverId | volumeId` */
type NamesIn<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? NamesIn<Head> | NamesIn<Tail>
  : Path extends `:${infer Name}`
    ? Name
    : never;

/**
 * One value for each range of versions, by the first minor version it holds from: `{ 1: reserve, 54: withMode }`.
 * Below the first there is none.
 */
export type ByVersion<Value> = Readonly<Record<number, Value>>;

/** What is said back. */
export interface Answer {
  status: number;
  /** Sent as JSON; left out for an empty answer. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** What every route knows of the request it answers. */
export interface Ask {
  runtime: Runtime;
  requestId: string;
  /** Address of the client, for limits. */
  address: string;
  /** Below the service's root and without a project, e.g. `/servers/detail`. */
  path: string;
  /** With the query as it came; for parameters that may be repeated, and for links to the next page. */
  url: URL;
  headers: Headers;
  /** Origin under which the client reached us, e.g. `https://mooring.example`. */
  origin: string;
  /** Minor microversion in force; 0 for services without any. */
  minor: number;
}

export interface Call<Path extends string, Query, Body> extends Ask {
  params: Readonly<Record<NamesIn<Path>, string>>;
  query: Query;
  body: Body;
  /** For the services' verbs. */
  context: Context;
  caller: Caller;
}

/** An open route is answered without a token. */
export type OpenCall<Path extends string, Query, Body> = Omit<Call<Path, Query, Body>, 'context' | 'caller'>;

interface Shape<Path extends string, Query extends z.ZodType, Body extends z.ZodType> {
  method: Method;
  /** Below the service's root, with `:names`; never with the project. */
  path: Path;
  /** Only member of the body, for one of the many actions behind a path; `body` is then the schema of its value. */
  action?: string;
  /** A few words for the reference, e.g. `Attach a volume`. */
  summary: string;
  /** With which it succeeds, for the reference; null when it never does, left out where it is not always the same. */
  status?: 200 | 201 | 202 | 204 | null;
  /** First and last minor microversion that knows it; all, when left out. */
  since?: number;
  until?: number;
  /** Every parameter is a text, the last of its name. Left out: parameters are ignored. */
  query?: ByVersion<Query>;
  /** Left out: the body is not looked at. */
  body?: ByVersion<Body>;
}

export interface ClosedRoute<Path extends string, Query extends z.ZodType, Body extends z.ZodType>
  extends Shape<Path, Query, Body> {
  open?: false;
  handle(call: Call<Path, z.output<Query>, z.output<Body>>): Promise<Answer> | Answer;
}

export interface OpenRoute<Path extends string, Query extends z.ZodType, Body extends z.ZodType>
  extends Shape<Path, Query, Body> {
  open: true;
  handle(call: OpenCall<Path, z.output<Query>, z.output<Body>>): Promise<Answer> | Answer;
}

/** What the pipeline hands over: the caller's part is there unless the route is open. */
export type AnyCall = OpenCall<string, unknown, unknown> &
  Partial<Pick<Call<string, unknown, unknown>, 'context' | 'caller'>>;

/** A route whose own types are forgotten: what the pipeline works with. */
export interface Route extends Shape<string, z.ZodType, z.ZodType> {
  open: boolean;
  handle(call: AnyCall): Promise<Answer> | Answer;
}

/**
 * Defines a route; its path, query and body give the types of its call.
 * @returns the same, for a table of routes
 */
export function route<
  const Path extends string,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: ClosedRoute<Path, Query, Body> | OpenRoute<Path, Query, Body>): Route {
  const { handle } = definition;
  return {
    ...definition,
    open: definition.open === true,
    // The pipeline has parsed exactly what the schemas of this route say, so the call has its types.
    handle: (call) => handle(call as Call<Path, z.output<Query>, z.output<Body>>),
  };
}

/** @returns the value in force at a version; undefined below the first */
export function atVersion<Value>(values: ByVersion<Value>, minor: number): Value | undefined {
  const from = Object.keys(values)
    .map(Number)
    .filter((first) => first <= minor);
  return from.length === 0 ? undefined : values[Math.max(...from)];
}

/** @returns an answer with a body */
export function answer(body: unknown, status = 200, headers: Answer['headers'] = {}): Answer {
  return { status, body, headers };
}

/** @returns an answer without a body */
export function empty(status: 200 | 201 | 202 | 204): Answer {
  return { status };
}
