/**
 * What a volume type asks of storage.
 * Source: cinder/api/contrib/types_extra_specs.py, cinder/api/schemas/types_extra_specs.py
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { getVolumeTypeRecord } from '~/server/services/records/volume-type-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { text255 } from './schema-types';

const key = z.string().regex(/^[a-zA-Z0-9\-_:.]{1,255}$/, {
  error: 'expects names of 1 to 255 letters, digits and any of - _ : .',
});

/** null is kept as an empty text. */
export const extraSpecs = z.record(
  key,
  text255.nullable().transform((text) => text ?? ''),
  { error: 'expects an object of texts' },
);

export const EXTRA_SPEC_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/types/:typeId/extra_specs',
    summary: 'List the extra specs of a volume type',
    status: 200,
    handle: async ({ context, params }) => {
      authorize(context, 'volume_extension:types_extra_specs:index');
      const type = await getVolumeTypeRecord(context, params.typeId);
      return answer({ extra_specs: type.extraSpecs });
    },
  }),
  route({
    method: 'POST',
    path: '/types/:typeId/extra_specs',
    summary: 'Set extra specs of a volume type that no volume has',
    status: 200,
    body: { 0: z.strictObject({ extra_specs: extraSpecs }) },
    handle: async ({ context, params, body: { extra_specs } }) => {
      authorize(context, 'volume_extension:types_extra_specs:create');
      await perform(context, {
        action: 'volume-type.set-extra-specs',
        id: params.typeId,
        input: { extraSpecs: extra_specs },
      });
      return answer({ extra_specs });
    },
  }),
  route({
    method: 'GET',
    path: '/types/:typeId/extra_specs/:key',
    summary: 'Show one extra spec',
    status: 200,
    handle: async ({ context, params }) => {
      authorize(context, 'volume_extension:types_extra_specs:show');
      const { extraSpecs: specs, name } = await getVolumeTypeRecord(context, params.typeId);
      const value = specs[params.key];
      if (value === undefined) {
        throw new FaultError(404, `Volume type ${name} has no extra spec named ${params.key.slice(0, 255)}.`);
      }
      return answer({ [params.key]: value });
    },
  }),
  route({
    method: 'PUT',
    path: '/types/:typeId/extra_specs/:key',
    summary: 'Change one extra spec',
    status: 200,
    body: { 0: extraSpecs },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:types_extra_specs:update');
      const names = Object.keys(body);
      if (names.length !== 1 || names[0] !== params.key) {
        throw new FaultError(
          400,
          `The body must hold ${params.key.slice(0, 255)}, as the address does, and nothing else.`,
        );
      }
      await perform(context, {
        action: 'volume-type.set-extra-specs',
        id: params.typeId,
        input: { extraSpecs: body },
      });
      return answer(body);
    },
  }),
  route({
    method: 'DELETE',
    path: '/types/:typeId/extra_specs/:key',
    summary: 'Remove one extra spec',
    status: 202,
    handle: async ({ context, params }) => {
      authorize(context, 'volume_extension:types_extra_specs:delete');
      await perform(context, {
        action: 'volume-type.unset-extra-specs',
        id: params.typeId,
        input: { names: [params.key] },
      });
      return empty(202);
    },
  }),
];
