/**
 * The volume as the API shows it: keys by version, and by who asks.
 * Source: cinder/api/v3/views/volumes.py; cinder/api/contrib/volume_{host,tenant,mig_status}_attribute.py.
 */
import { type PolicyName, policyRefusal } from '~/server/domain/policy';
import { type Actor, isAdmin } from '~/server/domain/roles';
import type { VolumeStatus } from '~/server/domain/volume';
import type { Context } from '~/server/services/context';
import type { VolumeHolder, VolumeRecord } from '~/server/services/records/volume-records';

/** Who is shown something, at which version. */
export interface Viewer {
  actor: Actor;
  minor: number;
  origin: string;
}

/** @returns whom a call shows something */
export function viewerOf({
  context,
  minor,
  origin,
}: {
  context: Context;
  minor: number;
  origin: string;
}): Viewer {
  return { actor: context.actor, minor, origin };
}

/** What the API calls by another name. */
const SHOWN_STATUS: Partial<Record<VolumeStatus, VolumeStatus>> = {
  managing: 'creating',
  error_managing: 'error',
  error_managing_deleting: 'deleting',
};

/** @returns the links of something of the volume API, e.g. of `volumes` */
export function linksOf({ origin, actor }: Viewer, collection: string, id: string): unknown {
  return [
    { rel: 'self', href: `${origin}/volume/v3/${actor.projectId}/${collection}/${id}` },
    { rel: 'bookmark', href: `${origin}/volume/${actor.projectId}/${collection}/${id}` },
  ];
}

/**
 * A missing name is kept as an empty one. Who gives an empty description has given an empty name, too: that is how Nova
 * asks for the volumes that a boot makes (virt/block_device.py, _create_volume).
 * @returns a line of the short list
 */
export function volumeName(
  viewer: Viewer,
  { id, name, description }: Pick<VolumeRecord, 'id' | 'name' | 'description'>,
) {
  const none = name === '' && description !== '';
  return { id, name: none ? null : name, links: linksOf(viewer, 'volumes', id) };
}

/** @returns the answer of create and update */
export function volumeView(viewer: Viewer, volume: VolumeRecord) {
  const { minor } = viewer;
  const admin = isAdmin(viewer.actor);
  return {
    ...volumeName(viewer, volume),
    status: SHOWN_STATUS[volume.status] ?? volume.status,
    size: volume.size_gib,
    availability_zone: volume.availability_zone,
    created_at: volume.created_at,
    updated_at: volume.updated_at,
    description: volume.description,
    volume_type: volume.type_name,
    snapshot_id: volume.snapshot_id,
    source_volid: volume.source_volume_id,
    metadata: metadataOf(volume),
    user_id: volume.user_id,
    bootable: String(volume.bootable),
    encrypted: volume.encrypted,
    replication_status: volume.replication_status,
    consistencygroup_id: null,
    multiattach: volume.multiattach,
    attachments: volume.attachments.map((holder) => holderView(viewer, volume, holder)),
    ...(admin ? { migration_status: volume.migration_status } : {}),
    ...(minor >= 13 ? { group_id: volume.group_id } : {}),
    ...(minor >= 21 && admin ? { provider_id: volume.provider_id } : {}),
    ...(minor >= 48 ? { shared_targets: sharedTargets(volume, minor), service_uuid: volume.service_id } : {}),
    ...(minor >= 61 && admin ? { cluster_name: volume.cluster_name } : {}),
    ...(minor >= 63 ? { volume_type_id: volume.type_id } : {}),
    ...(minor >= 64 && volume.encryption_key_id !== null
      ? { encryption_key_id: volume.encryption_key_id }
      : {}),
    ...(minor >= 65 ? { consumes_quota: volume.consumes_quota } : {}),
  };
}

/** @returns the same with what only show and the detailed list have */
export function volumeDetail(viewer: Viewer, volume: VolumeRecord) {
  const may = (policy: PolicyName) => policyRefusal(policy, viewer.actor, volume.project_id) === null;
  const image = volume.image_metadata ?? {};
  return {
    ...volumeView(viewer, volume),
    ...(may('volume_extension:volume_tenant_attribute')
      ? { 'os-vol-tenant-attr:tenant_id': volume.project_id }
      : {}),
    ...(may('volume_extension:volume_mig_status_attribute')
      ? {
          'os-vol-mig-status-attr:migstat': volume.migration_status,
          'os-vol-mig-status-attr:name_id': volume.name_id,
        }
      : {}),
    ...(may('volume_extension:volume_host_attribute') ? { 'os-vol-host-attr:host': volume.pool } : {}),
    ...(Object.keys(image).length > 0 && may('volume_extension:volume_image_metadata:show')
      ? { volume_image_metadata: image }
      : {}),
  };
}

/** Unknown is yes until 3.69, which can say so. */
function sharedTargets({ shared_targets }: VolumeRecord, minor: number): boolean | null {
  return minor < 69 ? (shared_targets ?? true) : shared_targets;
}

/** Upstream keeps what it knows of a volume's use beside what its project says, and shows both in one. */
function metadataOf(volume: VolumeRecord): Record<string, string> {
  const recorded = volume.attachments.findLast((holder) => holder.recorded_mode !== null);
  return {
    ...volume.metadata,
    ...(volume.readonly_told ? { readonly: volume.readonly ? 'True' : 'False' } : {}),
    ...(recorded?.recorded_mode == null ? {} : { attached_mode: recorded.recorded_mode }),
  };
}

/** Its `id` is the volume's: clients of the compute API detach by it. */
function holderView({ actor }: Viewer, volume: VolumeRecord, holder: VolumeHolder) {
  return {
    id: volume.id,
    attachment_id: holder.id,
    volume_id: volume.id,
    server_id: holder.server_id,
    host_name: isAdmin(actor) || actor.roles.includes('service') ? holder.host_name : null,
    device: holder.device,
    attached_at: holder.attached_at,
  };
}
