/**
 * Which volume types have which quality-of-service specs. Upstream gives and takes with GET, and so do its clients.
 * Source: cinder/api/contrib/qos_specs_manage.py
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { listQosTypes } from '~/server/services/records/qos-records';
import { getVolumeTypeRecord } from '~/server/services/records/volume-type-records';
import { authorize } from '~/server/services/refused';
import { answer, empty, type Route, route } from '../route';

const UPDATE = 'volume_extension:qos_specs_manage:update';

const ofType = z.object({
  vol_type_id: z
    .string({ error: 'expects the id of a volume type' })
    .min(1, { error: 'expects the id of a volume type' }),
});

export const QOS_TYPE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/qos-specs/:qosId/associations',
    summary: 'List the volume types that have QoS specs',
    status: 200,
    handle: async ({ context, params }) => {
      const types = await listQosTypes(context, params.qosId);
      return answer({
        qos_associations: types.map(({ id, name }) => ({ association_type: 'volume_type', id, name })),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/qos-specs/:qosId/associate',
    summary: 'Give QoS specs to a volume type',
    status: 202,
    query: { 0: ofType },
    handle: async ({ context, params, query }) => {
      authorize(context, UPDATE);
      await perform(context, {
        action: 'volume-type.associate-qos',
        id: query.vol_type_id,
        input: { qosSpecs: params.qosId },
      });
      return empty(202);
    },
  }),
  route({
    method: 'GET',
    path: '/qos-specs/:qosId/disassociate',
    summary: 'Take QoS specs away from a volume type; nothing happens where it has not got them',
    status: 202,
    query: { 0: ofType },
    handle: async ({ context, params, query }) => {
      authorize(context, UPDATE);
      await listQosTypes(context, params.qosId);
      const type = await getVolumeTypeRecord(context, query.vol_type_id);
      if (type.qosSpecsId === params.qosId) {
        await perform(context, { action: 'volume-type.disassociate-qos', id: type.id, input: {} });
      }
      return empty(202);
    },
  }),
  route({
    method: 'GET',
    path: '/qos-specs/:qosId/disassociate_all',
    summary: 'Take QoS specs away from all volume types',
    status: 202,
    handle: async ({ context, params }) => {
      authorize(context, UPDATE);
      await perform(context, { action: 'qos-specs.disassociate-all', id: params.qosId, input: {} });
      return empty(202);
    },
  }),
];
