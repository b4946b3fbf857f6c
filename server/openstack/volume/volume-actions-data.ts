/**
 * The actions on what a volume holds, and where: its size, its type, its data.
 * Source: cinder/api/contrib/volume_actions.py and cinder/api/v3/volumes.py (revert), and their schemas.
 */
import { z } from 'zod';
import { uploadVolume } from '~/server/services/upload-volume';
import { answer, empty, type Route } from '../route';
import { bool, description, size, text255, uuid } from './schema-types';
import { uploadView } from './upload-view';
import { act, volumeAction } from './volume-action';

/** A volume in use is extended from here on. */
const EXTEND_IN_USE = 42;
const UPLOAD_VISIBLE = 1;
const REVERT = 40;
const REIMAGE = 68;

const upload = z.strictObject({
  image_name: text255.min(1, { error: 'expects at least one character' }),
  force: bool.optional(),
  disk_format: z.enum(['raw', 'vmdk', 'vdi', 'qcow2', 'vhd', 'vhdx', 'ploop']).optional(),
  container_format: description.optional(),
});
const uploadVisible = upload.extend({
  visibility: z.enum(['community', 'public', 'private', 'shared']).optional(),
  protected: bool.optional(),
});

export const DATA_ACTION_ROUTES: readonly Route[] = [
  volumeAction({
    action: 'os-extend',
    summary: 'Extend a volume',
    status: 202,
    body: { 0: z.strictObject({ new_size: size }) },
    handle: async (call) => {
      const sizeGib = call.body.new_size;
      await act(call, 'volume.extend', { sizeGib, inUse: call.minor >= EXTEND_IN_USE });
      return empty(202);
    },
  }),
  volumeAction({
    action: 'revert',
    summary: 'Revert a volume to its latest snapshot',
    status: 202,
    since: REVERT,
    body: { [REVERT]: z.looseObject({ snapshot_id: z.string().nullish() }) },
    handle: async (call) => {
      // Nothing is not the latest snapshot either.
      await act(call, 'volume.revert', { snapshotId: call.body.snapshot_id || 'none' });
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-retype',
    summary: 'Change the type of a volume',
    status: 202,
    body: {
      0: z.strictObject({
        new_type: z.string(),
        migration_policy: z.enum(['on-demand', 'never']).optional(),
      }),
    },
    handle: async (call) => {
      const { new_type: type, migration_policy: migrationPolicy } = call.body;
      await act(call, 'volume.retype', { type, migrationPolicy });
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-volume_upload_image',
    summary: 'Upload a volume to an image',
    status: 202,
    body: { 0: upload, [UPLOAD_VISIBLE]: uploadVisible },
    handle: async (call) => {
      const { image_name: imageName, force, disk_format, container_format, ...rest } = call.body;
      const more = 'visibility' in rest || 'protected' in rest ? rest : {};
      const uploaded = await uploadVolume(call.context, call.params.volumeId, {
        imageName,
        force,
        diskFormat: disk_format,
        containerFormat: container_format ?? undefined,
        // The image service's own choice, for callers who have none.
        ...(call.minor < UPLOAD_VISIBLE ? { visibility: 'shared' } : more),
      });
      return answer({ 'os-volume_upload_image': uploadView(uploaded) }, 202);
    },
  }),
  volumeAction({
    action: 'os-reimage',
    summary: 'Replace the data of a volume by an image',
    status: 202,
    since: REIMAGE,
    body: { [REIMAGE]: z.strictObject({ image_id: uuid, reimage_reserved: bool.optional() }) },
    handle: async (call) => {
      const { image_id: imageId, reimage_reserved: reimageReserved } = call.body;
      await act(call, 'volume.reimage', { imageId, reimageReserved });
      return empty(202);
    },
  }),
];
