import { DEMO_ACCOUNTS } from '~/db/seed';
import { logIn, row } from './stories/console';
import { expect, test } from './stories/story';

for (const { name, password, project } of DEMO_ACCOUNTS) {
  test(`${name} of the demo cloud logs in and sees project ${project}`, async ({ page }) => {
    await page.goto('/');
    await logIn(page, name, password);
    await expect(page).toHaveURL('/servers');
    await expect(page.getByRole('button', { name: `Project: ${project}` })).toBeVisible();
    await expect(page.getByRole('rowheader').first()).toBeVisible();
  });
}

test('the demo cloud shows every kind of trouble, and all of it can be opened', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 2560, height: 1300 });
  await page.goto('/login?next=/servers');
  await logIn(page, 'demo', 'secret');
  await expect(row(page, 'legacy-billing')).toContainText('RESCUE');
  await expect(row(page, 'vpn-1').getByRole('button', { name: 'Attach a volume to vpn-1' })).toBeDisabled();
  for (const name of ['vpn-1', 'gpu-3', 'staging-db-1', 'db-primary']) {
    await page.goto(`/servers?q=${name}`);
    await row(page, name).getByRole('link', { name }).click();
    await page.getByRole('dialog', { name }).getByRole('link', { name: 'Open page' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    for (const tab of ['Attachments', 'Timeline', 'Raw']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel', { name: tab })).not.toBeEmpty();
    }
  }
  for (const name of ['orders-archive', 'broken-import', 'shop-assets', 'handover-data', 'old-cache-data']) {
    await page.goto(`/volumes?q=${name}`);
    await row(page, name).getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('dialog', { name })).toContainText('Overview');
  }
  await page.goto('/attachments?broken=true');
  const broken = page.getByRole('rowheader');
  await expect(broken.first()).toBeVisible();
  for (const link of await broken.getByRole('link').all()) {
    await link.click();
    await expect(page.getByRole('dialog')).toContainText(
      /Storage and compute disagree|Found when it was imported|longer than usual/,
    );
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});

test('an administrator sees all projects at once', async ({ page }) => {
  await page.goto('/login?next=/volumes');
  await logIn(page, 'admin', 'secret');
  await page.getByRole('button', { name: 'Project: admin' }).click();
  await page.getByRole('menuitemradio', { name: 'All projects' }).click();
  await expect(page).toHaveURL(/all=true/);
  await page.getByRole('textbox', { name: 'Search volumes' }).fill('scratch');
  await expect(row(page, 'train-1-scratch')).toContainText('alt');
  await expect(row(page, 'scratch-1')).toContainText('demo');
  await page.getByRole('link', { name: 'Attachments' }).click();
  await expect(page.getByRole('button', { name: 'Project: All projects' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Project' })).toBeVisible();
});
