/**
 * The catalog as administrators read it, piece by piece. It is made, not kept: nothing of it can be changed.
 * Source: keystone/api/services.py, endpoints.py, regions.py
 */
import { z } from 'zod';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { type Ask, answer, route } from '../route';
import { catalogEndpoints, catalogServices, REGION } from './catalog';
import { collection, href } from './views';

const text = z.string().max(255).optional();

function showService(ask: Ask, { id, type, name }: ReturnType<typeof catalogServices>[number]) {
  return { id, type, name, description: '', enabled: true, links: { self: href(ask, `/services/${id}`) } };
}

function showEndpoint(ask: Ask, endpoint: ReturnType<typeof catalogEndpoints>[number]) {
  const { id, serviceId, interface: face, region, region_id, url } = endpoint;
  return {
    id,
    service_id: serviceId,
    interface: face,
    region,
    region_id,
    url,
    enabled: true,
    links: { self: href(ask, `/endpoints/${id}`) },
  };
}

function showRegion(ask: Ask) {
  return {
    id: REGION,
    description: '',
    parent_region_id: null,
    links: { self: href(ask, `/regions/${REGION}`) },
  };
}

function none(noun: string, id: string): FaultError {
  return new FaultError(404, `${noun} ${id} could not be found.`);
}

const services = route({
  method: 'GET',
  path: '/services',
  summary: 'List the services of the catalog',
  status: 200,
  query: { 0: z.object({ type: text, name: text }) },
  handle: (call) => {
    authorize(call.context, 'identity:list_services');
    const { type, name } = call.query;
    const found = catalogServices().filter(
      (each) => (type === undefined || each.type === type) && (name === undefined || each.name === name),
    );
    return answer(
      collection(
        call,
        'services',
        found.map((each) => showService(call, each)),
      ),
    );
  },
});

const service = route({
  method: 'GET',
  path: '/services/:id',
  summary: 'See a service of the catalog',
  status: 200,
  handle: (call) => {
    authorize(call.context, 'identity:list_services');
    const found = catalogServices().find(({ id }) => id === call.params.id);
    if (found === undefined) throw none('Service', call.params.id);
    return answer({ service: showService(call, found) });
  },
});

const endpoints = route({
  method: 'GET',
  path: '/endpoints',
  summary: 'List the endpoints of the catalog',
  status: 200,
  query: { 0: z.object({ service_id: text, interface: text, region_id: text }) },
  handle: (call) => {
    authorize(call.context, 'identity:list_endpoints');
    const { service_id: ofService, interface: face, region_id: region } = call.query;
    const found = catalogEndpoints(call.origin).filter(
      (each) =>
        (ofService === undefined || each.serviceId === ofService) &&
        (face === undefined || each.interface === face) &&
        (region === undefined || each.region_id === region),
    );
    return answer(
      collection(
        call,
        'endpoints',
        found.map((each) => showEndpoint(call, each)),
      ),
    );
  },
});

const endpoint = route({
  method: 'GET',
  path: '/endpoints/:id',
  summary: 'See an endpoint of the catalog',
  status: 200,
  handle: (call) => {
    authorize(call.context, 'identity:list_endpoints');
    const found = catalogEndpoints(call.origin).find(({ id }) => id === call.params.id);
    if (found === undefined) throw none('Endpoint', call.params.id);
    return answer({ endpoint: showEndpoint(call, found) });
  },
});

const regions = route({
  method: 'GET',
  path: '/regions',
  summary: 'List regions',
  status: 200,
  handle: (call) => answer(collection(call, 'regions', [showRegion(call)])),
});

const region = route({
  method: 'GET',
  path: '/regions/:id',
  summary: 'See a region',
  status: 200,
  handle: (call) => {
    if (call.params.id !== REGION) throw none('Region', call.params.id);
    return answer({ region: showRegion(call) });
  },
});

export const CATALOG_ROUTES = [services, service, endpoints, endpoint, regions, region];
