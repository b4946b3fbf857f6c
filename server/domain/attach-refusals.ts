/**
 * What an attach can be refused for, apart from what every action on a server asks. One function a rule: the test and
 * the sentence together. The order in which they are asked is in attach-volume.ts.
 */
import type { AttachLimits, AttachRequest } from './attach-volume';
import type { AttachmentFacts } from './attachment';
import {
  allocateDevice,
  type DisksInUse,
  deviceLetters,
  deviceTaken,
  disksCounted,
  isDeviceName,
} from './device';
import type { Refusal, Remedy } from './refusal';
import type { HostFacts, ServerFacts } from './server';
import { isErrorStatus, type VolumeFacts, type VolumeStatus } from './volume';

/** Statuses from which a volume can be reserved (Cinder volume/api.py, _attachment_reserve). */
export const ATTACH_VOLUME_STATUSES = {
  single: ['available', 'downloading'],
  multiattach: ['available', 'in-use', 'downloading'],
} as const satisfies Record<string, readonly VolumeStatus[]>;

function advice(text: string, command?: string): Remedy {
  return { kind: 'advice', text, ...(command === undefined ? {} : { command }) };
}

function detachFrom(volume: VolumeFacts, attachment: AttachmentFacts, serverId: string): Remedy {
  return {
    kind: 'action',
    action: 'volume.detach',
    label: `Detach ${volume.name} from ${attachment.instanceName ?? serverId}`,
    args: { volumeId: volume.id, serverId },
  };
}

export function deviceNameRefusal(device: string | null): Refusal | null {
  if (device === null || isDeviceName(device)) return null;
  return {
    rule: 'volume.attach.device-invalid',
    code: 'invalid',
    message: `${JSON.stringify(device)} is no device name; it must look like /dev/vdb.`,
    remedy: advice('Leave the device empty and the next free letter is taken.'),
  };
}

/** A second server may only write to a volume that was made for it, even if an operator reset the volume's status. */
export function takenRefusal(volume: VolumeFacts, attachments: readonly AttachmentFacts[]): Refusal | null {
  if (volume.multiattach) return null;
  const holder = attachments.find((each) => each.computeSide !== null);
  if (holder === undefined) return null;
  const holderName = holder.instanceName ?? holder.instanceId ?? 'another server';
  return {
    rule: 'volume.attach.already-attached',
    code: 'invalid',
    message: `Volume ${volume.name} is attached to ${holderName}, and it is not a multiattach volume.`,
    ...(holder.instanceId === null ? {} : { remedy: detachFrom(volume, holder, holder.instanceId) }),
  };
}

export function sameServerRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
): Refusal | null {
  if (!volume.multiattach) return null;
  const here = attachments.some((each) => each.computeSide !== null && each.instanceId === server.id);
  if (!here) return null;
  return {
    rule: 'volume.attach.same-server',
    code: 'invalid',
    message: `Volume ${volume.name} is attached to server ${server.name} already; a second time would be the same disk twice.`,
  };
}

export function offloadedTagRefusal(server: ServerFacts, request: AttachRequest): Refusal | null {
  if (server.vmState !== 'shelved_offloaded' || request.tag === null) return null;
  return {
    rule: 'volume.attach.offloaded-tag',
    code: 'invalid',
    message: `Server ${server.name} is SHELVED_OFFLOADED; a tag can only be given while it is on a host.`,
    remedy: advice(
      'Attach without a tag, or unshelve the server first.',
      `openstack server unshelve ${server.id}`,
    ),
  };
}

export function offloadedMultiattachRefusal(server: ServerFacts, volume: VolumeFacts): Refusal | null {
  if (server.vmState !== 'shelved_offloaded' || !volume.multiattach) return null;
  return {
    rule: 'volume.attach.offloaded-multiattach',
    code: 'invalid',
    message: `Server ${server.name} is SHELVED_OFFLOADED; a multiattach volume can only be attached while it is on a host.`,
    remedy: advice('Unshelve the server first.', `openstack server unshelve ${server.id}`),
  };
}

export function taggingRefusal(
  server: ServerFacts,
  host: HostFacts | null,
  request: AttachRequest,
): Refusal | null {
  if (
    request.tag === null ||
    server.vmState === 'shelved_offloaded' ||
    host === null ||
    host.supportsTagging
  ) {
    return null;
  }
  return {
    rule: 'volume.attach.host-without-tags',
    code: 'invalid',
    message: `Host ${host.name} of server ${server.name} cannot tag disks.`,
    remedy: advice('Attach without a tag.'),
  };
}

export function hostMultiattachRefusal(
  server: ServerFacts,
  host: HostFacts | null,
  volume: VolumeFacts,
): Refusal | null {
  if (
    !volume.multiattach ||
    server.vmState === 'shelved_offloaded' ||
    host === null ||
    host.supportsMultiattach
  ) {
    return null;
  }
  return {
    rule: 'volume.attach.host-without-multiattach',
    code: 'conflict',
    message: `Host ${host.name} of server ${server.name} cannot attach multiattach volumes.`,
    remedy: advice('Choose a server on another host, or a volume of a type without multiattach.'),
  };
}

export function diskLimitRefusal(
  server: ServerFacts,
  disks: DisksInUse,
  limits: AttachLimits,
): Refusal | null {
  const after = disksCounted(disks) + 1;
  if (limits.maxDisks < 0 || after <= limits.maxDisks || server.vmState === 'shelved_offloaded') return null;
  return {
    rule: 'volume.attach.too-many-disks',
    code: 'over_quota',
    message: `Server ${server.name} has ${disksCounted(disks)} disks, its root included; at most ${limits.maxDisks} are allowed.`,
    remedy: advice('Detach a volume from the server first.'),
  };
}

export function deviceTakenRefusal(
  server: ServerFacts,
  disks: DisksInUse,
  request: AttachRequest,
): Refusal | null {
  const { device } = request;
  if (device === null || server.vmState === 'shelved_offloaded') return null;
  if (!isDeviceName(device) || !deviceTaken(device, disks)) return null;
  const free = allocateDevice(null, disks);
  return {
    rule: 'volume.attach.device-taken',
    code: 'conflict',
    message: `Letter ${deviceLetters(device)} is taken on server ${server.name}; prefix and digits of a device do not count.`,
    remedy: {
      kind: 'action',
      action: 'volume.attach',
      label: `Use ${free}, the next free one`,
      args: { device: free },
    },
  };
}

export function zoneRefusal(server: ServerFacts, volume: VolumeFacts, limits: AttachLimits): Refusal | null {
  if (limits.crossZone || server.availabilityZone === volume.availabilityZone) return null;
  return {
    rule: 'volume.attach.other-zone',
    code: 'invalid',
    message: `Volume ${volume.name} is in zone ${volume.availabilityZone}, server ${server.name} in ${server.availabilityZone}; this cloud attaches within one zone only.`,
  };
}

const WAIT_STATUSES: readonly VolumeStatus[] = [
  'creating',
  'attaching',
  'detaching',
  'uploading',
  'extending',
  'retyping',
  'reverting',
  'backing-up',
  'restoring-backup',
];

/** Whether the storage side already holds the volume for this very server: then it may be reserved once more. */
function heldFor(server: ServerFacts, attachments: readonly AttachmentFacts[]): boolean {
  return attachments.some((each) => each.instanceId === server.id && each.attachStatus !== null);
}

/** An attachment that only the storage side knows keeps everybody else off a single-attach volume. */
export function heldRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
): Refusal | null {
  if (volume.multiattach) return null;
  const holder = attachments.find((each) => each.computeSide === null && each.instanceId !== server.id);
  if (holder === undefined) return null;
  const forWhom =
    holder.instanceId === null ? 'nobody in particular' : (holder.instanceName ?? holder.instanceId);
  return {
    rule: 'volume.attach.held',
    code: 'invalid',
    message: `Volume ${volume.name} is held by attachment ${holder.id} (${holder.attachStatus ?? 'unknown'}) for ${forWhom}, without a disk on any server here.`,
    remedy: advice(
      'If nobody waits for that attachment, delete it.',
      `openstack --os-volume-api-version 3.27 volume attachment delete ${holder.id}`,
    ),
  };
}

/** Statuses in which it depends on the server: the one that holds the volume may reserve it again. */
const HELD_STATUSES: readonly VolumeStatus[] = ['reserved', 'in-use'];

export function volumeStatusRefusal(volume: VolumeFacts): Refusal | null {
  return HELD_STATUSES.includes(volume.status) ? null : statusRefusal(volume);
}

export function heldStatusRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
): Refusal | null {
  if (!HELD_STATUSES.includes(volume.status) || heldFor(server, attachments)) return null;
  return statusRefusal(volume);
}

function statusRefusal(volume: VolumeFacts): Refusal | null {
  const allowed: readonly VolumeStatus[] =
    ATTACH_VOLUME_STATUSES[volume.multiattach ? 'multiattach' : 'single'];
  if (allowed.includes(volume.status)) return null;
  const remedy = statusRemedy(volume);
  return {
    rule: 'volume.attach.volume-status',
    code: 'invalid',
    message: `Volume ${volume.name} is ${volume.status}; attaching needs ${allowed.join(' or ')}.`,
    ...(remedy === null ? {} : { remedy }),
  };
}

function statusRemedy(volume: VolumeFacts): Remedy | null {
  if (isErrorStatus(volume.status)) {
    return advice(
      'An administrator can find out what failed and then set the status back.',
      `openstack volume set --state available ${volume.id}`,
    );
  }
  if (WAIT_STATUSES.includes(volume.status))
    return advice(`Wait until ${volume.status} has ended, then try again.`);
  if (volume.status === 'reserved') {
    return advice(
      'It is reserved for an attachment that has not been completed: complete or delete that attachment first.',
      `openstack --os-volume-api-version 3.27 volume attachment list --volume-id ${volume.id}`,
    );
  }
  return null;
}
