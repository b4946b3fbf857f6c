import type { Locator, Page } from '@playwright/test';
import { PASSWORD } from './stories/cloud';
import { attachDialog, detachDialog, note, row, streamIs } from './stories/console';
import { expect, test } from './stories/story';

const ENOUGH = 40;

/** Presses Tab until this has the focus, as somebody does who cannot point at it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < ENOUGH; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached with ${ENOUGH} presses of Tab: ${target}`);
}

test('everything is done by the keyboard alone', async ({ cloud, page }) => {
  await cloud.server('web-1');
  const web = await cloud.server('web-2');
  for (const name of ['data-1', 'data-2']) await cloud.volume(name);
  const { name } = await cloud.person('member', { password: true });
  const { keyboard } = page;

  await page.goto('/login');
  await tabTo(page, page.getByRole('textbox', { name: 'User name' }));
  await keyboard.type(name);
  await keyboard.press('Tab');
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await expect(page).toHaveURL('/servers');

  // Find the server, and look at it beside the list.
  await expect(row(page, 'web-2')).toBeVisible();
  // The rows are there before the page listens; a key pressed in that moment would go nowhere.
  await expect(streamIs(page, 'Live')).toBeVisible();
  await keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Search servers' })).toBeFocused();
  await keyboard.type('web-2');
  await expect(row(page, 'web-1')).toBeHidden();
  await tabTo(page, row(page, 'web-2').getByRole('link', { name: 'web-2' }));
  await keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'web-2' });
  await expect(drawer.getByRole('region', { name: 'Attachments' })).toContainText('No volume is attached');

  // Attach.
  await keyboard.press('a');
  const attach = attachDialog(page);
  await expect(attach.getByRole('combobox', { name: 'Volume' })).toBeFocused();
  await expect(attach.getByRole('option')).toHaveCount(2);
  await keyboard.press('ArrowDown');
  await expect(attach.getByRole('option', { selected: true })).toContainText('data-2');
  await keyboard.press('Enter');
  const button = attach.getByRole('button', { name: 'Attach', exact: true });
  await expect(button).toBeFocused();
  await expect(button).toBeEnabled();
  await keyboard.press('Enter');
  await expect(attach).toBeHidden();
  const entry = drawer.getByRole('region', { name: 'Attachments' }).getByRole('listitem');
  await expect(entry).toContainText('data-2');
  await expect(entry).toContainText('attached');

  // Detach.
  const detachButton = entry.getByRole('button', { name: 'Detach data-2' });
  await expect(detachButton).toBeEnabled();
  await tabTo(page, detachButton);
  await keyboard.press('Enter');
  const detach = detachDialog(page, 'data-2');
  await expect(detach.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await keyboard.press('Tab');
  await expect(detach.getByRole('button', { name: 'Detach', exact: true })).toBeFocused();
  await expect(detach.getByRole('button', { name: 'Detach', exact: true })).toBeEnabled();
  await keyboard.press('Enter');
  await expect(detach).toBeHidden();
  await expect(drawer.getByRole('region', { name: 'Attachments' })).toContainText('No volume is attached');

  // And back to the row where all this began.
  await expect(note(page, 'Detaching data-2 from web-2')).toContainText('Done');
  await keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(row(page, 'web-2').getByRole('link', { name: 'web-2' })).toBeFocused();
  await expect(page).toHaveURL(/\/servers\?q=web-2$/);
  expect(web.name).toBe('web-2');
});

test('rows and drawers are walked with arrows, and one key opens the help', async ({
  cloud,
  enter,
  page,
}) => {
  for (const name of ['data-1', 'data-2', 'data-3']) await cloud.volume(name);
  await enter('member');
  await page.goto('/volumes');
  await expect(streamIs(page, 'Live')).toBeVisible();
  await row(page, 'data-1').getByRole('link', { name: 'data-1' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'data-2').getByRole('link', { name: 'data-2' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'data-2' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog', { name: 'data-3' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(page, 'data-3').getByRole('link', { name: 'data-3' })).toBeFocused();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toContainText('Open the row beside the list');

  // Who dictates turns them off; then a spoken letter does nothing.
  await help.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
});

test('the way past the navigation comes first', async ({ enter, page }) => {
  await enter('member');
  await page.goto('/volumes');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').getByRole('button', { name: 'Attach volume' })).toBeFocused();
});
