import { actionDialog, chooseInRow, chooseOnPage, confirm, pickIn } from './stories/actions';
import { expectAccessible, expectNoSidewaysScroll, expectReadable } from './stories/audit';
import { note, row } from './stories/console';
import { expect, test } from './stories/story';

// The page of what was deleted finds it gone.
test.use({ expectedErrors: /status of 404/ });

test('a volume is extended from its row', async ({ cloud, enter, page }) => {
  await cloud.volume('data-1', { sizeGib: 3 });
  await enter('member');
  await page.goto('/volumes');
  await chooseInRow(page, 'data-1', 'Extend');
  const dialog = actionDialog(page, 'Extend data-1');
  const size = dialog.getByRole('textbox', { name: 'New size' });
  await expect(size).toBeFocused();
  await size.fill('2');
  await expect(dialog.getByRole('status').filter({ hasText: 'not possible' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Extend', exact: true })).toBeDisabled();
  await size.fill('two');
  await expect(dialog).toContainText('Give a whole number.');
  await size.fill('7');
  await expect(dialog).toContainText('7 GiB instead of 3');
  await confirm(dialog, 'Extend');
  await expect(note(page, 'Extending data-1')).toContainText('Done');
  await expect(row(page, 'data-1')).toContainText('7 GiB');
});

test('what is typed goes with one press of Enter, also while the rules are still being asked', async ({
  cloud,
  enter,
  page,
}) => {
  await cloud.volume('data-1', { sizeGib: 3 });
  await enter('member');
  await page.goto('/volumes');
  await chooseInRow(page, 'data-1', 'Extend');
  const size = actionDialog(page, 'Extend data-1').getByRole('textbox', { name: 'New size' });
  await size.fill('9');
  await size.press('Enter');
  await expect(note(page, 'Extending data-1')).toContainText('Done');
  await expect(row(page, 'data-1')).toContainText('9 GiB');
});

test('a remedy is taken in a dialog above, and what was typed beneath is still there', async ({
  cloud,
  enter,
  page,
}) => {
  const data = await cloud.volume('data-1', { sizeGib: 3, status: 'error' });
  await enter('admin');
  await page.goto(`/volumes/${data.id}?do=volume.extend&on=${data.id}`);
  const extend = actionDialog(page, 'Extend data-1');
  await extend.getByRole('textbox', { name: 'New size' }).fill('8');
  await extend.getByRole('button', { name: 'Reset data-1 to available' }).click();
  const reset = actionDialog(page, 'Reset the status of data-1?');
  await expect(reset.getByRole('combobox', { name: 'Status (optional)', exact: true })).toHaveValue(
    'available',
  );
  await confirm(reset, 'Reset status');
  await expect(extend.getByRole('textbox', { name: 'New size' })).toHaveValue('8');
  await confirm(extend, 'Extend');
  await expect(note(page, 'Extending data-1')).toContainText('Done');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('8 GiB');
});

test('a dry run shows what would be written, and writes nothing', async ({ cloud, enter, page }) => {
  const data = await cloud.volume('data-1', { sizeGib: 3 });
  await enter('member');
  await page.goto(`/volumes/${data.id}?do=volume.extend&on=${data.id}`);
  const dialog = actionDialog(page, 'Extend data-1');
  await dialog.getByRole('textbox', { name: 'New size' }).fill('5');
  await expect(dialog).toContainText('5 GiB instead of 3');
  await dialog.getByText('Dry run').click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Changed: volume data-1' })).toContainText(
    'extending',
  );
  await dialog.getByText('Command and request').click();
  await expect(dialog).toContainText(`openstack volume set --size 5 ${data.id}`);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('3 GiB');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('available');
});

test('a volume is made, described, and deleted when its name has been typed', async ({ enter, page }) => {
  await enter('member');
  await page.goto('/volumes');
  await page.getByRole('button', { name: 'Create volume' }).click();
  const create = actionDialog(page, 'Create volume');
  await create.getByRole('textbox', { name: 'Name' }).fill('fresh-1');
  await create.getByRole('textbox', { name: 'Size' }).fill('2');
  await pickIn(create, 'Type', 'plain');
  await confirm(create, 'Create volume');
  await expect(note(page, 'Creating volume fresh-1')).toContainText('Done');
  await page.reload();
  await expect(row(page, 'fresh-1')).toContainText('2 GiB');

  await chooseInRow(page, 'fresh-1', 'Set metadata');
  const metadata = actionDialog(page, 'Set metadata of fresh-1');
  await metadata.getByRole('button', { name: 'Add a name and value' }).click();
  await expect(metadata.getByRole('textbox', { name: 'Name 1' })).toBeFocused();
  await page.keyboard.type('role');
  await page.keyboard.press('Tab');
  await page.keyboard.type('logs');
  await confirm(metadata, 'Set metadata');
  await row(page, 'fresh-1').getByRole('link', { name: 'fresh-1' }).click();
  await page.getByRole('dialog', { name: 'fresh-1' }).getByRole('link', { name: 'Open page' }).click();
  await expect(page.getByRole('region', { name: 'Metadata' })).toContainText('logs');

  await chooseOnPage(page, 'fresh-1', 'Delete');
  const remove = actionDialog(page, 'Delete fresh-1?');
  const button = remove.getByRole('button', { name: 'Delete', exact: true });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription('Type fresh-1 first.');
  await remove.getByRole('textbox', { name: 'Type fresh-1 to confirm' }).fill('fresh-1');
  await confirm(remove, 'Delete');
  await expect(note(page, 'Deleting fresh-1')).toContainText('Done');
  await page.goto('/volumes');
  await expect(row(page, 'fresh-1')).toBeHidden();
});

test('several volumes are selected and deleted; the one that cannot be says why', async ({
  cloud,
  enter,
  page,
}) => {
  for (const name of ['data-1', 'data-2']) await cloud.volume(name);
  await cloud.attached(await cloud.volume('data-3'), await cloud.server('web-1'));
  await enter('member');
  await page.goto('/volumes');
  for (const name of ['data-1', 'data-2', 'data-3']) {
    await row(page, name)
      .getByRole('checkbox', { name: `Select ${name}` })
      .click();
  }
  const bar = page.getByRole('region', { name: 'Selected' });
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Delete 2 of 3 volumes' }).click();
  const dialog = actionDialog(page, 'Delete: 2 volumes');
  await expect(dialog).toContainText('It is not possible for 1');
  await expect(dialog).toContainText('data-3:');
  await dialog.getByRole('textbox', { name: 'Type delete 2 to confirm' }).fill('delete 2');
  await dialog.getByRole('button', { name: 'Delete 2' }).click();
  const results = dialog.getByRole('region', { name: 'Results' });
  await expect(results).toContainText('2 accepted');
  await expect(results.getByRole('listitem')).toHaveCount(2);
  await expect(results.getByRole('link', { name: 'Operation of data-1' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await bar.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(page.getByRole('textbox', { name: 'Search volumes' })).toBeVisible();
});

test('everything about a dialog is done by the keyboard alone', async ({ cloud, enter, page }) => {
  await cloud.volume('data-1', { sizeGib: 3 });
  await enter('member');
  await page.goto('/volumes');
  const more = page.getByRole('button', { name: 'More for data-1' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Extend…', exact: true })).toBeVisible();
  await page.keyboard.type('Ext');
  await expect(page.getByRole('menuitem', { name: 'Extend…', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = actionDialog(page, 'Extend data-1');
  await expect(dialog.getByRole('textbox', { name: 'New size' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

for (const width of [1280, 360]) {
  test.describe(`${width} px wide, light and dark`, () => {
    test.use({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });

    test('menus, dialogs and the bar of what is selected', async ({ cloud, enter, page }) => {
      test.slow();
      const data = await cloud.volume('data-1');
      const broken = await cloud.volume('broken-1', { status: 'error' });
      await enter('admin');
      async function audit(where: string): Promise<void> {
        await expectNoSidewaysScroll(page, where);
        await page.emulateMedia({ colorScheme: 'light' });
        await expectAccessible(page, where);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page, `${where}, dark`);
      }
      for (const open of [
        `do=volume.extend&on=${data.id}`,
        `do=volume.extend&on=${broken.id}`,
        `do=volume.reset-status&on=${broken.id}`,
        `do=volume.set-metadata&on=${data.id}`,
        `do=volume.unmanage&on=${data.id}`,
        `do=volume.initialize-connection&on=${data.id}`,
        `do=volume.create&on=${cloud.project.id}`,
        `do=server.create&on=${cloud.project.id}`,
      ]) {
        await page.goto(`/volumes?${open}`);
        await expect(page.getByRole('dialog').getByText('Command and request')).toBeVisible();
        for (const folded of ['More', 'Command and request', 'Dry run']) {
          const fold = page.getByRole('dialog').locator('summary', { hasText: folded });
          if (await fold.isVisible()) await fold.click();
        }
        await audit(open);
      }
      await page.goto('/volumes');
      await page.getByRole('button', { name: 'More for data-1' }).click();
      await expect(page.getByRole('menuitem', { name: 'Extend…', exact: true })).toBeVisible();
      await audit('menu of a volume');
      await page.keyboard.press('Escape');
      for (const name of ['data-1', 'broken-1']) {
        await row(page, name)
          .getByRole('checkbox', { name: `Select ${name}` })
          .click();
      }
      await expect(page.getByRole('region', { name: 'Selected' })).toContainText('2 selected');
      await expect(page.getByRole('button', { name: /^Extend/ })).toBeVisible();
      await audit('bar of what is selected');
      await page.getByRole('button', { name: /^Extend/ }).click();
      await expect(page.getByRole('dialog').getByRole('textbox', { name: 'New size' })).toBeVisible();
      await audit('dialog for several');
    });
  });
}
