/**
 * Images as the compute API handed them on, until 2.35.
 * Source: nova/api/openstack/compute/images.py, views/images.py
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import {
  getImageRecord,
  type ImageFilters,
  type ImageRecord,
  listImageRecords,
} from '~/server/services/records/image-records';
import { FaultError } from '../fault';
import { type Ask, answer, type Route, route } from '../route';
import { linksTo, nextLinks, pageLength, timeZ } from './links';
import { queryNumber } from './schema-types';

const UNTIL = 35;

/** What the image service calls them, and what the compute API did. */
const STATUS: Readonly<Record<string, string>> = {
  active: 'ACTIVE',
  queued: 'SAVING',
  saving: 'SAVING',
  importing: 'SAVING',
  uploading: 'SAVING',
  deleted: 'DELETED',
  pending_delete: 'DELETED',
  killed: 'ERROR',
};
const PROGRESS: Readonly<Record<string, number>> = { ACTIVE: 100, SAVING: 50 };

const query = {
  1: z.object({
    limit: queryNumber.optional(),
    marker: z.string().optional(),
    name: z.string().optional(),
    status: z.string().optional(),
  }),
};
type Query = z.output<(typeof query)[1]>;

function linksOf(ask: Pick<Ask, 'origin'>, id: string) {
  const alternate = {
    rel: 'alternate',
    type: 'application/vnd.openstack.image',
    href: `${ask.origin}/image/v2/images/${id}`,
  };
  return [...linksTo(ask, `images/${id}`), alternate];
}

function brief(ask: Pick<Ask, 'origin'>, { id, name }: ImageRecord) {
  return { id, name, links: linksOf(ask, id) };
}

function detail(ask: Pick<Ask, 'origin'>, image: ImageRecord) {
  const status = STATUS[image.status] ?? 'UNKNOWN';
  return {
    ...brief(ask, image),
    status,
    progress: PROGRESS[status] ?? 0,
    minDisk: image.minDiskGib,
    minRam: image.minRamMib,
    metadata: image.properties,
    created: timeZ(image.createdAt),
    updated: timeZ(image.updatedAt),
    'OS-EXT-IMG-SIZE:size': image.sizeBytes,
  };
}

function imagesOf(context: Context, { name, status, marker, limit }: Query): Promise<ImageRecord[]> {
  const filters: ImageFilters = {
    ...(name === undefined ? {} : { name: [name] }),
    ...(status === undefined ? {} : { status: named(status) }),
  };
  return listImageRecords(context, {
    ...filters,
    sort: [{ key: 'created_at', direction: 'desc' }],
    marker,
    limit: pageLength(limit),
  });
}

/** @returns the image service's words for a status */
function named(status: string): string[] {
  return Object.keys(STATUS).filter((word) => STATUS[word] === status.toUpperCase());
}

export const IMAGE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/images',
    summary: 'List images',
    status: 200,
    until: UNTIL,
    query,
    async handle(call) {
      const images = await imagesOf(call.context, call.query);
      const more = nextLinks(call, 'images', images, pageLength(call.query.limit));
      return answer({ images: images.map((each) => brief(call, each)), ...more });
    },
  }),
  route({
    method: 'GET',
    path: '/images/detail',
    summary: 'List images with all there is to know of them',
    status: 200,
    until: UNTIL,
    query,
    async handle(call) {
      const images = await imagesOf(call.context, call.query);
      const more = nextLinks(call, 'images', images, pageLength(call.query.limit));
      return answer({ images: images.map((each) => detail(call, each)), ...more });
    },
  }),
  route({
    method: 'GET',
    path: '/images/:imageId',
    summary: 'Show an image',
    status: 200,
    until: UNTIL,
    async handle(call) {
      return answer({ image: detail(call, await getImageRecord(call.context, call.params.imageId)) });
    },
  }),
  route({
    method: 'GET',
    path: '/images/:imageId/metadata',
    summary: 'List the metadata of an image',
    status: 200,
    until: 38,
    async handle({ context, params }) {
      const { properties } = await getImageRecord(context, params.imageId);
      return answer({ metadata: properties });
    },
  }),
  route({
    method: 'GET',
    path: '/images/:imageId/metadata/:key',
    summary: 'Show one item of the metadata of an image',
    status: 200,
    until: 38,
    async handle({ context, params: { imageId, key } }) {
      const { name, properties } = await getImageRecord(context, imageId);
      if (!(key in properties)) throw new FaultError(404, `Image ${name} has no metadata ${key}.`);
      return answer({ meta: { [key]: properties[key] } });
    },
  }),
];
