/**
 * One volume: shown, described, deleted.
 * Source: cinder/api/v3/volumes.py; cinder/api/schemas/volumes.py.
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { encryptionOf } from '~/server/services/records/type-encryption-records';
import { getVolumeRecord } from '~/server/services/records/volume-records';
import { authorize } from '~/server/services/refused';
import { answer, empty, type Route, route } from '../route';
import { description, metadata, name255, queryBool } from './schema-types';
import { viewerOf, volumeDetail, volumeView } from './volume-view';

const show = route({
  method: 'GET',
  path: '/volumes/:volumeId',
  summary: 'Show a volume',
  status: 200,
  handle: async (call) => {
    const volume = await getVolumeRecord(call.context, call.params.volumeId);
    return answer({ volume: volumeDetail(viewerOf(call), volume) });
  },
});

const changes = z.strictObject({
  name: name255.optional(),
  display_name: name255.optional(),
  description: description.optional(),
  display_description: description.optional(),
  metadata: metadata.nullable().optional(),
});
const someChange = changes.refine((given) => Object.keys(given).length > 0, {
  error: 'expects something to change',
});

const update = route({
  method: 'PUT',
  path: '/volumes/:volumeId',
  summary: 'Change what is said about a volume',
  status: 200,
  body: { 0: z.strictObject({ volume: changes }), 53: z.strictObject({ volume: someChange }) },
  handle: async (call) => {
    const { context, params } = call;
    const { name, display_name, description: said, display_description, metadata: pairs } = call.body.volume;
    await perform(context, {
      action: 'volume.update',
      id: params.volumeId,
      input: {
        name: nothingIfNull(name === undefined ? display_name : name),
        description: nothingIfNull(said === undefined ? display_description : said),
        metadata: pairs ?? undefined,
      },
    });
    const volume = await getVolumeRecord(context, params.volumeId);
    return answer({ volume: volumeView(viewerOf(call), volume) });
  },
});

/** Null takes a text away; a text that is not given stays. */
function nothingIfNull(text: string | null | undefined): string | undefined {
  return text === null ? '' : text;
}

const cascade = queryBool.optional();
const plainDelete: z.ZodType<{ cascade?: boolean | undefined; force?: boolean | undefined }> = z.object({
  cascade,
});

const remove = route({
  method: 'DELETE',
  path: '/volumes/:volumeId',
  summary: 'Delete a volume',
  status: 202,
  query: { 0: plainDelete, 23: z.object({ cascade, force: queryBool.optional() }) },
  handle: async ({ context, params, query }) => {
    const forced = query.force === true;
    if (forced) {
      // Whose volume it is comes first: another project's does not exist for the caller.
      await getVolumeRecord(context, params.volumeId);
      authorize(context, 'volume:force_delete');
    }
    await perform(context, {
      action: forced ? 'volume.force-delete' : 'volume.delete',
      id: params.volumeId,
      input: { cascade: query.cascade },
    });
    return empty(202);
  },
});

const encryption = route({
  method: 'GET',
  path: '/volumes/:volumeId/encryption',
  summary: 'Show how a volume is encrypted',
  status: 200,
  handle: async ({ context, params }) => {
    const volume = await getVolumeRecord(context, params.volumeId);
    const of = volume.encrypted ? await encryptionOf(context, volume.type_id) : null;
    return answer({
      encryption_key_id: volume.encryption_key_id,
      ...(of === null
        ? {}
        : {
            provider: of.provider,
            control_location: of.control_location,
            cipher: of.cipher,
            key_size: of.key_size,
          }),
    });
  },
});

export const VOLUME_ITEM_ROUTES: readonly Route[] = [show, update, remove, encryption];
