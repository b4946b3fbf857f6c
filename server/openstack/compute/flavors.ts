/**
 * Flavors: what sizes servers come in.
 */
import { isAdmin } from '~/server/domain/roles';
import type { Context } from '~/server/services/context';
import { createFlavor, deleteFlavor, describeFlavor } from '~/server/services/flavors';
import {
  type FlavorQuery,
  findFlavorRecord,
  flavorRecordPage,
} from '~/server/services/records/flavor-records';
import { answer, empty, type Route, route } from '../route';
import { CREATE_FLAVOR_BODY, FLAVOR_QUERY, type FlavorBody, UPDATE_FLAVOR_BODY } from './flavor-schemas';
import { flavorBrief, flavorView } from './flavor-view';
import { nextLinks, pageLength } from './links';
import { yesOrNo } from './query-words';

interface Query {
  is_public?: string | undefined;
  minRam?: number | undefined;
  minDisk?: number | undefined;
  sort_key: FlavorQuery['sortKey'];
  sort_dir: 'asc' | 'desc';
  limit?: number | undefined;
  marker?: string | undefined;
}

function flavorsOf(context: Context, query: Query) {
  return flavorRecordPage(context, {
    public: isAdmin(context.actor) ? isPublic(query.is_public) : true,
    minRamMib: query.minRam,
    minDiskGib: query.minDisk,
    sortKey: query.sort_key,
    direction: query.sort_dir,
    marker: query.marker,
    limit: pageLength(query.limit),
  });
}

/** @returns null for both, which is asked for by the word none */
function isPublic(text: string | undefined): boolean | null {
  if (text === undefined) return true;
  if (text.toLowerCase() === 'none') return null;
  return yesOrNo('is_public', text);
}

function newFlavor(flavor: FlavorBody) {
  const { id, name, vcpus, ram, disk, swap, description } = flavor;
  return {
    ...(id === undefined || id === null || id === 'auto' ? {} : { id }),
    name,
    vcpus,
    ramMib: ram,
    diskGib: disk,
    ephemeralGib: flavor['OS-FLV-EXT-DATA:ephemeral'] ?? 0,
    swapMib: swap ?? 0,
    public: flavor['os-flavor-access:is_public'] ?? true,
    description: description ?? null,
  };
}

export const FLAVOR_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/flavors',
    summary: 'List flavors',
    status: 200,
    query: FLAVOR_QUERY,
    async handle(call) {
      const flavors = await flavorsOf(call.context, call.query);
      const more = nextLinks(call, 'flavors', flavors, pageLength(call.query.limit));
      return answer({ flavors: flavors.map((each) => flavorBrief(call, each)), ...more });
    },
  }),
  route({
    method: 'GET',
    path: '/flavors/detail',
    summary: 'List flavors with their sizes',
    status: 200,
    query: FLAVOR_QUERY,
    async handle(call) {
      const flavors = await flavorsOf(call.context, call.query);
      const more = nextLinks(call, 'flavors', flavors, pageLength(call.query.limit));
      return answer({ flavors: flavors.map((each) => flavorView(call, each)), ...more });
    },
  }),
  route({
    method: 'GET',
    path: '/flavors/:flavorId',
    summary: 'Show a flavor',
    status: 200,
    async handle(call) {
      const flavor = await findFlavorRecord(call.context, call.params.flavorId);
      return answer({ flavor: flavorView(call, flavor) });
    },
  }),
  route({
    method: 'POST',
    path: '/flavors',
    summary: 'Create a flavor',
    status: 200,
    body: CREATE_FLAVOR_BODY,
    async handle(call) {
      const flavor = await createFlavor(call.context, newFlavor(call.body.flavor));
      return answer({ flavor: flavorView(call, flavor) });
    },
  }),
  route({
    method: 'PUT',
    path: '/flavors/:flavorId',
    summary: 'Describe a flavor',
    status: 200,
    since: 55,
    body: UPDATE_FLAVOR_BODY,
    async handle(call) {
      const { description } = call.body.flavor;
      const flavor = await describeFlavor(call.context, call.params.flavorId, description);
      return answer({ flavor: flavorView(call, flavor) });
    },
  }),
  route({
    method: 'DELETE',
    path: '/flavors/:flavorId',
    summary: 'Delete a flavor',
    status: 202,
    async handle({ context, params }) {
      await deleteFlavor(context, params.flavorId);
      return empty(202);
    },
  }),
];
