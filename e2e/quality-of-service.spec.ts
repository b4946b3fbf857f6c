import { makeVolumeType } from '~/db/factories';
import { actionDialog, chooseInRow, chooseOnPage, confirm, pickIn } from './stories/actions';
import { expectAccessible, expectNoSidewaysScroll, expectReadable } from './stories/audit';
import { uniqueName } from './stories/cloud';
import { note } from './stories/console';
import { expect, test } from './stories/story';

test('QoS specs are made, given to a type, taken away and deleted', async ({ cloud, enter, page }) => {
  const type = await makeVolumeType(cloud.database, { name: uniqueName('disk') });
  const name = uniqueName('fast');
  await enter('admin');
  await page.goto(`/volume-types/${type.id}`);
  const quality = page.getByRole('region', { name: 'Quality of service' });
  await expect(quality).toContainText('have no limits of speed');

  await quality.getByRole('button', { name: 'Create QoS specs' }).click();
  const create = actionDialog(page, 'Create QoS specs');
  await create.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await create.getByRole('combobox', { name: 'Kept by' }).selectOption('Both');
  await create.getByRole('button', { name: 'Add a name and value' }).click();
  await create.getByRole('textbox', { name: 'Name 1' }).fill('total_iops_sec');
  await create.getByRole('textbox', { name: 'Value of total_iops_sec' }).fill('2000');
  await confirm(create, 'Create QoS specs');
  await expect(note(page, `Creating QoS specs ${name}`)).toContainText('Done');
  const others = page.getByRole('region', { name: 'Other QoS specs' });
  await expect(others.getByRole('listitem').filter({ hasText: name })).toContainText('no type has them');

  await chooseOnPage(page, type.name, 'Set quality of service');
  const give = actionDialog(page, `Set quality of service of ${type.name}`);
  await pickIn(give, 'QoS specs', name);
  await confirm(give, 'Set quality of service');
  await expect(quality).toContainText('kept by hosts and storage');
  await expect(quality).toContainText('2000');

  await chooseInRow(page, name, 'Edit');
  const edit = actionDialog(page, `Edit ${name}?`);
  await edit.getByRole('textbox', { name: 'Value of total_iops_sec' }).fill('500');
  await confirm(edit, 'Edit');
  await expect(quality).toContainText('500');

  await chooseOnPage(page, type.name, 'Remove quality of service');
  await confirm(
    actionDialog(page, `Remove quality of service of ${type.name}?`),
    'Remove quality of service',
  );
  await expect(quality).toContainText('have no limits of speed');
  await chooseInRow(page, name, 'Delete');
  const remove = actionDialog(page, `Delete ${name}?`);
  await remove.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name);
  await confirm(remove, 'Delete');
  await expect(page.getByRole('main').getByText(name)).toHaveCount(0);
});

test('QoS specs that types have are deleted by force, and the types are named', async ({
  cloud,
  enter,
  page,
}) => {
  const name = uniqueName('slow');
  const qosSpecsId = await cloud.qosSpecs(name);
  const type = await makeVolumeType(cloud.database, { name: uniqueName('disk'), qosSpecsId });
  await enter('admin');
  await page.goto(`/volume-types/${type.id}`);
  const quality = page.getByRole('region', { name: 'Quality of service' });
  await quality.getByRole('button', { name: `More for ${name}` }).click();
  const item = page.getByRole('menuitem', { name: /^Delete…/ });
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await expect(item).toContainText(`Volume type ${type.name} has QoS specs ${name}`);
  await item.press('Enter');
  await page.getByRole('button', { name: `Delete ${name} by force` }).click();
  const remove = actionDialog(page, `Delete ${name}?`);
  await expect(remove.getByRole('checkbox', { name: 'By force' })).toBeChecked();
  await expect(remove).toContainText(`Volume type ${type.name} has no quality of service then.`);
  await remove.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name);
  await confirm(remove, 'Delete');
  await expect(quality).toContainText('have no limits of speed');
});

test('volumes of a type are encrypted, differently, and not any more', async ({ cloud, enter, page }) => {
  const { id, name } = await makeVolumeType(cloud.database, { name: uniqueName('disk') });
  await enter('admin');
  await page.goto(`/volume-types/${id}`);
  await chooseOnPage(page, name, 'Encrypt volumes');
  const encrypt = actionDialog(page, `Encrypt volumes of ${name}`);
  await encrypt.getByRole('textbox', { name: 'Provider' }).fill('luks');
  await encrypt.getByRole('textbox', { name: 'Cipher' }).fill('aes-xts-plain64');
  await encrypt.getByRole('textbox', { name: 'Size of keys' }).fill('256');
  await confirm(encrypt, 'Encrypt volumes');
  const main = page.getByRole('main');
  await expect(main).toContainText('luks by hosts, aes-xts-plain64, 256 bits');

  await chooseOnPage(page, name, 'Change encryption');
  const change = actionDialog(page, `Change encryption of ${name}?`);
  await expect(change.getByRole('textbox', { name: 'Provider' })).toHaveValue('luks');
  await change.getByRole('combobox', { name: 'Encrypted by' }).selectOption('Storage');
  await change.getByRole('textbox', { name: 'Size of keys' }).fill('512');
  await confirm(change, 'Change encryption');
  await expect(main).toContainText('luks by storage, aes-xts-plain64, 512 bits');

  await chooseOnPage(page, name, 'Remove encryption');
  await confirm(actionDialog(page, `Remove encryption of ${name}?`), 'Remove encryption');
  await expect(main).not.toContainText('luks');

  // What has volumes stays as it is, and says why.
  await cloud.volume('data-1', { volumeTypeId: id });
  await page.getByRole('button', { name: `Actions on ${name}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Encrypt volumes…' })).toContainText(
    'Volume data-1 has type',
  );
});

for (const width of [1280, 360]) {
  test(`everybody can read what is said of a type, ${width} px wide, light and dark`, async ({
    cloud,
    enter,
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    const name = uniqueName('fast');
    const qosSpecsId = await cloud.qosSpecs(name);
    await cloud.qosSpecs(uniqueName('unused'));
    const type = await makeVolumeType(cloud.database, { name: uniqueName('disk'), qosSpecsId });
    await enter('admin');
    const plain = `/volume-types/${type.id}`;
    const dialogs = [
      ['qos-specs.create', cloud.project.id],
      ['qos-specs.delete', qosSpecsId],
      ['volume-type.associate-qos', type.id],
      ['volume-type.create-encryption', type.id],
      ['quota.update-defaults', cloud.project.id],
    ].map(([action, on]) => `${plain}?do=${action}&on=${on}`);
    for (const address of [plain, ...dialogs]) {
      await page.goto(address);
      const shown = address === plain ? page.getByText(name) : page.getByText('Command and request');
      await expect(shown.first()).toBeVisible();
      await expectNoSidewaysScroll(page, address);
      await page.emulateMedia({ colorScheme: 'light' });
      await expectAccessible(page, address);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page, `${address}, dark`);
    }
  });
}
