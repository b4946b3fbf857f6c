/**
 * What is written when a new server is accepted: the server, its disks, the volumes it holds from now on, and those that
 * are to be made for it.
 */
import { ATTACH_VOLUME_STATUSES } from '../attach-volume-refusals';
import { allocateDevice } from '../device';
import { type Change, insert, update } from '../engine/change';
import type { Ask, Plan } from '../engine/verb';
import { type AttachmentRecord, rowOf, type ServerRecord, type VolumeRecord } from '../engine/world';
import type { VolumeStatus } from '../volume';
import { newVolume } from '../volume-life/create-volume';
import type { BlockDevice } from './block-devices';
import { labelsIn } from './create-labels';
import { ROOT_DEVICE } from './create-rules';
import {
  type CreateServerInput,
  creatingVolume,
  disksOfNew,
  flavorOf,
  madeAs,
  needsOfNew,
  volumeDevices,
  zoneOfNew,
} from './create-source';
import { chooseHost } from './host-choice';

/** Found out while it is built, as upstream does: why it cannot be. */
export type BuildProblem = 'no-host' | 'too-many-disks';

export function planServer(ask: Ask<CreateServerInput>): Plan {
  const id = ask.fresh();
  const host = chooseHost(ask.world, id, needsOfNew(ask));
  const { maxDisksPerServer: max } = ask.settings;
  const problem: BuildProblem | null =
    host === null ? 'no-host' : max !== null && disksOfNew(ask) > max ? 'too-many-disks' : null;
  // Without a host nothing is made; what is there already is held all the same.
  const devices = volumeDevices(ask).filter(({ source }) => source === 'volume' || host !== null);
  const names = deviceNames(devices);
  const disks = devices.map((device, at) => diskOf(ask, id, device, names[at] ?? null));
  const made = disks.flatMap(({ volume, isNew }) => (isNew ? [volume.id] : []));
  const attachments = disks.map(({ attachment }) => attachment.id);
  const build = problem !== null || made.length > 0;
  return {
    changes: [
      insert('server', serverRow(ask, id, host, disks.length > 0)),
      ...disks.flatMap(({ changes }) => changes),
    ],
    subject: { serverId: id },
    job: {
      phase: build ? 'build' : attachments.length > 0 ? 'reserve' : 'act',
      owns: id,
      carry: { problem, volumes: made, attachments, images: imagesOf(disks) },
    },
    answer: { serverId: id },
    message:
      host === null ? `${ask.input.name} is accepted` : `${ask.input.name} is to be made on host ${host}`,
  };
}

function serverRow(
  ask: Ask<CreateServerInput>,
  id: string,
  host: string | null,
  hasVolumes: boolean,
): ServerRecord {
  const { actor, input } = ask;
  const flavor = flavorOf(ask);
  if (flavor === null) throw new Error('a server without a flavor passed the rules');
  const { id: flavorId, ...embedded } = flavor;
  return {
    id,
    name: input.name,
    projectId: ask.id,
    userId: actor.userId,
    description: input.description ?? null,
    vmState: 'building',
    taskState: host === null ? 'scheduling' : hasVolumes ? 'block_device_mapping' : 'spawning',
    powerState: 0,
    lockedBy: null,
    lockedReason: null,
    launched: false,
    host,
    rootDeviceName: ROOT_DEVICE,
    availabilityZone: zoneOfNew(ask),
    flavorId,
    flavor: embedded,
    imageId: input.image ?? null,
    metadata: input.metadata ?? {},
    former: null,
    ...labelsIn(input.labels),
  };
}

/** The root has its name; then those asked for; the others take what is free, in order. */
function deviceNames(devices: readonly BlockDevice[]): string[] {
  const asked = devices.map(({ bootIndex, device }) => {
    if (bootIndex === 0) return ROOT_DEVICE;
    return device === null ? null : allocateDevice(device, { rootDeviceName: ROOT_DEVICE, devices: [] });
  });
  const taken = asked.filter((name) => name !== null);
  return asked.map((name) => {
    if (name !== null) return name;
    const free = allocateDevice(null, { rootDeviceName: ROOT_DEVICE, devices: taken });
    taken.push(free);
    return free;
  });
}

/** @returns the image of each volume that is made from one, by the volume's id */
function imagesOf(disks: readonly NewDisk[]): Record<string, string> {
  return Object.fromEntries(
    disks.flatMap(({ volume, device }) =>
      device.source === 'image' && device.uuid !== null ? [[volume.id, device.uuid]] : [],
    ),
  );
}

interface NewDisk {
  device: BlockDevice;
  volume: VolumeRecord;
  isNew: boolean;
  attachment: AttachmentRecord;
  changes: Change[];
}

function diskOf(
  ask: Ask<CreateServerInput>,
  serverId: string,
  device: BlockDevice,
  name: string | null,
): NewDisk {
  const isNew = device.source !== 'volume';
  const volume = isNew ? volumeToMake(ask, device, serverId) : rowOf(ask.world, 'volume', device.uuid ?? '');
  const attachment: AttachmentRecord = {
    id: ask.fresh(),
    volumeId: volume.id,
    multiattach: volume.multiattach,
    instanceId: serverId,
    // Storage learns of it when there is a volume.
    attachStatus: isNew ? null : 'reserved',
    mode: volume.readonly ? 'ro' : 'rw',
    attachedHost: null,
    mountpoint: null,
    connector: null,
    connectionInfo: null,
    bdmId: ask.fresh(),
    serverId,
    device: name,
    bootIndex: device.bootIndex,
    tag: device.tag,
    deleteOnTermination: device.deleteOnTermination,
  };
  const first = isNew ? [insert('volume', volume)] : reserved(volume);
  return { device, volume, isNew, attachment, changes: [...first, insert('attachment', attachment)] };
}

/** A reservation sets the status alone; attach_status follows with the connector (Cinder volume/api.py). */
function reserved({ id, status, multiattach }: VolumeRecord): Change[] {
  const allowed: readonly VolumeStatus[] = ATTACH_VOLUME_STATUSES[multiattach ? 'multiattach' : 'single'];
  return allowed.includes(status) ? [update('volume', id, { status: 'reserved' })] : [];
}

function volumeToMake(ask: Ask<CreateServerInput>, device: BlockDevice, serverId: string): VolumeRecord {
  const creating = creatingVolume(ask, device, serverId);
  const made = madeAs(creating);
  if (made === null) throw new Error('a volume without type or size passed the rules');
  return newVolume(creating, made.type, made.sizeGib);
}
