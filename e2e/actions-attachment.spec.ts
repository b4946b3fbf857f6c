import { actionDialog, chooseInRow, chooseOnPage, confirm, pickIn } from './stories/actions';
import { note, row } from './stories/console';
import { expect, test } from './stories/story';

// The page of a disk that was swapped away asks again when it hears of that, and finds it gone.
test.use({ expectedErrors: /status of 404.*attachments\.get/ });

test('a volume is reserved for a server, and the reservation is taken back', async ({
  cloud,
  enter,
  page,
}) => {
  const data = await cloud.volume('data-1');
  await cloud.server('web-1');
  await enter('admin');
  await page.goto(`/volumes/${data.id}`);
  await chooseOnPage(page, 'data-1', 'Create attachment');
  const reserve = actionDialog(page, 'Create attachment of data-1');
  await pickIn(reserve, 'Server', 'web-1');
  await confirm(reserve, 'Create attachment');
  await expect(note(page, 'Creating an attachment of data-1')).toContainText('Done');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('reserved');

  await page.goto('/attachments');
  await page.getByRole('button', { name: /^More for data-1/ }).click();
  await page.getByRole('menuitem', { name: 'Delete attachment…' }).click();
  const remove = page.getByRole('dialog', { name: /^Delete attachment data-1/ });
  await confirm(remove, 'Delete attachment');
  await page.goto(`/volumes/${data.id}`);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('available');
});

test('a disk is set to go with its server', async ({ cloud, enter, page }) => {
  const data = await cloud.volume('data-1');
  const attachment = await cloud.attached(data, await cloud.server('web-1'));
  await enter('member');
  await page.goto(
    `/attachments/${attachment.id}?do=attachment.set-delete-on-termination&on=${attachment.id}`,
  );
  const dialog = actionDialog(page, 'Set whether data-1 on web-1 goes with its server');
  await dialog.getByRole('checkbox', { name: 'Delete the volume with its server' }).check();
  await confirm(dialog, 'Delete with server');
  await expect(page.getByText('deleted with it')).toBeVisible();
});

test('a disk is swapped for a larger volume under a running server', async ({ cloud, enter, page }) => {
  const [data, next] = [await cloud.volume('data-1'), await cloud.volume('data-2', { sizeGib: 5 })];
  const attachment = await cloud.attached(data, await cloud.server('web-1'));
  await enter('admin');
  await page.goto(`/attachments/${attachment.id}?do=attachment.swap&on=${attachment.id}`);
  const dialog = actionDialog(page, 'Swap data-1 on web-1');
  await pickIn(dialog, 'New volume', 'data-2');
  await confirm(dialog, 'Swap volume');
  await expect(note(page, 'Swapping data-1 on web-1')).toContainText('Done');
  await page.goto('/volumes');
  await expect(row(page, 'data-2')).toContainText('web-1');
  await chooseInRow(page, 'data-2', 'Edit');
  await expect(actionDialog(page, 'Edit data-2?')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`on=${next.id}`));
});
