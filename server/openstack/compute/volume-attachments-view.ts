/**
 * A volume of a server on the wire, by version.
 * Source: nova/api/openstack/compute/volume_attachments.py, _translate_attachment_detail_view
 */
import type { DiskRecord } from '~/server/services/records/attachment-disk-records';

const TAG_FROM = 70;
const DELETE_ON_TERMINATION_FROM = 79;
const ATTACHMENT_ID_FROM = 89;

/** @returns whether it is shown at all: what names the attachment leaves out those that storage does not know */
export function isShown({ inStorage }: DiskRecord, minor: number): boolean {
  return inStorage || minor < ATTACHMENT_ID_FROM;
}

/** `{ id, volumeId, serverId, device?, tag, delete_on_termination, attachment_id, bdm_uuid }`, as far as known then */
export function diskView(disk: DiskRecord, minor: number): unknown {
  const { volumeId, serverId, device, tag, deleteOnTermination, attachmentId, bdmId } = disk;
  const named = minor >= ATTACHMENT_ID_FROM;
  return {
    ...(named ? {} : { id: volumeId }),
    volumeId,
    serverId,
    ...(device === null ? {} : { device }),
    ...(minor < TAG_FROM ? {} : { tag }),
    ...(minor < DELETE_ON_TERMINATION_FROM ? {} : { delete_on_termination: deleteOnTermination }),
    ...(named ? { attachment_id: attachmentId, bdm_uuid: bdmId } : {}),
  };
}

/** What an attach answers: ids as they were sent, the device even when there is none yet, and never the attachment. */
export function attachAnswer(
  made: {
    serverId: string;
    volumeId: string;
    device: unknown;
    tag: string | null;
    deleteOnTermination?: boolean | undefined;
  },
  minor: number,
): unknown {
  const { serverId, volumeId, device, tag, deleteOnTermination = false } = made;
  return {
    id: volumeId,
    serverId,
    volumeId,
    device,
    ...(minor < TAG_FROM ? {} : { tag }),
    ...(minor < DELETE_ON_TERMINATION_FROM ? {} : { delete_on_termination: deleteOnTermination }),
  };
}
