/**
 * Volume types: list, show, create, update, delete.
 * Source: cinder/api/v3/types.py, cinder/api/contrib/types_manage.py, cinder/api/schemas/types.py
 */
import { z } from 'zod';
import { isAdmin } from '~/server/domain/roles';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import {
  getVolumeTypeRecord,
  listVolumeTypeRecords,
  TYPE_SORT_KEYS,
  type TypeListing,
} from '~/server/services/records/volume-type-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { extraSpecs } from './extra-specs';
import { nextLink } from './next-link';
import { pairsOf } from './python-dict';
import { bool, description, name255, PAGE_MAX, pageQuery, queryBool } from './schema-types';
import { sortOrder } from './sort-order';
import { createdType, shownType, updatedType } from './volume-type-view';

/** Other filters are ignored, as some clients send their own. */
const listQuery = z.object({
  ...pageQuery,
  is_public: z.string().optional(),
  name: z.string().optional(),
  description: z.string().optional(),
});

const filteredQuery = listQuery.extend({ extra_specs: z.string().optional() });

const typeName = name255.unwrap().min(1, { error: 'expects a name' });

const newType = z.strictObject({
  volume_type: z.strictObject({
    name: typeName,
    description: description.optional(),
    'os-volume-type-access:is_public': bool.optional(),
    extra_specs: extraSpecs.optional(),
  }),
});

const changedType = z.strictObject({
  volume_type: z.strictObject({
    name: name255.optional(),
    description: description.optional(),
    is_public: bool.optional(),
  }),
});

/** Only administrators choose; `None` is all of them. */
function whichOf(context: Context, asked: string | undefined): TypeListing['which'] {
  if (!isAdmin(context.actor) || asked === undefined) return 'usable';
  if (asked.toLowerCase() === 'none') return 'all';
  const parsed = queryBool.safeParse(asked);
  if (!parsed.success) throw new FaultError(400, 'is_public expects true, false or None.');
  return parsed.data ? 'usable' : 'private';
}

function specsFilter(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = pairsOf(text);
  if (pairs === null) throw new FaultError(400, 'extra_specs expects a dictionary of texts.');
  return pairs;
}

export const VOLUME_TYPE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/types',
    summary: 'List volume types',
    status: 200,
    query: { 0: listQuery, 52: filteredQuery },
    handle: async ({ context, query, ...call }) => {
      const { limit = PAGE_MAX, offset, marker, is_public, name, description: words } = query;
      const specs = 'extra_specs' in query ? query.extra_specs : undefined;
      const listing: TypeListing = {
        which: whichOf(context, is_public),
        name,
        description: words,
        extraSpecs: specsFilter(typeof specs === 'string' ? specs : undefined),
        sort: sortOrder(TYPE_SORT_KEYS, query),
        marker,
        limit,
        ...(offset === undefined ? {} : { offset }),
      };
      const types = limit === 0 ? [] : await listVolumeTypeRecords(context, listing);
      return answer({
        volume_types: types.map((type) => shownType(context, type)),
        ...nextLink('volume_type_links', call, types, limit),
      });
    },
  }),
  route({
    method: 'POST',
    path: '/types',
    summary: 'Create a volume type',
    status: 200,
    body: { 0: newType },
    handle: async ({ context, body: { volume_type: given } }) => {
      const { name, description: words, extra_specs, 'os-volume-type-access:is_public': open } = given;
      const made = await perform(context, {
        action: 'volume-type.create',
        id: context.actor.projectId,
        input: {
          name,
          ...(words == null ? {} : { description: words }),
          ...(open === undefined ? {} : { public: open }),
          ...(extra_specs === undefined ? {} : { extraSpecs: extra_specs }),
        },
      });
      const type = await getVolumeTypeRecord(context, String(made.answer.volumeTypeId));
      return answer({ volume_type: createdType(context, type) });
    },
  }),
  route({
    method: 'GET',
    path: '/types/:typeId',
    summary: 'Show a volume type; default is the one that volumes get when none is named',
    status: 200,
    handle: async ({ context, params }) =>
      answer({ volume_type: shownType(context, await getVolumeTypeRecord(context, params.typeId)) }),
  }),
  route({
    method: 'PUT',
    path: '/types/:typeId',
    summary: 'Change a volume type',
    status: 200,
    body: { 0: changedType },
    handle: async ({ context, params, body: { volume_type: given } }) => {
      // Who may not change any is not told whether there is such a one.
      authorize(context, 'volume_extension:type_update');
      const { name, description: words, is_public: open } = given;
      await perform(context, {
        action: 'volume-type.update',
        id: params.typeId,
        input: {
          ...(name == null ? {} : { name }),
          ...(words == null ? {} : { description: words }),
          ...(open === undefined ? {} : { public: open }),
        },
      });
      return answer({ volume_type: updatedType(context, await getVolumeTypeRecord(context, params.typeId)) });
    },
  }),
  route({
    method: 'DELETE',
    path: '/types/:typeId',
    summary: 'Delete a volume type that no volume has',
    status: 202,
    handle: async ({ context, params }) => {
      authorize(context, 'volume_extension:type_delete');
      await perform(context, { action: 'volume-type.delete', id: params.typeId, input: {} });
      return empty(202);
    },
  }),
];
