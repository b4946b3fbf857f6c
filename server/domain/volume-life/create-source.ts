/**
 * What a volume is made from: nothing, a snapshot, another volume, an image. What it takes over from there.
 */
import type { Ask } from '../engine/verb';
import type { ImageRecord, SnapshotRecord, Strings, VolumeRecord, VolumeTypeRecord } from '../engine/world';
import { isAdmin } from '../roles';
import { findType, maySeeType } from './type-of-volume';

export interface CreateInput {
  name?: string | undefined;
  description?: string | undefined;
  sizeGib?: number | undefined;
  type?: string | undefined;
  snapshotId?: string | undefined;
  sourceVolumeId?: string | undefined;
  imageId?: string | undefined;
  availabilityZone?: string | undefined;
  metadata?: Strings | undefined;
}

/** A creation in whatever state its form is. */
export type Creating = Ask<CreateInput>;

export function snapshotOf({ world, input }: Creating): SnapshotRecord | null {
  return world.snapshot.get(input.snapshotId ?? '') ?? null;
}

/** @returns the volume it is cloned from, or that its snapshot is of */
export function originOf(ask: Creating): VolumeRecord | null {
  const { world, input } = ask;
  return world.volume.get(input.sourceVolumeId ?? snapshotOf(ask)?.volumeId ?? '') ?? null;
}

/** @returns the image, if the caller may use it */
export function imageOf({ world, input, actor }: Creating): ImageRecord | null {
  const image = world.image.get(input.imageId ?? '');
  if (image === undefined) return null;
  const open = image.visibility !== 'private' || image.owner === actor.projectId || isAdmin(actor);
  return open ? image : null;
}

/** The type it gets: the named one, else the source's, else the one the image names, else the default. */
export function typeOf(ask: Creating): VolumeTypeRecord | null {
  const { world, input, actor, settings } = ask;
  if (input.type !== undefined && input.type !== '') {
    const named = findType(world, input.type);
    return named !== null && maySeeType(named, actor) ? named : null;
  }
  const origin = originOf(ask);
  if (origin !== null) return world.volumeType.get(origin.typeId) ?? null;
  const ofImage = imageOf(ask)?.properties.cinder_img_volume_type;
  const fromImage = typeof ofImage === 'string' ? findType(world, ofImage) : null;
  if (fromImage !== null && maySeeType(fromImage, actor)) return fromImage;
  return settings.defaultVolumeTypeId === null ? null : findType(world, settings.defaultVolumeTypeId);
}

/** @returns GiB; undefined while nobody has said how many */
export function sizeOf(ask: Creating): number | undefined {
  return ask.input.sizeGib ?? snapshotOf(ask)?.sizeGib ?? originOf(ask)?.sizeGib;
}

/** A copy stays in the zone of what it is copied from (cinder option `cloned_volume_same_az`). */
export function zoneOf(ask: Creating): string {
  return (
    ask.input.availabilityZone ?? originOf(ask)?.availabilityZone ?? ask.settings.defaultAvailabilityZone
  );
}

const BYTES_PER_GIB = 2 ** 30;

/** @returns the smallest volume the image fits on, in GiB */
export function sizeOfImage(image: ImageRecord): number {
  return Math.max(image.minDiskGib, Math.ceil((image.sizeBytes ?? 0) / BYTES_PER_GIB));
}

/** What a volume remembers of its image (cinder `image/glance.py`, copied into volume_glance_metadata). */
export function imageMetadataOf(image: ImageRecord): Strings {
  const texts = Object.entries(image.properties).flatMap(([key, value]) =>
    typeof value === 'object' ? [] : [[key, String(value)] as const],
  );
  return {
    ...Object.fromEntries(texts),
    image_id: image.id,
    image_name: image.name,
    min_disk: String(image.minDiskGib),
    min_ram: String(image.minRamMib),
    ...(image.diskFormat === null ? {} : { disk_format: image.diskFormat }),
    ...(image.containerFormat === null ? {} : { container_format: image.containerFormat }),
    ...(image.sizeBytes === null ? {} : { size: String(image.sizeBytes) }),
  };
}
