/**
 * What is said of an upload that has begun.
 * Source: cinder/volume/api.py, copy_volume_to_image
 */
import type { Uploaded } from '~/server/services/upload-volume';

/** @returns volume, type and image in one, the type as upstream's database has it */
export function uploadView({ volume, type, image }: Uploaded) {
  return {
    id: volume.id,
    updated_at: volume.updated_at,
    status: 'uploading',
    display_description: volume.description,
    size: volume.size_gib,
    volume_type: { ...type, qos_specs_id: null, updated_at: null, deleted_at: null, deleted: false },
    image_id: image.id,
    container_format: image.containerFormat,
    disk_format: image.diskFormat,
    image_name: image.name,
    protected: image.protected,
    visibility: image.visibility,
  };
}
