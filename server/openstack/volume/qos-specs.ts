/**
 * Quality-of-service specs: list, show, create, change, delete.
 * Source: cinder/api/contrib/qos_specs_manage.py, cinder/api/schemas/qos_specs.py
 */
import { z } from 'zod';
import { QOS_CONSUMERS } from '~/server/domain/qos';
import { perform } from '~/server/services/perform';
import { getQosRecord, listQosRecords, QOS_SORT_KEYS } from '~/server/services/records/qos-records';
import { authorize } from '~/server/services/refused';
import { answer, empty, type Route, route } from '../route';
import { nextLink } from './next-link';
import { QOS_TYPE_ROUTES } from './qos-types';
import { metadata, name255, PAGE_MAX, pageQuery, queryBool, text255 } from './schema-types';
import { sortOrder } from './sort-order';
import { linksOf, viewerOf } from './volume-view';

/** Other filters are ignored, as some clients send their own. */
const listQuery = z.object({
  ...pageQuery,
  id: z.string().optional(),
  name: z.string().optional(),
  consumer: z.string().optional(),
});

const consumer = z.enum(QOS_CONSUMERS, { error: `expects one of ${QOS_CONSUMERS.join(', ')}` });
const name = name255.unwrap().min(1, { error: 'expects a name' });

/** What is said of them as a whole stands among the keys. */
const newQos = z.strictObject({
  qos_specs: z.object({ name, consumer: consumer.optional() }).catchall(text255),
});
const changedQos = z.strictObject({
  qos_specs: metadata.pipe(z.object({ consumer: consumer.optional() }).catchall(text255)),
});

const keys = z
  .array(text255.min(1))
  .refine((all) => new Set(all).size === all.length, { error: 'expects each key once' });

export const QOS_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/qos-specs',
    summary: 'List QoS specs',
    status: 200,
    query: { 0: listQuery },
    handle: async ({ context, query, ...call }) => {
      const { limit = PAGE_MAX, offset, marker, id, name: called, consumer: by } = query;
      const sort = sortOrder(QOS_SORT_KEYS, query);
      const listing = { id, name: called, consumer: by, sort, marker, limit, offset };
      // Who may list is asked also where nothing is.
      const found = await listQosRecords(context, { ...listing, limit: Math.max(limit, 1) });
      const shown = found.slice(0, limit);
      return answer({ qos_specs: shown, ...nextLink('qos_specs_links', call, shown, limit) });
    },
  }),
  route({
    method: 'POST',
    path: '/qos-specs',
    summary: 'Create QoS specs',
    status: 200,
    body: { 0: newQos },
    handle: async (call) => {
      const { context, body } = call;
      const { name: called, consumer: by, ...specs } = body.qos_specs;
      const made = await perform(context, {
        action: 'qos-specs.create',
        id: context.actor.projectId,
        input: {
          name: called,
          specs,
          ...(by === undefined ? {} : { consumer: by }),
        },
      });
      const id = String(made.answer.qosSpecsId);
      return answer({
        qos_specs: await getQosRecord(context, id),
        links: linksOf(viewerOf(call), 'qos-specs', id),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/qos-specs/:qosId',
    summary: 'Show QoS specs',
    status: 200,
    handle: async (call) => {
      const qos = await getQosRecord(call.context, call.params.qosId);
      return answer({ qos_specs: qos, links: linksOf(viewerOf(call), 'qos-specs', qos.id) });
    },
  }),
  route({
    method: 'PUT',
    path: '/qos-specs/:qosId',
    summary: 'Set keys of QoS specs, or who keeps to them',
    status: 200,
    body: { 0: changedQos },
    handle: async ({ context, params, body }) => {
      // Who may not change any is not told whether there are such.
      authorize(context, 'volume_extension:qos_specs_manage:update');
      const { consumer: by, ...specs } = body.qos_specs;
      await perform(context, {
        action: 'qos-specs.update',
        id: params.qosId,
        input: { specs, ...(by === undefined ? {} : { consumer: by }) },
      });
      return answer(body);
    },
  }),
  route({
    method: 'PUT',
    path: '/qos-specs/:qosId/delete_keys',
    summary: 'Remove keys of QoS specs, all of them or none',
    status: 202,
    body: { 0: z.strictObject({ keys }) },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:qos_specs_manage:delete');
      await perform(context, {
        action: 'qos-specs.unset-keys',
        id: params.qosId,
        input: { names: body.keys },
      });
      return empty(202);
    },
  }),
  route({
    method: 'DELETE',
    path: '/qos-specs/:qosId',
    summary: 'Delete QoS specs; by force also where types have them',
    status: 202,
    query: { 0: z.object({ force: queryBool.optional() }) },
    handle: async ({ context, params, query }) => {
      authorize(context, 'volume_extension:qos_specs_manage:delete');
      await perform(context, {
        action: 'qos-specs.delete',
        id: params.qosId,
        input: query.force === true ? { force: true } : {},
      });
      return empty(202);
    },
  }),
  ...QOS_TYPE_ROUTES,
];
