/**
 * May this volume be attached to this server, and what happens then?
 * Checks in the order of Nova's API (compute/api.py, attach_volume), then of Cinder's reservation (volume/api.py,
 * _attachment_reserve).
 */

import {
  deviceNameRefusal,
  deviceTakenRefusal,
  diskLimitRefusal,
  hostMultiattachRefusal,
  offloadedMultiattachRefusal,
  offloadedTagRefusal,
  taggingRefusal,
  zoneRefusal,
} from './attach-server-refusals';
import {
  ATTACH_VOLUME_STATUSES,
  heldRefusal,
  heldStatusRefusal,
  migrationTargetObjection,
  sameServerRefusal,
  takenRefusal,
  volumeStatusRefusal,
} from './attach-volume-refusals';
import type { AttachMode, AttachmentFacts, AttachStatus } from './attachment';
import type { VolumeStatePair } from './attachment-life';
import { allocateDevice, type DisksInUse } from './device';
import { policyRefusal } from './policy';
import { check, type Decision, decide, type Refusal, refusalsOf } from './refusal';
import type { Actor } from './roles';
import type { HostFacts, ServerFacts, VmState } from './server';
import { hostRefusal, launchedRefusal, lockRefusal, taskStateRefusal, vmStateRefusal } from './server-checks';
import type { VolumeFacts, VolumeStatus } from './volume';

const ACTION = 'volume.attach';

/** SUSPENDED, RESCUE and ERROR are missing on purpose (Nova compute/api.py, check_instance_state on attach_volume). */
export const ATTACH_VM_STATES = [
  'active',
  'paused',
  'stopped',
  'resized',
  'soft-delete',
  'shelved',
  'shelved_offloaded',
] as const satisfies readonly VmState[];

export interface AttachRequest {
  /** `/dev/vdc`, or null to take the first free letter. */
  device: string | null;
  /** null leaves the choice to the volume: `ro` when it is read-only, else `rw`. */
  mode: AttachMode | null;
  /** Device role tag shown inside the guest. */
  tag: string | null;
  deleteOnTermination: boolean;
}

/** Limits set by whoever runs the cloud. */
export interface AttachLimits {
  /** Disks per server, the root included; -1 is unlimited (Nova: max_disk_devices_to_attach). */
  maxDisks: number;
  /** Whether a volume may be attached across availability zones (Nova: cross_az_attach). */
  crossZone: boolean;
}

export interface AttachFacts {
  actor: Actor;
  server: ServerFacts;
  /** null when the server's host is not known. */
  host: HostFacts | null;
  volume: VolumeFacts;
  /** Live attachments of the volume, to whatever server. */
  volumeAttachments: readonly AttachmentFacts[];
  disks: DisksInUse;
  request: AttachRequest;
  limits: AttachLimits;
}

/** What an allowed attach writes at once. The rest of its life is the worker's. */
export interface AttachEffects {
  /** `offloaded`: no host is involved, the attachment is complete at once and gets its device on unshelve. */
  via: 'host' | 'offloaded';
  device: string | null;
  mode: AttachMode;
  attachStatus: Extract<AttachStatus, 'reserved' | 'attached'>;
  /** Empty when the server holds the volume already: a second reservation leaves its states alone. */
  volume: Partial<VolumeStatePair>;
}

const attachCheck = check<AttachFacts>();

/** Asked before the volume is looked up. */
export const ATTACH_SERVER_CHECKS = [
  attachCheck({
    id: 'policy',
    source: 'nova policies/volumes_attachments.py :create, target the server',
    needs: ['actor', 'server'],
    test: ({ actor, server }) =>
      policyRefusal('os_compute_api:os-volumes-attachments:create', actor, server.projectId),
  }),
  attachCheck({
    id: 'storage-policy',
    source: 'keystone roles: a reader changes nothing, whatever the server',
    needs: ['actor', 'volume'],
    test: ({ actor, volume }) => policyRefusal('volume:attachment_create', actor, volume.projectId),
  }),
  attachCheck({
    id: 'server-locked',
    source: 'nova compute/api.py check_instance_lock',
    needs: ['actor', 'server'],
    test: ({ actor, server }) => lockRefusal(ACTION, server, actor),
  }),
  attachCheck({
    id: 'server-state',
    source: 'nova compute/api.py check_instance_state(vm_state)',
    needs: ['actor', 'server'],
    test: ({ actor, server }) => vmStateRefusal(ACTION, server, ATTACH_VM_STATES, actor),
  }),
  attachCheck({
    id: 'server-busy',
    source: 'nova compute/api.py check_instance_state(task_state=[None])',
    needs: ['server'],
    test: ({ server }) => taskStateRefusal(ACTION, server),
  }),
  attachCheck({
    id: 'server-never-launched',
    source: 'nova compute/api.py check_instance_state(must_have_launched)',
    needs: ['server'],
    test: ({ server }) => launchedRefusal(ACTION, server),
  }),
  attachCheck({
    id: 'device-invalid',
    source: 'nova block_device.py match_device',
    needs: ['request'],
    test: ({ request }) => deviceNameRefusal(request.device),
  }),
];

/** Asked of the volume before storage is. */
export const ATTACH_VOLUME_CHECKS = [
  attachCheck({
    id: 'already-attached',
    source:
      'nova compute/api.py _check_volume_already_attached (bug 1908075: whatever the volume status says)',
    needs: ['volume', 'volumeAttachments'],
    // A row's button does not know the server yet; where it is known, it may be the one that has the volume.
    test: (facts) =>
      takenRefusal(facts.volume, facts.volumeAttachments, (facts as Partial<AttachFacts>).server?.id),
  }),
  attachCheck({
    id: 'same-server',
    source: 'nova compute/api.py _check_volume_already_attached_to_instance',
    needs: ['server', 'volume', 'volumeAttachments'],
    test: ({ server, volume, volumeAttachments }) => sameServerRefusal(server, volume, volumeAttachments),
  }),
  attachCheck({
    id: 'migration-target',
    source: 'stricter than cinder, whose hidden volumes anybody may attach who knows their id',
    needs: ['volume'],
    test: ({ volume }) => {
      const objection = migrationTargetObjection(volume);
      return objection && { rule: 'volume.attach.migration-target', code: 'invalid', ...objection };
    },
  }),
  attachCheck({
    id: 'offloaded-tag',
    source: 'nova compute/api.py _attach_volume_shelved_offloaded',
    needs: ['server', 'request'],
    test: ({ server, request }) => offloadedTagRefusal(server, request),
  }),
  attachCheck({
    id: 'offloaded-multiattach',
    source: 'nova compute/api.py attach_volume, multiattach of shelved offloaded',
    needs: ['server', 'volume'],
    test: ({ server, volume }) => offloadedMultiattachRefusal(server, volume),
  }),
  attachCheck({
    id: 'host-down',
    source: 'nova compute/api.py; refusing up front what would only time out on the host',
    needs: ['server', 'host'],
    test: ({ server, host }) => hostRefusal(ACTION, server, host),
  }),
  attachCheck({
    id: 'host-without-tags',
    source: 'nova virt/driver.py supports_tagged_attach_volume',
    needs: ['server', 'host', 'request'],
    test: ({ server, host, request }) => taggingRefusal(server, host, request),
  }),
  attachCheck({
    id: 'host-without-multiattach',
    source: 'nova virt/driver.py supports_multiattach; 409 as documented',
    needs: ['server', 'host', 'volume'],
    test: ({ server, host, volume }) => hostMultiattachRefusal(server, host, volume),
  }),
  attachCheck({
    id: 'too-many-disks',
    source: 'nova compute/utils.py check_max_disk_devices; the limit is tested before the letter',
    needs: ['server', 'disks', 'limits'],
    test: ({ server, disks, limits }) => diskLimitRefusal(server, disks, limits),
  }),
  attachCheck({
    id: 'device-taken',
    source: 'nova compute/utils.py get_next_device_name, DevicePathInUse',
    needs: ['server', 'disks', 'request'],
    test: ({ server, disks, request }) => deviceTakenRefusal(server, disks, request),
  }),
  attachCheck({
    id: 'other-zone',
    source: 'nova volume/cinder.py check_availability_zone, cross_az_attach',
    needs: ['server', 'volume', 'limits'],
    test: ({ server, volume, limits }) => zoneRefusal(server, volume, limits),
  }),
];

/** Asked by storage, when the volume is reserved. */
export const ATTACH_STORAGE_CHECKS = [
  attachCheck({
    id: 'volume-status',
    source: 'cinder volume/api.py attachment_create, _attachment_reserve',
    needs: ['volume'],
    test: ({ volume }) => volumeStatusRefusal(volume),
  }),
  attachCheck({
    id: 'held-status',
    source: 'cinder volume/api.py _attachment_reserve, override for the instance that holds the volume',
    needs: ['server', 'volume', 'volumeAttachments'],
    test: ({ server, volume, volumeAttachments }) => heldStatusRefusal(server, volume, volumeAttachments),
  }),
  attachCheck({
    id: 'held',
    source: 'cinder invariant: one instance holds a single-attach volume, whatever its status says',
    needs: ['server', 'volume', 'volumeAttachments'],
    test: ({ server, volume, volumeAttachments }) => heldRefusal(server, volume, volumeAttachments),
  }),
];

const ATTACH_CHECKS = [...ATTACH_SERVER_CHECKS, ...ATTACH_VOLUME_CHECKS, ...ATTACH_STORAGE_CHECKS];

/**
 * @param facts members left undefined are unknown; their checks are skipped (a row's button does not know the server)
 * @returns every refusal, in the API's order
 */
export function attachRefusals(
  facts: { [Key in keyof AttachFacts]?: AttachFacts[Key] | undefined },
): Refusal[] {
  return refusalsOf(ATTACH_CHECKS, facts);
}

/** @returns what the attach writes, or every reason why not */
export function decideAttach(facts: AttachFacts): Decision<AttachEffects> {
  return decide(attachRefusals(facts), () => attachEffects(facts));
}

function attachEffects({ server, volume, disks, request }: AttachFacts): AttachEffects {
  const mode = volume.readonly ? 'ro' : (request.mode ?? 'rw');
  if (server.vmState === 'shelved_offloaded') {
    return {
      via: 'offloaded',
      device: null,
      mode,
      attachStatus: 'attached',
      volume: { status: 'in-use', attachStatus: 'attached' },
    };
  }
  return {
    via: 'host',
    device: allocateDevice(request.device, disks),
    mode,
    attachStatus: 'reserved',
    volume: reservation(volume),
  };
}

/** A reservation sets the status alone; attach_status follows with the connector (Cinder volume/api.py). */
function reservation(volume: VolumeFacts): Partial<VolumeStatePair> {
  const allowed: readonly VolumeStatus[] =
    ATTACH_VOLUME_STATUSES[volume.multiattach ? 'multiattach' : 'single'];
  return allowed.includes(volume.status) ? { status: 'reserved' } : {};
}
