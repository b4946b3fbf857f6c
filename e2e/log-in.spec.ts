import { makeCloud, PASSWORD } from './stories/cloud';
import { logIn, row } from './stories/console';
import { expect, test } from './stories/story';

// The browser itself complains about every call that is refused.
test.use({ expectedErrors: /status of 401/ });

test('a wrong password says so, the right one leads to where one wanted to go', async ({ cloud, page }) => {
  const data = await cloud.volume('data-1');
  const { name } = await cloud.person('member', { password: true });
  await page.goto(`/volumes/${data.id}?tab=timeline`);
  await expect(page).toHaveURL((url) => url.pathname === '/login' && url.searchParams.has('next'));

  await logIn(page, name, 'something else');
  await expect(page.getByRole('alert').filter({ hasText: 'wrong' })).toHaveText('Name or password is wrong.');
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused();

  await logIn(page, name, PASSWORD);
  await expect(page).toHaveURL(`/volumes/${data.id}?tab=timeline`);
  await expect(page.getByRole('heading', { level: 1, name: 'data-1' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Timeline', selected: true })).toBeVisible();
});

test('nobody is told whether a name exists', async ({ cloud, page }) => {
  await page.goto('/login');
  await logIn(page, `nobody-${cloud.project.id}`, PASSWORD);
  await expect(page.getByRole('alert').filter({ hasText: 'wrong' })).toHaveText('Name or password is wrong.');
});

for (const next of ['//elsewhere.example/', '/\\elsewhere.example', 'https://elsewhere.example/']) {
  test(`a login link cannot lead to another site: ${next}`, async ({ cloud, page }) => {
    const { name } = await cloud.person('member', { password: true });
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await logIn(page, name, PASSWORD);
    await expect(page).toHaveURL('/servers');
  });
}

test('whoever logs out is gone, here and in every other tab', async ({ cloud, enter, context, page }) => {
  await cloud.server('web-1');
  const { name } = await enter('member');
  const otherTab = await context.newPage();
  await otherTab.goto('/volumes');
  await page.goto('/servers');
  await expect(row(page, 'web-1')).toBeVisible();

  await page.getByRole('button', { name: `Account: ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page).toHaveURL('/login');
  await page.goBack();
  await expect(page).toHaveURL(/\/login/);
  await expect(row(page, 'web-1')).toBeHidden();

  await otherTab.getByRole('link', { name: 'Attachments' }).click();
  await expect(otherTab).toHaveURL(/\/login\?next=/);
});

test('somebody with two projects sees one at a time', async ({ cloud, database, enter, page }) => {
  const other = await makeCloud(database);
  await cloud.server('here-1');
  await other.server('there-1');
  const person = await cloud.person('member');
  await cloud.grant(person, other.project, 'reader');
  await enter(person);
  await page.goto('/servers');
  await expect(row(page, 'here-1')).toBeVisible();
  await expect(row(page, 'there-1')).toBeHidden();

  await page.getByRole('button', { name: `Project: ${cloud.project.name}` }).click();
  await page.getByRole('menuitemradio', { name: other.project.name }).click();
  await expect(row(page, 'there-1')).toBeVisible();
  await expect(row(page, 'here-1')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Attach a volume to there-1' })).toBeDisabled();

  await page.reload();
  await expect(page.getByRole('button', { name: `Project: ${other.project.name}` })).toBeVisible();
  await expect(row(page, 'there-1')).toBeVisible();
});
