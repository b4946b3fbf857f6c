/**
 * Volumes and snapshots in the compute API's own words, as it showed them before there was a volume API.
 * Source: nova/api/openstack/compute/volumes.py, _translate_volume_summary_view, _translate_snapshot_summary_view
 */
import type { SnapshotRecord } from '~/server/services/records/snapshot-records';
import type { VolumeRecord } from '~/server/services/records/volume-records';

/** One attachment, the first; a volume without any has an empty one. */
function attachmentView({ id, attachments: [first] }: VolumeRecord) {
  if (first === undefined || first.server_id === null) return {};
  return {
    id,
    volumeId: id,
    serverId: first.server_id,
    ...(first.device === null ? {} : { device: first.device }),
  };
}

export function volumeProxy(volume: VolumeRecord) {
  return {
    id: volume.id,
    status: volume.status,
    size: volume.size_gib,
    availabilityZone: volume.availability_zone,
    createdAt: volume.created_at,
    attachments: [attachmentView(volume)],
    displayName: volume.name === '' ? null : volume.name,
    displayDescription: volume.description,
    volumeType: volume.type_name,
    snapshotId: volume.snapshot_id,
    metadata: volume.metadata,
  };
}

export function snapshotProxy(snapshot: SnapshotRecord) {
  return {
    id: snapshot.id,
    volumeId: snapshot.volume_id,
    status: snapshot.status,
    size: snapshot.size_gib,
    createdAt: snapshot.created_at,
    displayName: snapshot.name === '' ? null : snapshot.name,
    displayDescription: snapshot.description,
  };
}
