/**
 * Attachments in the shape of the volume API.
 * Source: cinder/api/v3/views/attachments.py; cinder/volume/manager.py, _parse_connection_options.
 */
import type { ConnectionInfo } from '~/server/domain/connection';
import type { AttachmentRecord } from '~/server/services/records/attachment-records';

/** @returns what lists without detail have of it */
export function attachmentSummary(attachment: AttachmentRecord) {
  const { id, attach_status: status, instance_id: instance, volume_id } = attachment;
  return { id, status, instance, volume_id };
}

/** @returns all there is to see of it, secrets included: hosts connect by what this says */
export function attachmentDetail(attachment: AttachmentRecord) {
  return {
    ...attachmentSummary(attachment),
    attached_at: attachment.attached_at ?? '',
    detached_at: attachment.detached_at ?? '',
    // A text, for what is not chosen yet.
    attach_mode: attachment.mode ?? 'null',
    connection_info: flatConnection(attachment),
  };
}

function flatConnection(attachment: AttachmentRecord) {
  const { id, connection, recorded_only: recordedOnly } = attachment;
  if (connection === null) return recordedOnly ? null : {};
  return {
    ...connectionData(connection, attachment),
    driver_volume_type: connection.driverVolumeType,
    attachment_id: id,
  };
}

/** @returns what is told of a connection besides where it leads */
export function connectionData(
  { data }: ConnectionInfo,
  { readonly, encrypted, cacheable }: Pick<AttachmentRecord, 'readonly' | 'encrypted' | 'cacheable'>,
) {
  return {
    discard: false,
    qos_specs: null,
    enforce_multipath: false,
    ...data,
    encrypted,
    cacheable: cacheable && data.cacheable !== false,
    // Upstream asks the volume and not the attachment, whose own mode is `attach_mode`.
    access_mode: readonly ? 'ro' : 'rw',
  };
}
