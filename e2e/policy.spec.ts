import { expectAccessible, expectNoSidewaysScroll, expectReadable } from './stories/audit';
import { row, streamIs } from './stories/console';
import { expect, test } from './stories/story';

const SWAP = 'os_compute_api:os-volumes-attachments:swap';

test('a member finds out who may swap volumes, and how that is changed', async ({ enter, page }) => {
  await enter('member');
  await page.goto('/servers');
  await page.getByRole('link', { name: 'Permissions' }).click();
  await expect(page).toHaveURL('/policy');
  await expect(row(page, 'volume:create')).toContainText('Create a volume');

  // By the keyboard: search, and look at the rule beside the list.
  await expect(streamIs(page, 'Live')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('another volume');
  await expect(row(page, 'volume:create')).toBeHidden();
  await expect(row(page, SWAP)).toContainText('admin or a service token');
  await expect(row(page, SWAP).getByRole('cell').last()).toHaveText('no');
  await row(page, SWAP).getByRole('link').focus();
  await page.keyboard.press('Enter');
  const rule = page.getByRole('dialog', { name: 'Put another volume in the place of an attached one' });
  await expect(rule).toContainText('asks for the role admin or a service token');
  await expect(rule.getByRole('region', { name: 'In the policy file' })).toContainText(
    `${SWAP}: [admin, service]`,
  );
  await page.keyboard.press('Escape');
  await expect(rule).toBeHidden();
  await expect(row(page, SWAP).getByRole('link')).toBeFocused();
});

test('rules are filtered by who may, and by what an operator changed', async ({ enter, page }) => {
  await enter('admin');
  await page.goto('/policy?who=service');
  await expect(page.getByRole('rowheader')).toHaveCount(3);
  await expect(row(page, SWAP).getByRole('cell').last()).toHaveText('yes');
  // Nothing is changed in a cloud without a policy file.
  await page.getByRole('button', { name: 'Changed' }).click();
  await expect(page.getByRole('main')).toContainText('No permissions match');
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(row(page, 'volume:create')).toBeVisible();
});

for (const width of [1280, 360]) {
  test(`everybody can read it, ${width} px wide, light and dark`, async ({ enter, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await enter('reader');
    const peeks = [SWAP, 'nothing'].map((name) => `/policy?q=swap&peek=${encodeURIComponent(name)}`);
    for (const address of ['/policy?q=volume_admin_actions', ...peeks]) {
      await page.goto(address);
      await expect(page.getByRole('rowheader').first()).toBeVisible();
      if (peeks.includes(address)) await expect(page.getByRole('dialog')).toContainText(/rule/i);
      if (width === 360) await expectNoSidewaysScroll(page, address);
      await page.emulateMedia({ colorScheme: 'light' });
      await expectAccessible(page, address);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page, `${address}, dark`);
    }
  });
}
