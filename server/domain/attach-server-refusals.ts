/**
 * What an attach can be refused for because of the server, its disks and its host, apart from what every action on a
 * server asks. One function a rule: the test and the sentence together. The order in which they are asked is in
 * attach-volume.ts.
 */
import type { AttachLimits, AttachRequest } from './attach-volume';
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
import type { VolumeFacts } from './volume';

function advice(text: string, command?: string): Remedy {
  return { kind: 'advice', text, ...(command === undefined ? {} : { command }) };
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

export function zoneRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  { crossZone }: Pick<AttachLimits, 'crossZone'>,
): Refusal | null {
  if (crossZone || server.availabilityZone === volume.availabilityZone) return null;
  return {
    rule: 'volume.attach.other-zone',
    code: 'invalid',
    message: `Volume ${volume.name} is in zone ${volume.availabilityZone}, server ${server.name} in ${server.availabilityZone}; this cloud attaches within one zone only.`,
    remedy: advice(
      `Choose a volume in zone ${server.availabilityZone}, or a server in ${volume.availabilityZone}.`,
    ),
  };
}
