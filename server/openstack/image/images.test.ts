/**
 * Images over the wire: what clients look up before they make a server or a volume, and what an upload leaves behind.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images } from '~/db/schema/compute';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const path = '/image/v2/images';

async function newImage(given: Partial<typeof images.$inferInsert> = {}): Promise<string> {
  const id = randomUUID();
  const image = {
    id,
    name: `image-${id}`,
    owner: cloud.projectId,
    status: 'active',
    visibility: 'private',
  } as const;
  await cloud.runtime.database.orm.insert(images).values({ ...image, ...given });
  return id;
}

async function idsOf(person: 'admin' | 'member' | 'alt', query: string): Promise<string[]> {
  const { body } = await cloud.ask(person, 'GET', `${path}?${query}`);
  return (body as { images: { id: string }[] }).images.map((image) => image.id);
}

describe('the versions of the image API', () => {
  it('are told without a token, with and without a slash', async () => {
    for (const [where, status] of [
      ['/image', 300],
      ['/image/', 300],
      ['/image/versions', 200],
    ] as const) {
      const told = await cloud.ask('nobody', 'GET', where);
      expect(told.status).toBe(status);
      const [current] = (told.body as { versions: unknown[] }).versions;
      expect(current).toEqual({
        id: 'v2.9',
        status: 'CURRENT',
        links: [{ rel: 'self', href: 'http://mooring.test/image/v2/' }],
      });
    }
  });
});

describe('an image', () => {
  it('is shown with everything clients read, and its own properties beside', async () => {
    const id = await newImage({
      name: 'tiny',
      visibility: 'public',
      diskFormat: 'raw',
      containerFormat: 'bare',
      sizeBytes: 1024,
      properties: { hw_disk_bus: 'virtio', tags: ['small'], size: 'a lie' },
      createdAt: new Date('2026-11-21T07:00:00.123Z'),
      updatedAt: new Date('2026-11-21T08:00:00Z'),
    });
    const { status, body } = await cloud.ask('alt', 'GET', `${path}/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      name: 'tiny',
      status: 'active',
      visibility: 'public',
      owner: cloud.projectId,
      disk_format: 'raw',
      container_format: 'bare',
      size: 1024,
      virtual_size: null,
      min_disk: 0,
      min_ram: 0,
      protected: false,
      os_hidden: false,
      checksum: null,
      os_hash_algo: null,
      os_hash_value: null,
      tags: ['small'],
      hw_disk_bus: 'virtio',
      created_at: '2026-11-21T07:00:00Z',
      updated_at: '2026-11-21T08:00:00Z',
      self: `/v2/images/${id}`,
      file: `/v2/images/${id}/file`,
      schema: '/v2/schemas/image',
    });
  });

  it('is found by its id, not by its name', async () => {
    await newImage({ name: 'by-name', visibility: 'public' });
    const { status, body } = await cloud.ask('member', 'GET', `${path}/by-name`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: '404', message: expect.any(String) });
  });

  it('that is private or shared is not there for other projects', async () => {
    for (const visibility of ['private', 'shared'] as const) {
      const id = await newImage({ visibility });
      expect(await cloud.askAll('GET', `${path}/${id}`)).toMatchObject({ alt: 404, reader: 200, admin: 200 });
    }
    const community = await newImage({ visibility: 'community' });
    expect((await cloud.ask('alt', 'GET', `${path}/${community}`)).status).toBe(200);
    expect(await idsOf('alt', 'limit=1000')).not.toContain(community);
    expect(await idsOf('alt', 'visibility=community')).toContain(community);
  });
});

describe('the list of images', () => {
  it('is narrowed by what is asked for', async () => {
    const one = await newImage({
      name: 'list one',
      status: 'queued',
      properties: { colour: 'red', tags: ['a', 'b'] },
    });
    const other = await newImage({ name: 'list,other', properties: { colour: 'blue', tags: ['a'] } });
    expect(await idsOf('member', 'name=list%20one')).toEqual([one]);
    expect(
      await idsOf('member', `name=${encodeURIComponent('in:list one,"list,other"')}&sort=name:asc`),
    ).toEqual([one, other]);
    expect(await idsOf('member', `id=in:${one},${other}&status=queued`)).toEqual([one]);
    expect(await idsOf('member', 'colour=blue')).toEqual([other]);
    expect(await idsOf('member', 'tag=a&tag=b')).toEqual([one]);
    expect(await idsOf('admin', `owner=${cloud.altProject.id}`)).toEqual([]);
    expect(await idsOf('alt', 'name=list%20one')).toEqual([]);
  });

  it('has nothing hidden in it', async () => {
    const id = await newImage({ name: 'in sight' });
    // As clients look for a name that they have not found otherwise.
    expect(await idsOf('member', 'os_hidden=True')).toEqual([]);
    expect(await idsOf('member', 'name=in%20sight&os_hidden=False&protected=FALSE')).toEqual([id]);
  });

  it('is cut into pages that lead on', async () => {
    const made = [
      await newImage({ name: 'page' }),
      await newImage({ name: 'page' }),
      await newImage({ name: 'page' }),
    ];
    const seen: string[] = [];
    let next = '/v2/images?name=page&limit=2&sort_key=name&sort_dir=asc';
    while (next !== '') {
      const { body } = await cloud.ask('member', 'GET', `/image${next}`);
      const page = body as { images: { id: string }[]; next?: string };
      seen.push(...page.images.map(({ id }) => id));
      next = page.next ?? '';
    }
    expect(seen.sort()).toEqual(made.sort());
  });

  it.each([
    ['limit=-1', 400],
    ['limit=x', 400],
    ['limit=0', 200],
    ['marker=nothing', 400],
    ['sort_key=colour', 400],
    ['sort=name:up', 400],
    ['sort=name&sort_key=name', 400],
    ['visibility=secret', 400],
    ['size_min=big', 400],
    ['protected=perhaps', 400],
  ])('takes %s for what it is', async (query, status) => {
    expect((await cloud.ask('member', 'GET', `${path}?${query}`)).status).toBe(status);
  });
});

describe('deleting an image', () => {
  it('is for the members of its project and for administrators', async () => {
    const id = await newImage({ visibility: 'public' });
    expect(await cloud.askAll('DELETE', `${path}/${id}`)).toEqual({
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt: 403,
      reader: 403,
      member: 204,
      admin: 404,
    });
    const other = await newImage();
    expect((await cloud.ask('alt', 'DELETE', `${path}/${other}`)).status).toBe(404);
    expect((await cloud.ask('admin', 'DELETE', `${path}/${other}`)).status).toBe(204);
  });

  it('is told of in the audit trail, once', async () => {
    const id = await newImage({ name: 'tiny' });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => cloud.ask('member', 'DELETE', `${path}/${id}`)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404]);
    const rows = await cloud.runtime.database.sql`
      select action, outcome, project_id, (select message from operation_steps where operation_id = o.id) as message
      from operations o where image_id = ${id}`;
    expect(rows).toEqual([
      {
        action: 'image.delete',
        outcome: 'succeeded',
        project_id: cloud.projectId,
        message: 'Image tiny is deleted',
      },
    ]);
  });

  it('is refused for a protected one', async () => {
    const id = await newImage({ protected: true });
    expect((await cloud.ask('admin', 'DELETE', `${path}/${id}`)).status).toBe(403);
    expect((await cloud.ask('admin', 'GET', `${path}/${id}`)).status).toBe(200);
  });
});

describe('what is not offered', () => {
  it.each([
    ['POST', ''],
    ['PATCH', '/:id'],
    ['PUT', '/:id/file'],
    ['GET', '/:id/file'],
    ['POST', '/:id/members'],
  ])('is refused with a sentence: %s %s', async (method, below) => {
    const id = await newImage();
    const { status, body } = await cloud.ask('admin', method, `${path}${below.replace(':id', id)}`);
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: '403', message: expect.stringMatching(/images/i) });
  });

  it('leaves the list of members empty, and schemas to be read', async () => {
    const id = await newImage();
    expect((await cloud.ask('member', 'GET', `${path}/${id}/members`)).body).toMatchObject({ members: [] });
    for (const name of ['image', 'images', 'member', 'members']) {
      expect((await cloud.ask('reader', 'GET', `/image/v2/schemas/${name}`)).body).toMatchObject({ name });
    }
  });
});
