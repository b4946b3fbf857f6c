/**
 * The disks that a new server asks for, as `block_device_mapping_v2` of the Compute API spells them.
 */
import type { Json } from '../connection';
import { isDeviceName } from '../device';

export const DEVICE_SOURCES = ['volume', 'snapshot', 'image', 'blank'] as const;
export type DeviceSource = (typeof DEVICE_SOURCES)[number];

export interface BlockDevice {
  source: DeviceSource;
  /** On the host's own disk; the rest are volumes. */
  local: boolean;
  /** Of the source; null for a blank one. */
  uuid: string | null;
  sizeGib: number | null;
  /** 0 is the root; null is none to boot from. */
  bootIndex: number | null;
  deleteOnTermination: boolean;
  device: string | null;
  tag: string | null;
  /** Id or name. */
  volumeType: string | null;
}

type Document = { readonly [key: string]: Json };

const KEYS = [
  'source_type',
  'destination_type',
  'uuid',
  'volume_size',
  'boot_index',
  'delete_on_termination',
  'device_name',
  'tag',
  'volume_type',
  'guest_format',
  'disk_bus',
  'device_type',
  'no_device',
];
/** Nova objects/fields.py, DiskBus. */
const BUSES = ['fdc', 'ide', 'sata', 'scsi', 'usb', 'virtio', 'xen', 'lxc', 'uml'];
const TRUE_TEXTS = ['true', '1', 'on', 'yes'];
const FALSE_TEXTS = ['false', '0', 'off', 'no'];
const TAG_MAX = 60;

/** What is wrong with an item, in a sentence. */
class Malformed extends Error {}

/**
 * @param document `{ devices: [...] }`
 * @returns the disks, in the order given; or what is wrong with the first bad one
 */
export function readDevices(document: Document | undefined): BlockDevice[] | { problem: string } {
  const items = document?.devices ?? [];
  if (!Array.isArray(items)) return { problem: 'Devices are a list.' };
  try {
    return items.flatMap((item: Json, at) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item))
        throw new Malformed(`Device ${at + 1} is no object.`);
      const fields = item as Document;
      return fields.no_device ? [] : [readDevice(fields, at + 1)];
    });
  } catch (error) {
    if (error instanceof Malformed) return { problem: error.message };
    throw error;
  }
}

/** @returns the devices; none while what is given cannot be read */
export function devicesIn(document: Document | undefined): BlockDevice[] {
  const read = readDevices(document);
  return Array.isArray(read) ? read : [];
}

/** Source: Nova block_device.py, BlockDeviceDict.from_api. */
function readDevice(item: Document, number: number): BlockDevice {
  const refuse = (what: string): never => {
    throw new Malformed(`Device ${number}: ${what}.`);
  };
  const unknown = Object.keys(item).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) refuse(`nothing is known of ${unknown}`);
  const source = DEVICE_SOURCES.find((each) => each === item.source_type);
  if (source === undefined) return refuse(`source_type must be one of ${DEVICE_SOURCES.join(', ')}`);
  const uuid = text(item.uuid);
  if (source === 'blank' && uuid !== null) refuse('a blank one has no uuid');
  if (source !== 'blank' && uuid === null) refuse(`a ${source} needs its uuid`);
  const bootIndex = indexOf(item.boot_index, refuse);
  const local = isLocal(item.destination_type, source, refuse);
  if (local && source !== 'image')
    refuse('only the root disk of an image is kept on a host; choose destination_type volume');
  if (local && bootIndex !== 0) refuse('an image on a local disk must have boot_index 0');
  const volumeType = text(item.volume_type);
  if (volumeType !== null && (local || source === 'volume'))
    refuse('volume_type is for volumes that are yet to be made');
  const device = text(item.device_name);
  if (device !== null && !isDeviceName(device)) refuse(`${JSON.stringify(device)} is no device name`);
  const bus = text(item.disk_bus);
  if (bus !== null && !BUSES.includes(bus)) refuse(`disk_bus must be one of ${BUSES.join(', ')}`);
  const tag = text(item.tag);
  if (tag !== null && (tag.length > TAG_MAX || /[,/]/.test(tag)))
    refuse('a tag has at most 60 characters, and neither comma nor slash');
  return {
    source,
    local,
    uuid,
    sizeGib: sizeOf(item.volume_size, refuse),
    bootIndex,
    deleteOnTermination: flag(item.delete_on_termination, refuse),
    device,
    tag,
    volumeType,
  };
}

type Refuse = (what: string) => never;

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Left out, it is a volume for what is one already; upstream stores nothing then, and attaches nothing. */
function isLocal(value: Json | undefined, source: DeviceSource, refuse: Refuse): boolean {
  if (value === 'local') return true;
  if (value === 'volume') return false;
  if (value === undefined && (source === 'volume' || source === 'snapshot')) return false;
  return refuse('destination_type must be volume or local');
}

function indexOf(value: Json | undefined, refuse: Refuse): number | null {
  if (value === undefined || value === null) return null;
  const index = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof index !== 'number' || !Number.isInteger(index)) return refuse('boot_index must be a number');
  return index < 0 ? null : index;
}

function sizeOf(value: Json | undefined, refuse: Refuse): number | null {
  if (value === undefined || value === null) return null;
  const size = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 2 ** 31 - 1)
    return refuse('volume_size must be a number of GiB');
  return size;
}

function flag(value: Json | undefined, refuse: Refuse): boolean {
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (TRUE_TEXTS.includes(word)) return true;
  if (FALSE_TEXTS.includes(word)) return false;
  return refuse('delete_on_termination must be true or false');
}
