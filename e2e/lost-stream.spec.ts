import { attachDialog, attachmentOf, pick, row, streamIs, submit } from './stories/console';
import { expect, test } from './stories/story';
import { openWire } from './stories/wire';

// What was being fetched ahead when the wire was cut fails, and is fetched again when it is needed.
test.use({ expectedErrors: /net::ERR_|ChunkLoadError/ });

test('a browser that was cut off catches up by itself', async ({
  baseURL,
  cloud,
  enter,
  page,
  anotherBrowser,
}) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  const wire = await openWire(baseURL ?? '');
  const cutOff = await anotherBrowser(wire.origin);
  await enter('member', cutOff.context);
  await cutOff.page.goto('/volumes');
  await expect(streamIs(cutOff.page, 'Live')).toBeVisible();
  wire.cut();
  await expect(streamIs(cutOff.page, 'Reconnecting')).toBeVisible();

  await enter('member');
  await page.goto(`/servers/${web.id}?dialog=attach&server=${web.id}&volume=${data.id}`);
  await submit(attachDialog(page), 'Attach');
  await expect(attachmentOf(page, 'data-1')).toContainText('attached');
  await expect(row(cutOff.page, 'data-1')).toContainText('available');

  wire.mend();
  await expect(row(cutOff.page, 'data-1')).toContainText(/in-use.*web-1/);
  await expect(streamIs(cutOff.page, 'Live')).toBeVisible();
  for (const list of ['Servers', 'Attachments', 'Operations']) {
    await cutOff.page.getByRole('link', { name: list }).click();
    await expect(cutOff.page.getByRole('heading', { level: 1, name: list })).toBeVisible();
    await expect(cutOff.page.getByRole('rowheader').first()).toBeVisible();
  }
  await cutOff.context.close();
  await wire.close();
});

test('where the stream cannot pass, what is in progress is followed all the same', async ({
  cloud,
  enter,
  page,
}) => {
  await cloud.server('web-1');
  await cloud.volume('data-1');
  await enter('member');
  await page.route('**/api/trpc/changes.stream*', (route) => route.abort());
  await page.goto('/volumes');
  await expect(streamIs(page, 'Reconnecting')).toBeVisible();
  await row(page, 'data-1').getByRole('button', { name: 'Attach data-1' }).click();
  await pick(attachDialog(page), 'Server', 'web-1');
  await submit(attachDialog(page), 'Attach');
  await expect(row(page, 'data-1')).toContainText(/in-use.*web-1/);
});
