import { attachDialog, attachmentOf, detachDialog, note, pick, row, submit } from './stories/console';
import { expect, test } from './stories/story';

test('a volume that another server has says so, and can be taken from it on the way', async ({
  cloud,
  enter,
  page,
}) => {
  const [web, old] = [await cloud.server('web-1'), await cloud.server('old-1')];
  const data = await cloud.volume('data-1');
  await cloud.attached(data, old);
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const dialog = attachDialog(page);
  const picker = dialog.getByRole('combobox', { name: 'Volume' });
  await picker.fill('data-1');
  await expect(dialog.getByRole('option', { name: 'data-1' })).toContainText('attached to old-1');
  await pick(dialog, 'Volume', 'data-1');

  const button = dialog.getByRole('button', { name: 'Attach', exact: true });
  await expect(dialog.getByRole('status').filter({ hasText: 'not possible' })).toContainText(
    'Volume data-1 is attached to old-1, and it is not a multiattach volume.',
  );
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/is attached to old-1/);

  await dialog.getByRole('button', { name: 'Detach data-1 from old-1' }).click();
  await submit(detachDialog(page, 'data-1'), 'Detach');
  await expect(note(page, 'Detaching data-1 from old-1')).toContainText('Done');
  // The attach has waited beneath, with what was chosen, and learns by itself that the way is free.
  await expect(dialog).toContainText('data-1');
  await submit(dialog, 'Attach');
  await expect(attachmentOf(page, 'data-1')).toContainText('attached');
});

test('a device letter that is taken is exchanged for a free one', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  await cloud.attached(await cloud.volume('logs-1'), web);
  const data = await cloud.volume('data-1');
  await enter('member');
  await page.goto(`/volumes/${data.id}`);
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const dialog = attachDialog(page);
  await pick(dialog, 'Server', 'web-1');
  const device = dialog.getByRole('textbox', { name: 'Device' });
  await device.fill('/dev/sdb');
  await expect(dialog.getByRole('status').filter({ hasText: 'not possible' })).toContainText(
    'Letter b is taken on server web-1',
  );
  await expect(dialog.getByRole('button', { name: 'Attach', exact: true })).toBeDisabled();

  await dialog.getByRole('button', { name: 'Use /dev/vdc' }).click();
  await expect(device).toHaveValue('/dev/vdc');
  await submit(dialog, 'Attach');
  await expect(attachmentOf(page, 'web-1')).toContainText('/dev/vdc');
});

test('every reason shows at once, each with its way out', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1', { vmState: 'suspended', lockedBy: 'owner' });
  const data = await cloud.volume('data-1', { status: 'error' });
  await enter('member');
  await page.goto(`/servers/${web.id}?dialog=attach&server=${web.id}&volume=${data.id}&device=vdb`);
  const reasons = attachDialog(page).getByRole('status').filter({ hasText: 'Not possible, for' });
  await expect(reasons).toContainText('for 4 reasons');
  await expect(reasons.getByRole('listitem')).toContainText([
    /web-1 is locked by its owner.*Unlock web-1/,
    /web-1 is SUSPENDED.*Resume web-1/,
    /"vdb" is no device name.*Leave the device empty/,
    /data-1 is error.*openstack volume set --state available/,
  ]);
});

test('a row that cannot be attached says why to whoever hovers over it or reaches it', async ({
  cloud,
  enter,
  page,
}) => {
  const data = await cloud.volume('data-1');
  await cloud.attached(data, await cloud.server('web-1'));
  await enter('member');
  await page.goto('/volumes');
  const button = row(page, 'data-1').getByRole('button', { name: 'Attach data-1' });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/is attached to web-1/);
  await button.hover();
  const why = page.getByRole('dialog', { name: 'Why not: Attach data-1' });
  await expect(why).toContainText('Volume data-1 is attached to web-1');
  await why.getByRole('button', { name: 'Detach data-1 from web-1' }).click();
  await expect(detachDialog(page, 'data-1')).toBeVisible();
});
