/**
 * Images: read, and deleted. They are made by an upload of a volume, or come with an import.
 */
import { deleteImage } from '~/server/services/delete-image';
import { getImageRecord, listImageRecords } from '~/server/services/records/image-records';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { imageListing, imageQuery } from './image-query';
import { imageListView, imageView } from './image-view';

const READ_ONLY =
  'Images are not written here: they are made by uploading a volume, and come with an import.';

/** @throws FaultError 403 always: a client sees that its image is not kept, before it sends any data */
function refuseWriting(): never {
  throw new FaultError(403, READ_ONLY);
}

export const IMAGE_ROUTES_OF_IMAGES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/images',
    summary: 'List images',
    status: 200,
    query: { 0: imageQuery },
    handle: async ({ context, query, url }) => {
      const listing = imageListing(query, url.searchParams);
      const images = listing.limit === 0 ? [] : await listImageRecords(context, listing);
      return answer(imageListView(images, url, listing.limit));
    },
  }),
  route({
    method: 'GET',
    path: '/images/:imageId',
    summary: 'Show an image',
    status: 200,
    handle: async ({ context, params }) => answer(imageView(await getImageRecord(context, params.imageId))),
  }),
  route({
    method: 'DELETE',
    path: '/images/:imageId',
    summary: 'Delete an image',
    status: 204,
    handle: async ({ context, params }) => {
      await deleteImage(context, params.imageId);
      return empty(204);
    },
  }),
  route({
    method: 'GET',
    path: '/images/:imageId/members',
    summary: 'List the projects that an image is shared with: none, sharing is not kept here',
    status: 200,
    handle: async ({ context, params }) => {
      await getImageRecord(context, params.imageId);
      return answer({ members: [], schema: '/v2/schemas/members' });
    },
  }),
  route({
    method: 'GET',
    path: '/images/:imageId/file',
    summary: 'Download an image: refused, the data lies with the backend',
    status: null,
    handle: async ({ context, params }) => {
      await getImageRecord(context, params.imageId);
      throw new FaultError(403, 'The data of images lies with the backends, and cannot be downloaded here.');
    },
  }),
  route({
    method: 'POST',
    path: '/images',
    summary: 'Create an image: refused',
    status: null,
    handle: refuseWriting,
  }),
  route({
    method: 'PATCH',
    path: '/images/:imageId',
    summary: 'Change an image: refused',
    status: null,
    handle: refuseWriting,
  }),
  route({
    method: 'PUT',
    path: '/images/:imageId/file',
    summary: 'Upload the data of an image: refused',
    status: null,
    handle: refuseWriting,
  }),
  route({
    method: 'POST',
    path: '/images/:imageId/members',
    summary: 'Share an image with a project: refused',
    status: null,
    handle: refuseWriting,
  }),
];
