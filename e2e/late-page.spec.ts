import { attachDialog, attachmentOf, row, streamIs, submit } from './stories/console';
import { expect, test } from './stories/story';

test('what happens while a page is on its way is not missed', async ({
  cloud,
  enter,
  page,
  anotherBrowser,
}) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  await enter('member');
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  await page.route('**/api/trpc/changes.stream*', async (route) => {
    await opened;
    await route.continue();
  });
  await page.goto('/volumes');
  await expect(row(page, 'data-1')).toContainText('available');

  const other = await anotherBrowser();
  await enter('member', other.context);
  await other.page.goto(`/servers/${web.id}?dialog=attach&server=${web.id}&volume=${data.id}`);
  await submit(attachDialog(other.page), 'Attach');
  await expect(attachmentOf(other.page, 'data-1')).toContainText('attached');
  open();
  await expect(row(page, 'data-1')).toContainText('in-use');
});

test('what happens while the next page is on its way is not missed either', async ({
  cloud,
  enter,
  page,
  anotherBrowser,
}) => {
  const pairs = [
    { server: await cloud.server('web-1'), volume: await cloud.volume('data-1') },
    { server: await cloud.server('web-2'), volume: await cloud.volume('data-2') },
  ];
  await enter('member');
  await page.goto('/servers');
  await expect(streamIs(page, 'Live')).toBeVisible();
  const other = await anotherBrowser();
  await enter('member', other.context);

  const attachBoth = async () => {
    for (const { server, volume } of pairs) {
      await other.page.goto(`/servers/${server.id}?dialog=attach&server=${server.id}&volume=${volume.id}`);
      await submit(attachDialog(other.page), 'Attach');
      await expect(attachmentOf(other.page, volume.name)).toContainText('attached');
    }
    // What came second has been told, and with it all that came before.
    await expect(row(page, 'web-2')).toContainText('ACTIVE1');
  };
  let both: Promise<void> | undefined;
  // The page is asked for twice, as the pointer comes and as it presses.
  await page.route(/\/volumes\?.*_rsc=/, async (route) => {
    const made = await route.fetch();
    both ??= attachBoth();
    await both;
    await route.fulfill({ response: made });
  });
  await page.getByRole('link', { name: 'Volumes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Volumes' })).toBeVisible();
  await expect(row(page, 'data-1')).toContainText('in-use');
});
