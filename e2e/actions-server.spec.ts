import { actionDialog, chooseInRow, chooseOnPage, confirm, pickIn } from './stories/actions';
import { note, row } from './stories/console';
import { expect, test } from './stories/story';

test('a server is made with a volume to boot from, and deleted when its name has been typed', async ({
  cloud,
  enter,
  page,
}) => {
  await cloud.volume('boot-1', { sizeGib: 4, bootable: true });
  await enter('member');
  await page.goto('/servers');
  await page.getByRole('button', { name: 'Create server' }).click();
  const create = actionDialog(page, 'Create server');
  await create.getByRole('textbox', { name: 'Name' }).fill('fresh-1');
  await pickIn(create, 'Flavor', 'm1.tiny');
  await expect(create.getByRole('button', { name: /^Flavor m1\.tiny/ })).toBeFocused();
  await expect(create).toContainText('neither is given');
  await create.getByRole('button', { name: 'Add a volume' }).click();
  await pickIn(create, 'Which', 'boot-1');
  await create.getByRole('checkbox', { name: 'Boot from it' }).check();
  await confirm(create, 'Create server');
  await expect(note(page, 'Creating server fresh-1')).toContainText('Done');
  await page.goto('/servers');
  await expect(row(page, 'fresh-1')).toContainText('ACTIVE');

  await chooseInRow(page, 'fresh-1', 'Delete');
  const remove = actionDialog(page, 'Delete fresh-1?');
  await remove.getByRole('textbox', { name: 'Type fresh-1 to confirm' }).fill('fresh-1');
  await confirm(remove, 'Delete');
  await expect(note(page, 'Deleting fresh-1')).toContainText('Done');
  await page.goto('/servers');
  await expect(page.getByText('No servers yet')).toBeVisible();
});

test('a server is shelved and comes back, is resized and keeps its size', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  const facts = page.getByRole('region', { name: 'Facts' });

  await chooseOnPage(page, 'web-1', 'Shelve');
  await confirm(actionDialog(page, 'Shelve web-1?'), 'Shelve');
  await expect(note(page, 'Shelving web-1')).toContainText('Done');
  await expect(facts).toContainText(/SHELVED/);
  await chooseOnPage(page, 'web-1', 'Unshelve');
  await confirm(actionDialog(page, 'Unshelve web-1?'), 'Unshelve');
  await expect(note(page, 'Unshelving web-1')).toContainText('Done');
  await expect(facts).toContainText('ACTIVE');

  await chooseOnPage(page, 'web-1', 'Resize');
  const resize = actionDialog(page, 'Resize web-1');
  await pickIn(resize, 'Flavor', 'm1.small');
  await confirm(resize, 'Resize');
  await expect(note(page, 'Resizing web-1')).toContainText('Done');
  await chooseOnPage(page, 'web-1', 'Confirm resize');
  await confirm(actionDialog(page, 'Confirm resize of web-1?'), 'Confirm resize');
  await expect(note(page, 'Confirming the resize of web-1')).toContainText('Done');
  await expect(facts).toContainText('m1.small');
});

test('what operators do is counted for others, and offered to operators', async ({
  cloud,
  enter,
  anotherBrowser,
  page,
}) => {
  const web = await cloud.server('web-1');
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  await page.getByRole('button', { name: 'Actions on web-1' }).click();
  await expect(page.getByRole('menu')).toContainText(/more needs? another role/);
  await expect(page.getByRole('menuitem', { name: 'Reset state…' })).toBeHidden();

  const other = await anotherBrowser();
  await enter('admin', other.context);
  await other.page.goto(`/servers/${web.id}`);
  await chooseOnPage(other.page, 'web-1', 'Reset state');
  const reset = actionDialog(other.page, 'Reset the state of web-1');
  await reset.getByRole('combobox', { name: 'State' }).selectOption('ERROR');
  await confirm(reset, 'Reset state');
  await expect(other.page.getByRole('region', { name: 'Facts' })).toContainText('ERROR');
});
