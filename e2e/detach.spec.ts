import { attachmentOf, countLoads, detachDialog, note, row, submit } from './stories/console';
import { expect, test } from './stories/story';

test('a detach names what it takes away, and leaves the volume available', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1', { sizeGib: 40 });
  await cloud.attached(data, web, { device: '/dev/vdd', deleteOnTermination: true });
  await enter('member');
  await page.goto(`/volumes/${data.id}`);
  const loads = countLoads(page);
  await attachmentOf(page, 'web-1').getByRole('button', { name: 'Detach web-1' }).click();

  const dialog = detachDialog(page, 'data-1');
  await expect(dialog).toHaveAccessibleDescription('Server web-1 loses this disk.');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  for (const fact of ['40 GiB', '/dev/vdd', 'unmount the file system first', 'once detached it stays']) {
    await expect(dialog).toContainText(fact);
  }
  const steps = dialog.getByRole('region', { name: 'What will happen' });
  await expect(steps).toContainText('the volume becomes available');
  await submit(dialog, 'Detach');

  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('available');
  await expect(page.getByRole('region', { name: 'Attachments' })).toContainText('Attached to no server');
  await expect(note(page, 'Detaching data-1 from web-1')).toContainText('Done');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('Detach data-1 from web-1 succeeded');
  expect(loads(), 'nothing was loaded anew').toBe(0);
});

test('whoever changes their mind has changed nothing', async ({ cloud, enter, page }) => {
  const data = await cloud.volume('data-1');
  await cloud.attached(data, await cloud.server('web-1'));
  await enter('member');
  await page.goto('/volumes');
  await row(page, 'data-1').getByRole('button', { name: 'Detach data-1' }).click();
  const dialog = detachDialog(page, 'data-1');
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toBeHidden();
  await page.goForward();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(row(page, 'data-1').getByRole('button', { name: 'Detach data-1' })).toBeFocused();
  await expect(row(page, 'data-1')).toContainText('in-use');
});

test('of a shared volume only the chosen server lets go', async ({ cloud, enter, page }) => {
  const shared = await cloud.volume('shared', { multiattach: true });
  for (const name of ['node-1', 'node-2']) await cloud.attached(shared, await cloud.server(name));
  await enter('member');
  await page.goto(`/volumes/${shared.id}`);
  await attachmentOf(page, 'node-2').getByRole('button', { name: 'Detach node-2' }).click();
  const dialog = detachDialog(page, 'shared');
  await expect(dialog).toHaveAccessibleDescription('Server node-2 loses this disk.');
  await expect(dialog).toContainText('the volume becomes in-use');
  await submit(dialog, 'Detach');
  await expect(attachmentOf(page, 'node-2')).toBeHidden();
  await expect(attachmentOf(page, 'node-1')).toContainText('attached');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('in-use');
});

test('a root disk cannot be detached, and says what to do instead', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  const root = await cloud.volume('root-1', { bootable: true });
  await cloud.attached(root, web, { device: '/dev/vda', bootIndex: 0 });
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  const button = attachmentOf(page, 'root-1').getByRole('button', { name: 'Detach root-1' });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/root disk of server web-1.*Delete the server/);
});
