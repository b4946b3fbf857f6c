import { attachDialog, attachmentOf, countLoads, note, pick, row, submit } from './stories/console';
import { expect, test } from './stories/story';

test('a volume is attached from the page of its server', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  await cloud.volume('data-1');
  await cloud.volume('data-2');
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  const loads = countLoads(page);

  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const dialog = attachDialog(page);
  await expect(dialog.getByRole('combobox', { name: 'Volume' })).toBeFocused();
  await pick(dialog, 'Volume', 'data-2');
  await expect(dialog.getByRole('region', { name: 'What will happen' })).toContainText('/dev/vdb');
  await submit(dialog, 'Attach');

  await expect(attachmentOf(page, 'data-2')).toContainText('/dev/vdb');
  await expect(attachmentOf(page, 'data-2')).toContainText('attached');
  await expect(note(page, 'Attaching data-2 to web-1')).toContainText('Done');
  await page.getByRole('link', { name: 'data-2', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'data-2' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('in-use');
  expect(loads(), 'nothing was loaded anew').toBe(0);
});

test('a volume is attached from its own page, read-only, as the device that was asked for', async ({
  cloud,
  enter,
  page,
}) => {
  const data = await cloud.volume('data-1');
  await cloud.server('web-1');
  await cloud.server('web-2');
  await enter('member');
  await page.goto(`/volumes/${data.id}`);
  const loads = countLoads(page);

  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const dialog = attachDialog(page);
  await pick(dialog, 'Server', 'web-2');
  await dialog.getByRole('textbox', { name: 'Device' }).fill('/dev/vdq');
  await dialog.getByRole('combobox', { name: 'Mode' }).selectOption('Read-only');
  await expect(dialog.getByRole('region', { name: 'What will happen' })).toContainText(
    'gives it to the guest as /dev/vdq, read-only',
  );
  await submit(dialog, 'Attach');

  await expect(attachmentOf(page, 'web-2')).toContainText('/dev/vdq');
  await expect(attachmentOf(page, 'web-2')).toContainText('read-only');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('in-use');
  expect(loads(), 'nothing was loaded anew').toBe(0);

  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toContainText([
    /Attach data-1 to web-2 succeeded/,
  ]);
});

test('a link opens the dialog with everything filled in, and the row says what came of it', async ({
  cloud,
  enter,
  page,
}) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  await enter('member');
  await page.goto(`/volumes?dialog=attach&server=${web.id}&volume=${data.id}&device=/dev/vdf&tag=logs`);
  const dialog = attachDialog(page);
  await expect(dialog.getByRole('textbox', { name: 'Device' })).toHaveValue('/dev/vdf');
  await expect(dialog.getByRole('textbox', { name: 'Tag' })).toHaveValue('logs');
  await submit(dialog, 'Attach');
  await expect(row(page, 'data-1')).toContainText(/in-use.*web-1.*vdf/);
});

test('several servers share a multiattach volume, once somebody says that it is made for that', async ({
  cloud,
  enter,
  page,
}) => {
  const [one, two] = [await cloud.server('node-1'), await cloud.server('node-2')];
  const shared = await cloud.volume('shared', { multiattach: true });
  await cloud.attached(shared, one);
  await enter('member');
  await page.goto(`/volumes/${shared.id}?dialog=attach&volume=${shared.id}&server=${two.id}`);
  const dialog = attachDialog(page);
  await expect(dialog).toContainText('node-1 can write to this volume too');
  const button = dialog.getByRole('button', { name: 'Attach', exact: true });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/Confirm first/);
  await dialog.getByRole('checkbox', { name: /cluster file system/ }).check();
  await submit(dialog, 'Attach');
  await expect(attachmentOf(page, 'node-1')).toContainText('attached');
  await expect(attachmentOf(page, 'node-2')).toContainText('attached');
});
