/**
 * The image that is made of a volume.
 * Source: cinder/api/schemas/volume_actions.py, volume_upload_image.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

it('is in the usual container where none is named', async () => {
  const { id } = await cloud.newVolume();
  const told = await cloud.ask('member', 'POST', `/volume/v3/volumes/${id}/action`, {
    'os-volume_upload_image': { image_name: 'mine', container_format: null },
  });
  expect(told).toMatchObject({
    status: 202,
    body: { 'os-volume_upload_image': { container_format: 'bare', disk_format: 'raw' } },
  });
});
