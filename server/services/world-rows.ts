import type {
  AttachmentRecord,
  ServerRecord,
  SnapshotRecord,
  Strings,
  VolumeRecord,
  VolumeTransfer,
  VolumeTypeRecord,
} from '~/server/domain/engine/world';
import { type ServerFactsRow, serverFacts, type VolumeFactsRow, volumeFacts } from './facts';

export interface ServerWorldRow extends ServerFactsRow {
  user_id: string;
  description: string | null;
  power_state: ServerRecord['powerState'];
  locked_reason: string | null;
  flavor_id: string | null;
  flavor: ServerRecord['flavor'];
  image_id: string | null;
  metadata: Strings;
  tags: string[];
  former: ServerRecord['former'];
}

export function serverRecord(row: ServerWorldRow): ServerRecord {
  return {
    ...serverFacts(row),
    userId: row.user_id,
    description: row.description,
    powerState: row.power_state,
    lockedReason: row.locked_reason,
    flavorId: row.flavor_id,
    flavor: row.flavor,
    imageId: row.image_id,
    metadata: row.metadata,
    tags: row.tags,
    former: row.former,
  };
}

export interface VolumeWorldRow extends VolumeFactsRow {
  user_id: string;
  description: string | null;
  previous_status: VolumeRecord['previousStatus'];
  volume_type_id: string;
  pool: string | null;
  snapshot_id: string | null;
  source_volume_id: string | null;
  metadata: Strings;
  image_metadata: Strings | null;
  encrypted: boolean;
  encryption_key_id: string | null;
  group_id: string | null;
  name_id: string | null;
  consumes_quota: boolean;
  transfer: VolumeTransfer | null;
}

export function volumeRecord(row: VolumeWorldRow): VolumeRecord {
  return {
    ...volumeFacts(row),
    userId: row.user_id,
    description: row.description,
    previousStatus: row.previous_status,
    typeId: row.volume_type_id,
    pool: row.pool,
    snapshotId: row.snapshot_id,
    sourceVolumeId: row.source_volume_id,
    metadata: row.metadata,
    imageMetadata: row.image_metadata,
    encrypted: row.encrypted,
    ...(row.encryption_key_id === null ? {} : { encryptionKeyId: row.encryption_key_id }),
    groupId: row.group_id,
    nameId: row.name_id,
    consumesQuota: row.consumes_quota,
    ...(row.transfer === null ? {} : { transfer: row.transfer }),
  };
}

export interface AttachmentWorldRow {
  id: string;
  volume_id: string;
  multiattach: boolean;
  instance_id: string | null;
  attach_status: AttachmentRecord['attachStatus'];
  mode: AttachmentRecord['mode'];
  attached_host: string | null;
  mountpoint: string | null;
  connector: string | null;
  connection_info: string | null;
  bdm_id: string | null;
  server_id: string | null;
  device: string | null;
  boot_index: number | null;
  tag: string | null;
  delete_on_termination: boolean;
}

export function attachmentRecord(row: AttachmentWorldRow): AttachmentRecord {
  return {
    id: row.id,
    volumeId: row.volume_id,
    multiattach: row.multiattach,
    instanceId: row.instance_id,
    attachStatus: row.attach_status,
    mode: row.mode,
    attachedHost: row.attached_host,
    mountpoint: row.mountpoint,
    connector: row.connector,
    connectionInfo: row.connection_info,
    bdmId: row.bdm_id,
    serverId: row.server_id,
    device: row.device,
    bootIndex: row.boot_index,
    tag: row.tag,
    deleteOnTermination: row.delete_on_termination,
  };
}

export interface SnapshotWorldRow {
  id: string;
  volume_id: string;
  project_id: string;
  user_id: string | null;
  name: string;
  description: string | null;
  size_gib: number;
  status: SnapshotRecord['status'];
  progress: number;
  metadata: Strings;
  consumes_quota: boolean;
}

export function snapshotRecord(row: SnapshotWorldRow): SnapshotRecord {
  return {
    id: row.id,
    volumeId: row.volume_id,
    projectId: row.project_id,
    userId: row.user_id,
    name: row.name === '' ? row.id : row.name,
    description: row.description,
    sizeGib: row.size_gib,
    status: row.status,
    progress: row.progress,
    metadata: row.metadata,
    consumesQuota: row.consumes_quota,
  };
}

export interface VolumeTypeWorldRow {
  id: string;
  name: string;
  description: string | null;
  is_public: boolean;
  extra_specs: Strings;
  qos_specs_id: string | null;
  encryption: VolumeTypeRecord['encryption'];
  access: string[];
}

export function volumeTypeRecord(row: VolumeTypeWorldRow): VolumeTypeRecord {
  const { id, name, description, access } = row;
  return {
    id,
    name,
    description,
    public: row.is_public,
    extraSpecs: row.extra_specs,
    access,
    ...(row.qos_specs_id === null ? {} : { qosSpecsId: row.qos_specs_id }),
    ...(row.encryption == null ? {} : { encryption: row.encryption }),
  };
}
