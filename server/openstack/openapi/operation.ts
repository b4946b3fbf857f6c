/**
 * One operation of the document: every route behind one method and address, as versions and actions tell them apart.
 */
import type { Route } from '../route';
import type { Service } from '../service';
import { bodiesOf, oneOrAny } from './bodies';
import { faultsOf } from './faults';
import { pathParameters, queryParameters } from './parameters';
import type { Definitions } from './schema';
import { span } from './span';

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
      status: successOf(route),
      ...span(microversions, route.since, route.until),
    })),
  };
}

/** Where routes do not say with which status they succeed, it is one of the two hundreds. */
function successOf({ status }: Route): string | null {
  return status === undefined ? '2XX' : status === null ? null : `${status}`;
}

function successes(routes: readonly Route[]): Record<string, unknown> {
  const statuses = new Set(routes.map(successOf).filter((status) => status !== null));
  return Object.fromEntries([...statuses].map((status) => [status, { description: 'Done, or accepted.' }]));
}
