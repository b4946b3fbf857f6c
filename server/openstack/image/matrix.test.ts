/**
 * Who gets which answer from each route of the image API. What nobody without a good token gets is in strangers.test.ts.
 * Source: glance/policies/*.py, the defaults.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images } from '~/db/schema/compute';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import {
  askKnown,
  everybody,
  leftOut,
  members,
  type Row,
  readers,
  type Things,
} from '~/server/testing/role-matrix';
import { IMAGE_ROUTES } from './routes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

async function newImage(visibility: 'private' | 'public' | 'community'): Promise<string> {
  const id = randomUUID();
  const image = { id, owner: cloud.projectId, name: 'mine', status: 'active' as const, visibility };
  await cloud.runtime.database.orm.insert(images).values(image);
  return id;
}

const THINGS: Things = {
  own: () => newImage('private'),
  public: () => newImage('public'),
  community: () => newImage('community'),
};

const REFUSED = everybody(403);
const ROWS: Row[] = [
  { request: 'GET /images', expected: everybody(200) },
  { request: 'GET /images/<own>', expected: readers(200) },
  { request: 'GET /images/<public>', expected: everybody(200) },
  { request: 'GET /images/<community>', expected: everybody(200) },
  { request: 'DELETE /images/<own>', expected: members(204) },
  // Another project sees it, so that it is told that it may not.
  { request: 'DELETE /images/<public>', expected: { ...members(204), alt: 403 } },
  { request: 'GET /images/<own>/members', expected: readers(200) },
  // Nobody does here what makes or changes images, or moves their data.
  { request: 'POST /images', body: { name: 'x' }, expected: REFUSED },
  { request: 'PATCH /images/<own>', body: [], expected: REFUSED },
  { request: 'GET /images/<own>/file', expected: { ...REFUSED, alt: 404 } },
  { request: 'PUT /images/<own>/file', expected: REFUSED },
  { request: 'POST /images/<own>/members', body: { member: 'x' }, expected: REFUSED },
  { request: 'GET /schemas/image', expected: everybody(200) },
  { request: 'GET /schemas/images', expected: everybody(200) },
  { request: 'GET /schemas/member', expected: everybody(200) },
  { request: 'GET /schemas/members', expected: everybody(200) },
];

it('is told for every route', () => {
  expect(leftOut(IMAGE_ROUTES, ROWS)).toEqual([]);
});

describe('who may', () => {
  it.each(ROWS.map((each) => [each.request, each] as const))('%s', async (_, each) => {
    expect(await askKnown(cloud, each, { root: '/image/v2', major: null, things: THINGS })).toEqual(
      each.expected,
    );
  });
});
