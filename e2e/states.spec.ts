import { attachDialog, row, submit } from './stories/console';
import { expect, test } from './stories/story';

test.use({ expectedErrors: /status of (400|404|500)|net::ERR_FAILED/ });

test('an empty project says what to expect on every list', async ({ enter, page }) => {
  await enter('member');
  for (const [list, title] of [
    ['servers', 'No servers yet'],
    ['volumes', 'No volumes yet'],
    ['attachments', 'Nothing is attached'],
    ['operations', 'Nothing was done yet'],
  ]) {
    await page.goto(`/${list}`);
    await expect(page.getByRole('main')).toContainText(title ?? '');
    await page.goto(`/${list}?q=something`);
    await expect(page.getByRole('main')).toContainText(`No ${list} match`);
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await expect(page.getByRole('main')).toContainText(title ?? '');
    await expect(page).toHaveURL(`/${list}`);
  }
});

test('a list that cannot be read says so, with the way to try again', async ({ cloud, enter, page }) => {
  await cloud.volume('data-1');
  await cloud.volume('data-2');
  await enter('member');
  await page.goto('/volumes');
  await expect(row(page, 'data-1')).toBeVisible();
  await page.route('**/api/trpc/volumes.list*', (route) => route.abort());
  await page.getByRole('textbox', { name: 'Search volumes' }).fill('data-2');
  const alert = page.getByRole('alert').filter({ hasText: 'could not be read' });
  await expect(alert).toContainText('Mooring cannot be reached');
  await page.unroute('**/api/trpc/volumes.list*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(row(page, 'data-2')).toBeVisible();
  await expect(row(page, 'data-1')).toBeHidden();
});

test('a call that fails in the middle keeps what was filled in, and names its request', async ({
  cloud,
  enter,
  page,
}) => {
  const [web, data] = [await cloud.server('web-1'), await cloud.volume('data-1')];
  await enter('member');
  await page.goto(`/volumes?dialog=attach&server=${web.id}&volume=${data.id}&device=/dev/vdk`);
  const dialog = attachDialog(page);
  await page.route('**/api/trpc/attachments.attach*', (route) => {
    const data = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, requestId: 'req-0815', refusals: [] };
    return route.fulfill({
      status: 500,
      json: [{ error: { message: 'Something went wrong here.', code: -32603, data } }],
    });
  });
  const button = dialog.getByRole('button', { name: 'Attach', exact: true });
  await expect(button).toBeEnabled();
  await button.click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText('The volume was not attached');
  await expect(alert.getByRole('button', { name: 'Copy request ID: req-0815' })).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Device' })).toHaveValue('/dev/vdk');
  await page.unroute('**/api/trpc/attachments.attach*');
  await submit(dialog, 'Attach');
  await expect(row(page, 'data-1')).toContainText('vdk');
});

test('a page marker that belongs to no page leads back to the first', async ({ cloud, enter, page }) => {
  await cloud.volume('data-1');
  await enter('member');
  await page.goto('/volumes?cursor=nonsense');
  await expect(page.getByRole('alert').filter({ hasText: 'page marker' })).toBeVisible();
  await page.getByRole('button', { name: 'First page' }).click();
  await expect(row(page, 'data-1')).toBeVisible();
});

test('an address that leads nowhere says so, to whoever is logged in', async ({ enter, page }) => {
  await page.goto('/no/such/page');
  await expect(page).toHaveURL('/login?next=%2Fno%2Fsuch%2Fpage');
  await enter('member');
  expect((await page.goto('/no/such/page'))?.status()).toBe(404);
  await expect(page.getByRole('main')).toContainText('Nothing is moored here');
  await page.getByRole('link', { name: 'To the servers' }).click();
  await expect(page.getByRole('main')).toContainText('No servers yet');
});

test('what nobody may read yet shows as its own shape, and nothing moves when it comes', async ({
  cloud,
  enter,
  page,
}) => {
  for (const name of ['data-1', 'data-2']) await cloud.volume(name);
  await enter('member');
  await page.goto('/servers');
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  await page.goto('/volumes');
  const place = await row(page, 'data-2').boundingBox();
  await page.route('**/api/trpc/volumes.list*', async (route) => {
    await opened;
    await route.continue();
  });
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(page.getByRole('table', { name: 'Volumes' })).toHaveAttribute('aria-busy', 'true');
  expect(await row(page, 'data-2').boundingBox()).toEqual(place);
  open();
  await expect(page.getByRole('table', { name: 'Volumes' })).toHaveAttribute('aria-busy', 'false');
});
