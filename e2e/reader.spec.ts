import { tell } from './stories/api';
import { attachDialog, row } from './stories/console';
import { expect, test } from './stories/story';

test.use({ expectedErrors: /status of 403/ });

const ATTACH_NEEDS = /asks for the role member; .* has reader.*Ask an administrator for the role member/;

test('a reader sees every verb, and why it is not theirs', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  await cloud.attached(await cloud.volume('data-1'), web);
  await cloud.volume('data-2');
  await enter('reader');
  await page.goto('/volumes');
  const verbs = [
    page.getByRole('main').getByRole('button', { name: 'Attach volume' }),
    row(page, 'data-2').getByRole('button', { name: 'Attach data-2' }),
    row(page, 'data-1').getByRole('button', { name: 'Detach data-1' }),
  ];
  for (const verb of verbs) {
    await expect(verb).toBeVisible();
    await expect(verb).toBeDisabled();
    await expect(verb).toHaveAccessibleDescription(ATTACH_NEEDS);
  }
  await page.goto(`/servers/${web.id}`);
  await expect(page.getByRole('button', { name: 'Attach', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Detach data-1' })).toHaveAccessibleDescription(ATTACH_NEEDS);
});

test('the reason is reached and read without a mouse', async ({ cloud, enter, page }) => {
  await cloud.volume('data-1');
  const { name } = await enter('reader');
  await page.goto('/volumes');
  await row(page, 'data-1').getByRole('link', { name: 'data-1' }).focus();
  await page.keyboard.press('Tab');
  await expect(row(page, 'data-1').getByRole('button', { name: 'Attach data-1' })).toBeFocused();
  const why = page.getByRole('dialog', { name: 'Why not: Attach data-1' });
  await expect(why).toContainText(`${name} has reader in project ${cloud.project.name}`);
  await page.keyboard.press('Enter');
  await expect(attachDialog(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
  await expect(row(page, 'data-1').getByRole('button', { name: 'Attach data-1' })).toBeFocused();
});

test('a link to the dialog helps a reader no further', async ({ cloud, enter, page }) => {
  const [web, data] = [await cloud.server('web-1'), await cloud.volume('data-1')];
  await enter('reader');
  await page.goto(`/volumes?dialog=attach&server=${web.id}&volume=${data.id}`);
  const button = attachDialog(page).getByRole('button', { name: 'Attach', exact: true });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(ATTACH_NEEDS);
});

test('calls past the console are refused', async ({ cloud, enter, page }) => {
  const [web, data, held] = [
    await cloud.server('web-1'),
    await cloud.volume('data-1'),
    await cloud.volume('data-2'),
  ];
  await cloud.attached(held, web);
  await enter('reader');
  const attach = { serverId: web.id, volumeId: data.id };
  expect(await tell(page.request, 'attachments.attach', attach)).toMatchObject({
    status: 403,
    code: 'FORBIDDEN',
  });
  const detach = { serverId: web.id, volumeId: held.id };
  expect(await tell(page.request, 'attachments.detach', detach)).toMatchObject({ status: 403 });
  const fault = { call: 'attachDevice', message: 'no', volumeId: data.id };
  expect(await tell(page.request, 'simulator.plan', fault)).toMatchObject({ status: 403 });
  await page.goto('/volumes');
  await expect(row(page, 'data-1')).toContainText('available');
  await expect(row(page, 'data-2')).toContainText('in-use');
});

test('the simulator is not a member’s', async ({ enter, page }) => {
  await enter('member');
  await page.goto('/simulator');
  await expect(page.getByRole('main')).toContainText('The simulator is for administrators');
  await expect(page.getByRole('link', { name: 'Simulator' })).toBeHidden();
});
