/**
 * All four APIs as one OpenAPI 3.1 document, made of the tables of routes: what the pipeline checks is what it says.
 */
import type { Route } from '../route';
import type { Service } from '../service';
import { faultResponses } from './faults';
import { operation, template } from './operation';
import type { Definitions } from './schema';
import { versionDocuments } from './version-documents';

/** What each service is for. */
const ABOUT: Readonly<Record<Service['name'], string>> = {
  identity: 'Identity (Keystone v3): tokens, projects, users, roles, application credentials.',
  compute: 'Compute (Nova): servers, the volumes attached to them, flavors, hosts.',
  volume:
    'Block storage (Cinder): volumes, snapshots, attachments, types, quotas. The address may name the caller’s project before the rest: `/volume/v3/{project_id}/volumes` is `/volume/v3/volumes`.',
  image: 'Images (Glance v2): read, and deleted.',
};

/** @returns the document, ready to be written as JSON; addresses are relative to wherever it was got from */
export function openApiDocument(services: readonly Service[]): Record<string, unknown> {
  const definitions: Definitions = {};
  const paths = Object.assign({}, ...services.map((service) => pathsOf(service, definitions)));
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Mooring',
      version: '1.0.0',
      summary: 'Volumes, servers, and which of them are attached to each other.',
      description:
        'The OpenStack-compatible APIs. Every answer carries `x-openstack-request-id`, which leads to it in the log.',
    },
    servers: [{ url: '/' }],
    tags: services.map(({ name }) => ({ name, description: ABOUT[name] })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Auth-Token',
          description: 'From `POST /identity/v3/auth/tokens`, in its answer’s header `X-Subject-Token`.',
        },
        serviceToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Service-Token',
          description: 'Of a service with the role `service`, when it asks on behalf of the user.',
        },
      },
      parameters: Object.assign({}, ...services.map(versionParameter)),
      responses: Object.assign({}, ...services.map(({ name }) => faultResponses(name))),
      schemas: definitions,
    },
  };
}

function pathsOf(service: Service, definitions: Definitions): Record<string, Record<string, unknown>> {
  const [root] = service.roots;
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [first, ...more] of places(service.routes)) {
    const path = `${service.prefix}${root}${template(first.path)}`;
    const item = paths[path] ?? {};
    item[first.method.toLowerCase()] = operation(service, [first, ...more], definitions);
    paths[path] = item;
  }
  return { ...versionDocuments(service.name, service.prefix), ...paths } as typeof paths;
}

/** @returns routes that share method and path, together */
function places(routes: readonly Route[]): Iterable<[Route, ...Route[]]> {
  const found = new Map<string, [Route, ...Route[]]>();
  for (const route of routes) {
    const place = `${route.method} ${route.path}`;
    const there = found.get(place);
    if (there === undefined) found.set(place, [route]);
    else there.push(route);
  }
  return found.values();
}

function versionParameter({ name, microversions }: Service): Record<string, unknown> {
  if (microversions === null) return {};
  const { names, major, min, max, legacy } = microversions;
  return {
    [`${name}-version`]: {
      name: 'OpenStack-API-Version',
      in: 'header',
      required: false,
      description: `Version of the API, \`${names[0]} ${major}.${min}\` (as without the header) to \`${names[0]} ${major}.${max}\`, or \`${names[0]} latest\`.${legacy === undefined ? '' : ` \`${legacy}: ${major}.${max}\` says the same.`}`,
      schema: { type: 'string' },
      example: `${names[0]} ${major}.${max}`,
    },
  };
}
