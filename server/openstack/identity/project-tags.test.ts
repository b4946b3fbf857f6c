/**
 * Tags of projects, which there are none of.
 * Source: keystone/api/projects.py; keystone/resource/schema.py.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const projects = '/identity/v3/projects';

it('are refused rather than lost', async () => {
  const refused = {
    status: 400,
    body: {
      error: {
        message: 'Bad input in the body at project.tags: expects none, as projects have no tags here.',
      },
    },
  };
  const one = `${projects}/${cloud.altProject.id}`;
  expect(await cloud.ask('admin', 'PATCH', one, { project: { tags: ['shop'] } })).toMatchObject(refused);
  expect(
    await cloud.ask('admin', 'POST', projects, { project: { name: 'x', tags: ['shop'] } }),
  ).toMatchObject(refused);
  // What clients send that have none.
  const plain = await cloud.ask('admin', 'POST', projects, { project: { name: 'plain', tags: [] } });
  expect(plain).toMatchObject({ status: 201, body: { project: { name: 'plain', tags: [] } } });
});

it('find no project', async () => {
  for (const query of ['tags=shop', 'tags-any=shop,wiki']) {
    const { body } = await cloud.ask('admin', 'GET', `${projects}?${query}`);
    expect(body).toMatchObject({ projects: [] });
  }
  const { body } = await cloud.ask('admin', 'GET', `${projects}?not-tags=shop`);
  expect((body as { projects: unknown[] }).projects.length).toBeGreaterThan(1);
});
