/**
 * The snapshot as the API shows it.
 * Source: cinder/api/views/snapshots.py, cinder/api/v3/views/snapshots.py, cinder/api/contrib/extended_snapshot_attributes.py.
 */
import { policyRefusal } from '~/server/domain/policy';
import type { SnapshotRecord } from '~/server/services/records/snapshot-records';
import type { Viewer } from './volume-view';

/** @returns a line of the short list */
export function snapshotSummary(snapshot: SnapshotRecord) {
  return {
    id: snapshot.id,
    created_at: snapshot.created_at,
    updated_at: snapshot.updated_at,
    name: snapshot.name === '' ? null : snapshot.name,
    description: snapshot.description,
    volume_id: snapshot.volume_id,
    status: snapshot.status,
    size: snapshot.size_gib,
    metadata: snapshot.metadata,
  };
}

/** @returns the answer of create and update */
export function snapshotView({ minor }: Viewer, snapshot: SnapshotRecord) {
  return {
    ...snapshotSummary(snapshot),
    ...(minor >= 14 ? { group_snapshot_id: null } : {}),
    ...(minor >= 41 ? { user_id: snapshot.user_id } : {}),
    ...(minor >= 65 ? { consumes_quota: snapshot.consumes_quota } : {}),
  };
}

/** @returns the same with what only show and the detailed list have */
export function snapshotDetail(viewer: Viewer, snapshot: SnapshotRecord) {
  const { project_id: projectId, progress } = snapshot;
  const extended =
    policyRefusal('volume_extension:extended_snapshot_attributes', viewer.actor, projectId) === null;
  return {
    ...snapshotView(viewer, snapshot),
    ...(extended
      ? {
          'os-extended-snapshot-attributes:project_id': projectId,
          'os-extended-snapshot-attributes:progress': `${progress}%`,
        }
      : {}),
  };
}
