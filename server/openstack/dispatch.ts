/**
 * The pipeline every API request goes through, in upstream's order of checks: discovery, token, route, version, kind of
 * body, JSON, project in the path, version of the route, schemas, then the route's one verb.
 * Source: nova/api/openstack/wsgi.py and cinder/api/openstack/wsgi.py, _process_stack.
 */
import { actorOfToken, type Caller } from '~/server/services/identity/authenticate';
import type { Runtime } from '~/server/services/runtime';
import { FaultError, faultOf, INTERNAL } from './fault';
import { negotiate, versionHeaders } from './microversion';
import { originOf } from './origin';
import { checkContentType, checkUrl, chooseAction, parse, parseJson, queryOf } from './request-body';
import type { Answer, Ask, Route } from './route';
import { type Found, routeTable } from './route-table';
import type { Service } from './service';

/** A refused request whose version is known already: its answer names it all the same. */
interface Progress {
  headers: Record<string, string>;
}

/** @returns the handler of everything below the service's prefix */
export function dispatcher(service: Service, runtime: Runtime): (request: Request) => Promise<Response> {
  const find = routeTable(service.routes);
  return async (request) => {
    const requestId = request.headers.get('x-openstack-request-id') ?? '';
    const progress: Progress = { headers: { ...service.headers } };
    try {
      const answer = await answerTo(service, runtime, find, request, requestId, progress);
      return respond(answer, requestId, progress);
    } catch (error) {
      const fault = faultOf(error, service.name);
      if (fault === null)
        runtime.log.error({ err: error, requestId, service: service.name }, 'a request failed');
      const told = fault ?? new FaultError(500, INTERNAL);
      const how =
        told.status === 401
          ? service.unauthenticated({ origin: originOf(request, runtime.publicUrl) }).headers
          : {};
      const answer = {
        status: told.status,
        body: service.fault(told),
        headers: { ...how, ...told.headers },
      };
      return respond(answer, requestId, progress);
    }
  };
}

async function answerTo(
  service: Service,
  runtime: Runtime,
  find: (method: string, path: string) => Found | null,
  request: Request,
  requestId: string,
  progress: Progress,
): Promise<Answer> {
  const url = new URL(request.url);
  const whole = url.pathname.slice(service.prefix.length) || '/';
  const { headers } = request;
  const base = {
    runtime,
    requestId,
    address: headers.get('x-mooring-address') ?? '',
    url,
    headers,
    origin: originOf(request, runtime.publicUrl),
  };
  checkUrl(url);
  const document = service.discover({ ...base, path: whole }, request.method, whole);
  if (document !== null) return document;

  const place = placeOf(service, whole);
  const found = place === null ? null : find(request.method, place.path);
  const open = found?.routes.every((route) => route.open) ?? false;
  const caller = open ? null : await callerOf(runtime, headers);
  const nowhere = place === null || found === null;
  if (caller === null && !open && !(nowhere && service.routesFirst === true))
    return service.unauthenticated(base);
  if (nowhere) return { status: 404, body: service.unknownRoute };

  const { microversions } = service;
  const negotiated = microversions === null || place.legacy ? null : negotiate(microversions, headers);
  const minor = negotiated ?? microversions?.min ?? 0;
  if (microversions !== null && negotiated !== null) progress.headers = versionHeaders(microversions, minor);

  const { routes, body } = await readBody(service, found.routes, request);
  if (caller !== null && place.projectId !== null && place.projectId !== caller.actor.projectId) {
    throw new FaultError(400, `Project ${place.projectId} in the URL is not the one the token is for.`);
  }
  const route = routes.find(({ since = 0, until = Infinity }) => since <= minor && minor <= until);
  if (route === undefined) throw new FaultError(404, 'There is nothing at this address in this version.');
  const ask: Ask = { ...base, path: place.path, minor };
  const call = {
    ...ask,
    params: found.params,
    query: parse(route.query, minor, queryOf(url), 'the query', place.legacy),
    body: parse(route.body, minor, body, 'the body', place.legacy),
  };
  if (caller === null) return route.handle(call);
  return route.handle({ ...call, caller, context: { runtime, actor: caller.actor, requestId } });
}

async function callerOf(runtime: Runtime, headers: Headers): Promise<Caller | null> {
  const token = headers.get('x-auth-token');
  return token === null ? null : actorOfToken(runtime, token, headers.get('x-service-token'));
}

/** Lower-case hex digits and dashes: what both services recognise as a project in their paths. */
const projectSegment = /^\/([0-9a-f-]+)(?=\/|$)/;

interface Place {
  path: string;
  projectId: string | null;
  legacy: boolean;
}

/** @returns the path below root and project, without the format some clients append; null outside every root */
function placeOf(service: Service, whole: string): Place | null {
  const root = service.roots.find((each) => whole === each || whole.startsWith(`${each}/`));
  if (root === undefined) return null;
  const rest = whole.slice(root.length);
  const below = service.jsonSuffix === true ? rest.replace(/\.json$/, '') : rest;
  const projectId = (service.projectInPath ? projectSegment.exec(below)?.[1] : undefined) ?? null;
  return {
    path: (projectId === null ? below : below.slice(projectId.length + 1)) || '/',
    projectId,
    legacy: root === service.legacyRoot,
  };
}

/** Bodies of GET and DELETE are ignored, whatever they hold. */
async function readBody(
  service: Service,
  routes: readonly Route[],
  request: Request,
): Promise<{ routes: readonly Route[]; body: unknown }> {
  if (!['POST', 'PUT', 'PATCH'].includes(request.method)) return { routes, body: undefined };
  const text = await request.text();
  if (text !== '') checkContentType(request, service.contentTypes);
  const body = parseJson(text);
  if (routes.every(({ action }) => action === undefined)) return { routes, body };
  if (service.typedActions === true && !request.headers.has('content-type')) {
    throw new FaultError(400, `The body has no Content-Type; it is ${service.contentTypes[0]}.`);
  }
  const chosen = chooseAction(routes, body);
  return { routes: chosen.routes, body: chosen.value };
}

function respond({ status, body, headers }: Answer, requestId: string, progress: Progress): Response {
  const all = new Headers({ ...progress.headers, ...headers, 'x-compute-request-id': requestId });
  if (body === undefined) return new Response(null, { status, headers: all });
  all.set('content-type', all.get('content-type') ?? 'application/json');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { status, headers: all });
}
