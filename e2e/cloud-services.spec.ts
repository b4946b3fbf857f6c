import { makeProject } from '~/db/factories';
import { services } from '~/db/schema/compute';
import { quotas } from '~/db/schema/identity';
import { actionDialog, chooseInRow, confirm } from './stories/actions';
import { uniqueName } from './stories/cloud';
import { note, row } from './stories/console';
import { expect, test } from './stories/story';

test('a compute host is put out of use with a reason, and into use again', async ({ cloud, enter, page }) => {
  const { name } = cloud.host;
  await enter('admin');
  await page.goto(`/hosts?q=${name}`);
  await chooseInRow(page, name, 'Disable');
  const disable = actionDialog(page, `Disable ${name}?`);
  await expect(disable).toContainText('Servers that are on it run on');
  await disable.getByRole('textbox', { name: 'Reason' }).fill('new memory on Friday');
  await confirm(disable, 'Disable');
  await expect(note(page, `Disabling ${name}`)).toContainText('Done');
  await expect(row(page, name)).toContainText('disabled');
  await page.goto(`/hosts?q=${name}&peek=${name}`);
  const drawer = page.getByRole('dialog', { name });
  await expect(drawer).toContainText('new memory on Friday');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  await chooseInRow(page, name, 'Enable');
  await confirm(actionDialog(page, `Enable ${name}?`), 'Enable');
  await expect(row(page, name)).not.toContainText('disabled');
});

test('a backend is put out of use, frozen, thawed and put into use again', async ({ cloud, enter, page }) => {
  const host = `${uniqueName('array')}@fast`;
  const name = `cinder-volume@${host}`;
  await cloud.database.orm.insert(services).values({ binary: 'cinder-volume', host, zone: 'nova' });
  await enter('admin');
  await page.goto(`/hosts/services?q=${host}`);
  const service = row(page, 'cinder-volume');
  await chooseInRow(page, name, 'Disable');
  const disable = actionDialog(page, `Disable ${name}?`);
  await disable.getByRole('textbox', { name: 'Reason' }).fill('disk swap');
  await confirm(disable, 'Disable');
  await expect(service).toContainText('disabled');
  await expect(service).toContainText('disk swap');

  await chooseInRow(page, name, 'Freeze');
  await confirm(actionDialog(page, `Freeze ${name}?`), 'Freeze');
  await expect(service).toContainText('frozen');
  await chooseInRow(page, name, 'Thaw');
  await confirm(actionDialog(page, `Thaw ${name}?`), 'Thaw');
  await expect(service).not.toContainText('frozen');
  await chooseInRow(page, name, 'Enable');
  await confirm(actionDialog(page, `Enable ${name}?`), 'Enable');
  await expect(service).not.toContainText('disabled');
  await expect(service).not.toContainText('disk swap');
});

test('default quotas are changed, and projects without limits of their own follow', async ({
  cloud,
  enter,
  page,
}) => {
  // Of groups, which nothing else here is about: the defaults are everybody's.
  const own = await makeProject(cloud.database, { name: uniqueName('own') });
  await cloud.database.orm
    .insert(quotas)
    .values({ projectId: own.id, service: 'volume', resource: 'groups', limit: 4 });
  await enter('admin');
  const groups = page.getByRole('meter', { name: 'Groups' });

  async function setDefault(limit: string) {
    await page.goto('/quotas');
    await page.getByRole('button', { name: 'Change default quotas' }).click();
    const change = actionDialog(page, 'Change default quotas');
    await change.getByRole('textbox', { name: 'Value of groups' }).fill(limit);
    await confirm(change, 'Change default quotas');
    await expect(note(page, 'Changing the default quotas').last()).toContainText('Done');
    await expect(groups).toHaveText(`0 used, limit ${limit}`);
  }

  await setDefault('13');
  await page.goto(`/quotas/${own.id}`);
  await expect(groups).toHaveText('0 used, limit 4');
  await setDefault('10');
});
