import { actionDialog, chooseOnPage, confirm } from './stories/actions';
import { uniqueName } from './stories/cloud';
import { note } from './stories/console';
import { expect, test } from './stories/story';

// The page of what was deleted finds it gone.
test.use({ expectedErrors: /status of 404/ });

test('a volume type is made, gets an extra spec, and goes again', async ({ enter, page }) => {
  const name = uniqueName('gold');
  await enter('admin');
  await page.goto('/volume-types');
  await page.getByRole('button', { name: 'Create volume type' }).click();
  const create = actionDialog(page, 'Create volume type');
  await create.getByRole('textbox', { name: 'Name' }).fill(name);
  await confirm(create, 'Create volume type');
  await expect(note(page, `Creating volume type ${name}`)).toContainText('Done');
  await page.goto(`/volume-types?q=${name}`);
  await page.getByRole('rowheader', { name }).getByRole('link').click();
  await page.getByRole('dialog', { name }).getByRole('link', { name: 'Open page' }).click();

  await chooseOnPage(page, name, 'Set extra specs');
  const specs = actionDialog(page, `Set extra specs of ${name}`);
  await specs.getByRole('button', { name: 'Add a name and value' }).click();
  await specs.getByRole('textbox', { name: 'Name 1' }).fill('multiattach');
  await specs.getByRole('textbox', { name: 'Value of multiattach' }).fill('<is> True');
  await confirm(specs, 'Set extra specs');
  await expect(page.getByText('<is> True').first()).toBeVisible();

  await chooseOnPage(page, name, 'Delete');
  const remove = actionDialog(page, `Delete ${name}?`);
  await remove.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name);
  await confirm(remove, 'Delete');
  await expect(note(page, `Deleting ${name}`)).toContainText('Done');
});

test('a member finds the way to a new type closed, with the reason', async ({ enter, page }) => {
  await enter('member');
  await page.goto('/volume-types');
  const button = page.getByRole('button', { name: 'Create volume type' });
  if (await button.isVisible()) {
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(/type_create/);
  }
});

test('a quota is changed, and the change counts at once', async ({ cloud, enter, page }) => {
  await enter('admin');
  await page.goto(`/volumes?do=quota.update&on=${cloud.project.id}`);
  const quota = actionDialog(page, `Change quota of ${cloud.project.name}`);
  await quota.getByRole('button', { name: 'Add a number' }).click();
  await quota.getByRole('textbox', { name: 'Name 1' }).fill('volumes');
  await quota.getByRole('textbox', { name: 'Value of volumes' }).fill('0');
  await confirm(quota, 'Change quota');
  await expect(note(page, `Changing the quota of ${cloud.project.name}`)).toContainText('Done');

  await page.getByRole('button', { name: 'Create volume' }).click();
  const create = actionDialog(page, 'Create volume');
  await create.getByRole('textbox', { name: 'Size' }).fill('1');
  await expect(create).toContainText('This is not possible');
  await expect(create.getByRole('button', { name: 'Create volume', exact: true })).toBeDisabled();
});
