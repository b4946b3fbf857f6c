/**
 * Who may ask what of the image API, and what an upload leaves behind.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images } from '~/db/schema/compute';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';
import { IMAGE_ROUTES } from './routes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const path = '/image/v2/images';

/** @returns id of a private image of the project of all but alt */
async function newImage(): Promise<string> {
  const id = randomUUID();
  const image = { id, owner: cloud.projectId, status: 'active', visibility: 'private' } as const;
  await cloud.runtime.database.orm.insert(images).values(image);
  return id;
}

describe('every route', () => {
  /** Status for alt, reader, member, admin; the image is private, of the project of all but alt. */
  type Entry = [method: string, path: string, expected: [number, number, number, number]];
  const REFUSED: Entry[2] = [403, 403, 403, 403];
  const routes: Entry[] = [
    ['GET', '/images', [200, 200, 200, 200]],
    ['GET', '/images/ID', [404, 200, 200, 200]],
    ['GET', '/images/ID/members', [404, 200, 200, 200]],
    ['GET', '/images/ID/file', [404, 403, 403, 403]],
    ['POST', '/images', REFUSED],
    ['PATCH', '/images/ID', REFUSED],
    ['PUT', '/images/ID/file', REFUSED],
    ['POST', '/images/ID/members', REFUSED],
    ...['image', 'images', 'member', 'members'].map(
      (name): Entry => ['GET', `/schemas/${name}`, [200, 200, 200, 200]],
    ),
    ['DELETE', '/images/ID', [404, 403, 204, 404]],
  ];

  it('is in the matrix', () => {
    const asked = routes.map(([method, where]) => `${method} ${where}`);
    for (const { method, path: template } of IMAGE_ROUTES) {
      expect(asked).toContain(`${method} ${template.replace(/:\w+/, 'ID')}`);
    }
  });

  it.each(routes)('%s %s', async (method, where, [alt, reader, member, admin]) => {
    const id = await newImage();
    expect(await cloud.askAll(method, `/image/v2${where.replace('ID', id)}`)).toEqual({
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt,
      reader,
      member,
      admin,
    });
  });
});

describe('an image that an upload makes', () => {
  it('is queued at once, active in the end, and can be deleted', async () => {
    const { id: volumeId } = await cloud.newVolume({ sizeGib: 2 });
    const upload = { image_name: 'from data-1', disk_format: 'qcow2', container_format: 'bare' };
    const told = await cloud.ask('member', 'POST', `/volume/v3/volumes/${volumeId}/action`, {
      'os-volume_upload_image': upload,
    });
    expect(told.status).toBe(202);
    const image = `${path}/${told.textAt('os-volume_upload_image', 'image_id')}`;
    const shown = await eventually(async () => {
      const { body } = await cloud.ask('reader', 'GET', image);
      return (body as { status: string }).status === 'active' ? body : undefined;
    }, 'the end of the upload');
    expect(shown).toMatchObject({
      name: 'from data-1',
      // What Glance makes of an image when nothing is said, as 3.0 cannot; shared with nobody.
      visibility: 'shared',
      owner: cloud.projectId,
      disk_format: 'qcow2',
      container_format: 'bare',
      min_disk: 0,
      size: expect.any(Number),
      protected: false,
    });
    expect((await cloud.ask('alt', 'GET', image)).status).toBe(404);
    expect((await cloud.ask('member', 'DELETE', image)).status).toBe(204);
    expect((await cloud.ask('member', 'GET', image)).status).toBe(404);
  });
});
