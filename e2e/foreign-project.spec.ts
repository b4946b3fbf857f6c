import { randomUUID } from 'node:crypto';
import type { Page, Response } from '@playwright/test';
import { operations } from '~/db/schema/operation';
import { ask, tell } from './stories/api';
import { type Cloud, makeCloud } from './stories/cloud';
import { row } from './stories/console';
import { expect, test } from './stories/story';

// A page that is not there is answered with 404, which the browser itself notes.
test.use({ expectedErrors: /status of 404/ });

/** What is not there is said at once: trying again would take 1 s, 2 s and 4 s. In ms. */
const AT_ONCE = 3000;

/** Opens a page, and again where the machine was slow: what is tried a second time is slow every time. */
async function openAtOnce(page: Page, address: string): Promise<Response | null> {
  for (let attempts = 1; ; attempts += 1) {
    const started = performance.now();
    const response = await page.goto(address);
    const took = performance.now() - started;
    if (took < AT_ONCE) return response;
    if (attempts === 5) throw new Error(`${address} takes ${Math.round(took)} ms`);
  }
}

/** Somebody else's project, with one of everything. */
async function strangers(cloud: Cloud) {
  const other = await makeCloud(cloud.database);
  const server = await other.server('their-server');
  const volume = await other.volume('their-volume');
  const attachment = await other.attached(await other.volume('their-disk'), server);
  const operation = { id: randomUUID(), requestId: `req-${randomUUID()}` };
  await cloud.database.orm.insert(operations).values({
    ...operation,
    action: 'volume.attach',
    userId: 'them',
    userName: 'them',
    projectId: other.project.id,
    outcome: 'succeeded',
    endedAt: new Date(),
  });
  return { server, volume, attachment, operation };
}

test('links to another project’s things lead nowhere, just as links to nothing do', async ({
  cloud,
  enter,
  page,
}) => {
  const { server, volume, attachment, operation } = await strangers(cloud);
  await enter('member');
  const addresses = [
    `/servers/${server.id}`,
    `/volumes/${volume.id}`,
    `/attachments/${attachment.id}`,
    `/operations/${operation.id}`,
    `/servers/${randomUUID()}`,
    '/volumes/no-id-at-all',
  ];
  for (const address of addresses) {
    const response = await openAtOnce(page, address);
    expect(response?.status(), address).toBe(404);
    await expect(page.getByRole('main')).toContainText('Nothing is moored here');
    await expect(page.getByRole('main')).not.toContainText(/their-/);
    await expect(page).toHaveTitle(/Not found/);
  }
});

test('neither lists nor searches nor pickers show them', async ({ cloud, enter, page }) => {
  const { server, volume } = await strangers(cloud);
  await cloud.server('my-server');
  await enter('member');
  for (const list of ['servers', 'volumes', 'attachments', 'operations']) {
    await page.goto(`/${list}?q=${list === 'servers' ? server.id : 'their'}`);
    await expect(page.getByRole('main')).toContainText(`No ${list} match`);
    await page.goto(`/${list}?all=true`);
    await expect(page.getByRole('table', { name: list })).not.toContainText(/their-/);
  }
  await page.goto(`/servers?dialog=attach&volume=${volume.id}`);
  await expect(page.getByRole('dialog')).toContainText(`Volume ${volume.id} could not be found`);
  await expect(page.getByRole('dialog')).not.toContainText('their-');
  await page.goto(`/servers?peek=${server.id}`);
  await expect(page.getByRole('dialog')).toContainText('could not be found');
});

test('the API has not found them either', async ({ cloud, enter, page }) => {
  const { server, volume, attachment, operation } = await strangers(cloud);
  const mine = await cloud.server('my-server');
  await enter('member');
  const { request } = page;
  for (const [noun, id] of Object.entries({
    servers: server.id,
    volumes: volume.id,
    attachments: attachment.id,
    operations: operation.id,
  })) {
    expect(await ask(request, `${noun}.get`, { id })).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await ask(request, `${noun}.byIds`, { ids: [id] })).data).toEqual([]);
  }
  for (const pair of [
    { serverId: mine.id, volumeId: volume.id },
    { serverId: server.id, volumeId: attachment.volumeId },
  ]) {
    expect(await tell(request, 'attachments.attach', pair)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await tell(request, 'attachments.detach', pair)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ask(request, 'attachments.explainAttach', pair)).toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('an administrator sees them, under their project’s name', async ({ cloud, enter, page }) => {
  const { server } = await strangers(cloud);
  await enter('admin');
  await page.goto(`/servers?all=true&q=${server.id}`);
  await expect(row(page, 'their-server')).toContainText(/story-/);
  await page.goto('/servers');
  await expect(page.getByRole('main')).toContainText('No servers yet');
});
