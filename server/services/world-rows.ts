/**
 * From database rows to the rows of a world.
 */
import type { ActionName } from '~/server/domain/action';
import type { Json } from '~/server/domain/connection';
import type {
  AttachmentRecord,
  FlavorRecord,
  ImageRecord,
  OperationRecord,
  PoolRecord,
  ServerRecord,
  SnapshotRecord,
  Strings,
  VolumeRecord,
  VolumeTransfer,
  VolumeTypeRecord,
} from '~/server/domain/engine/world';
import type { OperationOutcome, OperationPhase } from '~/server/domain/operation';
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
  access: string[];
}

export function volumeTypeRecord(row: VolumeTypeWorldRow): VolumeTypeRecord {
  const { id, name, description, access } = row;
  return { id, name, description, public: row.is_public, extraSpecs: row.extra_specs, access };
}

export interface PoolWorldRow {
  name: string;
  total_gib: number | null;
  free_gib: number | null;
  capabilities: Record<string, Json>;
  usable: boolean;
}

export function poolRecord(row: PoolWorldRow): PoolRecord {
  const { name: id, capabilities, usable } = row;
  return { id, totalGib: row.total_gib, freeGib: row.free_gib, capabilities, usable };
}

export interface ImageWorldRow {
  id: string;
  name: string;
  owner: string | null;
  status: string;
  visibility: ImageRecord['visibility'];
  disk_format: string | null;
  container_format: string | null;
  min_disk_gib: number;
  min_ram_mib: number;
  size_bytes: string | number | null;
  is_protected: boolean;
  properties: Record<string, Json>;
}

export function imageRecord(row: ImageWorldRow): ImageRecord {
  const { id, name, owner, status, visibility, properties } = row;
  return {
    id,
    name,
    owner,
    status,
    visibility,
    diskFormat: row.disk_format,
    containerFormat: row.container_format,
    minDiskGib: row.min_disk_gib,
    minRamMib: row.min_ram_mib,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    protected: row.is_protected,
    properties,
  };
}

export interface FlavorWorldRow {
  id: string;
  name: string;
  vcpus: number;
  ram_mib: number;
  disk_gib: number;
  ephemeral_gib: number;
  swap_mib: number;
  extra_specs: Strings;
}

export function flavorRecord(row: FlavorWorldRow): FlavorRecord {
  const { id, name, vcpus } = row;
  return {
    id,
    name,
    vcpus,
    ramMib: row.ram_mib,
    diskGib: row.disk_gib,
    ephemeralGib: row.ephemeral_gib,
    swapMib: row.swap_mib,
    extraSpecs: row.extra_specs,
  };
}

export interface OperationWorldRow {
  id: string;
  action: ActionName;
  phase: OperationPhase | null;
  outcome: OperationOutcome;
  project_id: string;
  owns: string | null;
  server_id: string | null;
  volume_id: string | null;
  attachment_id: string | null;
  snapshot_id: string | null;
  volume_type_id: string | null;
  input: Record<string, Json>;
  carry: Record<string, Json>;
  reserves: Record<string, number> | null;
  reason: string | null;
}

export function operationRecord(row: OperationWorldRow): OperationRecord {
  const subject = {
    serverId: row.server_id,
    volumeId: row.volume_id,
    attachmentId: row.attachment_id,
    snapshotId: row.snapshot_id,
    volumeTypeId: row.volume_type_id,
  };
  return {
    id: row.id,
    action: row.action,
    phase: row.phase,
    outcome: row.outcome,
    projectId: row.project_id,
    owns: row.owns,
    subject: Object.fromEntries(Object.entries(subject).filter(([, id]) => id !== null)),
    input: row.input,
    carry: row.carry,
    reserves: row.reserves ?? {},
    reason: row.reason,
  };
}
