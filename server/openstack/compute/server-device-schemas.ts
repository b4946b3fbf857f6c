/**
 * The disks of a request for a server, in both of the API's spellings, and as the verb takes them.
 * Source: nova/api/openstack/compute/schemas/servers.py; nova/block_device.py, from_api and from_legacy.
 */
import { z } from 'zod';
import type { Json } from '~/server/domain/connection';
import { bool, tag, text255, uuid, volumeSize } from './schema-types';

const deviceName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9._\-/]*$/, { error: 'expects letters, digits and any of . _ - /' });

const legacy = {
  virtual_name: text255.optional(),
  volume_id: uuid.optional(),
  snapshot_id: uuid.optional(),
  volume_size: volumeSize.optional(),
  device_name: deviceName.optional(),
  delete_on_termination: bool.optional(),
  no_device: z.json().optional(),
  connection_info: z.string().optional(),
};

/** As it was before 2012: volumes and snapshots by their device. */
export const legacyDevice = z.strictObject(legacy);

const device = {
  ...legacy,
  source_type: z.enum(['volume', 'image', 'snapshot', 'blank']).optional(),
  uuid: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[a-zA-Z0-9._-]*$/)
    .optional(),
  image_id: uuid.optional(),
  destination_type: z.enum(['local', 'volume']).optional(),
  guest_format: text255.optional(),
  device_type: text255.optional(),
  disk_bus: text255.optional(),
  boot_index: z.union([z.int(), z.string().regex(/^-?[0-9]+$/), z.null()]).optional(),
  tag: tag.optional(),
  volume_type: text255.nullable().optional(),
};

export type NewDevice = z.output<z.ZodObject<typeof device>>;
export type LegacyDevice = z.output<typeof legacyDevice>;

/** Tags came with 2.32, went with 2.33 and came again with 2.42. */
export function deviceAt(minor: number): z.ZodType<NewDevice> {
  const { tag: _tag, volume_type: _type, ...always } = device;
  return z.strictObject({
    ...always,
    ...(minor === 32 || minor >= 42 ? { tag: device.tag } : {}),
    ...(minor >= 67 ? { volume_type: device.volume_type } : {}),
    // What an older version does not know cannot be in what it has parsed.
  }) as z.ZodType<NewDevice>;
}

type Document = { readonly [key: string]: Json };

/** @returns an item as the verb reads it: without what is only for hypervisors, its device below `/dev` */
export function deviceFor(item: NewDevice): Document {
  const { virtual_name: _name, connection_info: _info, volume_id, snapshot_id, image_id, ...rest } = item;
  const id = rest.uuid ?? volume_id ?? snapshot_id ?? image_id;
  const kept = Object.entries({
    ...rest,
    uuid: id?.toLowerCase(),
    device_name: belowDev(rest.device_name),
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Document;
}

function belowDev(name: string | undefined): string | undefined {
  return name === undefined || name.startsWith('/dev/') ? name : `/dev/${name}`;
}

/**
 * @param imageId of the image it boots from; without one it boots from the disk called vda, or the first
 * @returns the items as the verb reads them
 */
export function legacyDevicesFor(items: readonly LegacyDevice[], imageId: string | undefined): Document[] {
  const used = items.filter(({ no_device: none }) => none === undefined || none === null || none === false);
  const named = used.findIndex(({ device_name: name }) => belowDev(name) === '/dev/vda');
  const root = imageId === undefined ? Math.max(named, 0) : -1;
  const devices = used.map((item, at) => {
    const { virtual_name: _name, connection_info: _info, volume_id, snapshot_id, ...rest } = item;
    const source = snapshot_id === undefined ? (volume_id === undefined ? 'blank' : 'volume') : 'snapshot';
    return deviceFor({
      ...rest,
      uuid: snapshot_id ?? volume_id,
      source_type: source,
      destination_type: 'volume',
      boot_index: at === root ? 0 : null,
    });
  });
  if (imageId === undefined || devices.length === 0) return devices;
  const image = { source_type: 'image', destination_type: 'local', boot_index: 0, uuid: imageId };
  return [image, ...devices];
}
