/**
 * Images as the image API writes them.
 */
import type { ImageRecord } from '~/server/services/records/image-records';

const IMAGES = '/v2/images';

/** Properties that every image has, where it does not say otherwise. */
const USUAL = {
  checksum: null,
  os_hash_algo: null,
  os_hash_value: null,
  os_hidden: false,
  virtual_size: null,
  tags: [],
};

/** @returns the image, with its further properties beside the usual ones */
export function imageView(image: ImageRecord): Record<string, unknown> {
  return {
    ...USUAL,
    ...image.properties,
    id: image.id,
    name: image.name === '' ? null : image.name,
    status: image.status,
    visibility: image.visibility,
    owner: image.owner,
    disk_format: image.diskFormat,
    container_format: image.containerFormat,
    size: image.sizeBytes,
    min_disk: image.minDiskGib,
    min_ram: image.minRamMib,
    protected: image.protected,
    created_at: instant(image.createdAt),
    updated_at: instant(image.updatedAt),
    self: `${IMAGES}/${image.id}`,
    file: `${IMAGES}/${image.id}/file`,
    schema: '/v2/schemas/image',
  };
}

/**
 * @param url of the request
 * @param limit rows of a full page, after which there may be another one
 */
export function imageListView(images: readonly ImageRecord[], url: URL, limit: number): unknown {
  const last = images.length > 0 && images.length === limit ? images.at(-1) : undefined;
  return {
    images: images.map(imageView),
    first: pageAfter(url, null),
    ...(last === undefined ? {} : { next: pageAfter(url, last.id) }),
    schema: '/v2/schemas/images',
  };
}

/** Without an origin, as clients append it to the endpoint. */
function pageAfter({ searchParams }: URL, marker: string | null): string {
  const query = new URLSearchParams(searchParams);
  query.delete('marker');
  if (marker !== null) query.set('marker', marker);
  return query.size === 0 ? IMAGES : `${IMAGES}?${query}`;
}

/** Seconds are as exact as Glance is. */
function instant(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
