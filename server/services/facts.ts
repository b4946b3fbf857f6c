/**
 * From rows to the facts the rules reason about, and the SQL that selects such rows. The only place that knows both.
 */
import type { AttachMode, AttachmentFacts, AttachStatus } from '~/server/domain/attachment';
import type { HostFacts, LockHolder, ServerFacts, TaskState, VmState } from '~/server/domain/server';
import type { MigrationStatus, VolumeAttachStatus, VolumeFacts, VolumeStatus } from '~/server/domain/volume';

export interface ServerFactsRow {
  id: string;
  name: string;
  project_id: string;
  vm_state: VmState;
  task_state: TaskState | null;
  locked_by: LockHolder | null;
  launched_at: Date | string | null;
  host: string | null;
  root_device_name: string | null;
  availability_zone: string;
}

export function serverFacts(row: ServerFactsRow): ServerFacts {
  return {
    id: row.id,
    name: row.name,
    projectId: row.project_id,
    vmState: row.vm_state,
    taskState: row.task_state,
    lockedBy: row.locked_by,
    launched: row.launched_at !== null,
    host: row.host,
    rootDeviceName: row.root_device_name,
    availabilityZone: row.availability_zone,
  };
}

export interface HostFactsRow {
  name: string;
  up: boolean;
  enabled: boolean;
  zone: string;
  bare_metal: boolean;
  supports_multiattach: boolean;
  supports_tagging: boolean;
}

export function hostFacts(row: HostFactsRow): HostFacts {
  return {
    name: row.name,
    up: row.up,
    enabled: row.enabled,
    zone: row.zone,
    bareMetal: row.bare_metal,
    supportsMultiattach: row.supports_multiattach,
    supportsTagging: row.supports_tagging,
  };
}

export interface VolumeFactsRow {
  id: string;
  name: string;
  project_id: string;
  status: VolumeStatus;
  attach_status: VolumeAttachStatus;
  migration_status: MigrationStatus | null;
  multiattach: boolean;
  bootable: boolean;
  readonly: boolean;
  size_gib: number;
  availability_zone: string;
}

export function volumeFacts(row: VolumeFactsRow): VolumeFacts {
  return {
    id: row.id,
    // A volume need not have a name; its id then stands in every sentence about it.
    name: row.name === '' ? row.id : row.name,
    projectId: row.project_id,
    status: row.status,
    attachStatus: row.attach_status,
    migrationStatus: row.migration_status,
    multiattach: row.multiattach,
    bootable: row.bootable,
    readonly: row.readonly,
    sizeGib: row.size_gib,
    availabilityZone: row.availability_zone,
  };
}

export interface AttachmentFactsRow {
  id: string;
  volume_id: string;
  instance_id: string | null;
  instance_name: string | null;
  attach_status: AttachStatus | null;
  mode: AttachMode | null;
  bdm_id: string | null;
  device: string | null;
  boot_index: number | null;
  delete_on_termination: boolean;
}

export function attachmentFacts(row: AttachmentFactsRow): AttachmentFacts {
  return {
    id: row.id,
    volumeId: row.volume_id,
    instanceId: row.instance_id,
    instanceName: row.instance_name,
    attachStatus: row.attach_status,
    mode: row.mode,
    computeSide:
      row.bdm_id === null
        ? null
        : { device: row.device, bootIndex: row.boot_index, deleteOnTermination: row.delete_on_termination },
  };
}
