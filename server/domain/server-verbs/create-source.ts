/**
 * What a new server is made of: its flavor, its image, the volumes it boots from and holds.
 */
import type { Json } from '../connection';
import type { Ask } from '../engine/verb';
import type { FlavorRecord, ImageRecord, Strings, VolumeRecord, VolumeTypeRecord } from '../engine/world';
import { type Creating as CreatingVolume, imageOf, sizeOf, typeOf } from '../volume-life/create-source';
import { isMultiattachType } from '../volume-life/type-of-volume';
import { type BlockDevice, devicesIn } from './block-devices';
import { asksForMachine, type HostNeeds } from './host-choice';

export interface CreateServerInput {
  name: string;
  flavor: string;
  image?: string | undefined;
  devices?: { readonly [key: string]: Json } | undefined;
  description?: string | undefined;
  metadata?: Strings | undefined;
  zone?: string | undefined;
  host?: string | undefined;
  labels?: { readonly [key: string]: Json } | undefined;
}

/** A creation in whatever state its form is. */
export type CreatingServer = Ask<Partial<CreateServerInput>>;

export function flavorOf({ world, input }: CreatingServer): FlavorRecord | null {
  return world.flavor.get(input.flavor ?? '') ?? null;
}

/** @returns the image with this id, if the caller may use it */
export function imageFor(ask: CreatingServer, imageId: string | undefined): ImageRecord | null {
  return imageOf({ ...ask, input: { imageId } });
}

/** @returns disks that are volumes, in the order given */
export function volumeDevices({ input }: Pick<CreatingServer, 'input'>): BlockDevice[] {
  return devicesIn(input.devices).filter(({ local }) => !local);
}

/** @returns disks whose volume is yet to be made, each with how it would be made */
export function volumesToMake(ask: CreatingServer): { device: BlockDevice; creating: CreatingVolume }[] {
  return volumeDevices(ask)
    .filter(({ source }) => source !== 'volume')
    .map((device) => ({ device, creating: creatingVolume(ask, device) }));
}

export function creatingVolume(ask: CreatingServer, device: BlockDevice, serverId = ''): CreatingVolume {
  const { source, uuid, sizeGib, volumeType } = device;
  return {
    ...ask,
    input: {
      // Empty, not missing, as Nova asks storage for it.
      description: '',
      // Only a blank one gets a name (Nova virt/block_device.py, DriverVolBlankBlockDevice).
      ...(source === 'blank' && serverId !== '' ? { name: `${serverId}-blank-vol` } : {}),
      ...(sizeGib === null ? {} : { sizeGib }),
      ...(volumeType === null ? {} : { type: volumeType }),
      ...(source === 'snapshot' && uuid !== null ? { snapshotId: uuid } : {}),
      ...(source === 'image' && uuid !== null ? { imageId: uuid } : {}),
    },
  };
}

export interface NewVolume {
  type: VolumeTypeRecord;
  sizeGib: number;
}

/** @returns type and size; null while one of them is not known */
export function madeAs(creating: CreatingVolume): NewVolume | null {
  const type = typeOf(creating);
  const sizeGib = sizeOf(creating);
  return type === null || sizeGib === undefined ? null : { type, sizeGib };
}

/** @returns what it and its disks ask of a host */
export function needsOfNew(ask: CreatingServer): HostNeeds {
  const multiattach = volumeDevices(ask).some((device) => {
    if (device.source === 'volume') return ask.world.volume.get(device.uuid ?? '')?.multiattach === true;
    const type = typeOf(creatingVolume(ask, device));
    return type !== null && isMultiattachType(type);
  });
  const { zone, host } = ask.input;
  const flavor = flavorOf(ask);
  return {
    multiattach,
    tags: volumeDevices(ask).some(({ tag }) => tag !== null),
    bareMetal: flavor !== null && asksForMachine(flavor),
    ...(zone === undefined ? {} : { zone }),
    ...(host === undefined ? {} : { host }),
  };
}

/** @returns how many disks it has; an image's root is one */
export function disksOfNew(ask: CreatingServer): number {
  return volumeDevices(ask).length + (ask.input.image === undefined ? 0 : 1);
}

/** @returns volumes that are there already, and are asked for */
export function existing(ask: CreatingServer): VolumeRecord[] {
  return volumeDevices(ask).flatMap(({ source, uuid }) =>
    source === 'volume' ? (ask.world.volume.get(uuid ?? '') ?? []) : [],
  );
}

/**
 * The zone asked for, or that of the host asked for; else, where zones matter, that of its volumes (Nova:
 * cross_az_attach = false).
 */
export function zoneOfNew(ask: CreatingServer): string {
  const { zone, host } = ask.input;
  const asked = zone ?? ask.world.host.get(host ?? '')?.zone;
  if (asked !== undefined) return asked;
  const { crossZoneAttach, defaultAvailabilityZone } = ask.settings;
  return crossZoneAttach
    ? defaultAvailabilityZone
    : (existing(ask)[0]?.availabilityZone ?? defaultAvailabilityZone);
}
