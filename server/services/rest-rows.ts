/**
 * From database rows to the rows of a world that nobody locks: pools, images, flavors, operations under way.
 */
import type { ActionName } from '~/server/domain/action';
import type { Json } from '~/server/domain/connection';
import type { FlavorRecord, OperationRecord, PoolRecord, Strings } from '~/server/domain/engine/world';
import type { FailureCause, OperationOutcome, OperationPhase } from '~/server/domain/operation';

export interface PoolWorldRow {
  name: string;
  total_gib: number | null;
  free_gib: number | null;
  capabilities: Record<string, Json>;
  usable: boolean;
  frozen: boolean;
}

export function poolRecord(row: PoolWorldRow): PoolRecord {
  const { name: id, capabilities, usable, frozen } = row;
  return { id, totalGib: row.total_gib, freeGib: row.free_gib, capabilities, usable, frozen };
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
  cause: FailureCause | null;
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
    cause: row.cause,
  };
}
