import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { volumes } from '~/db/schema/volume';
import type { Cloud } from './stories/cloud';
import { row } from './stories/console';
import { expect, test } from './stories/story';

const MANY = 300;

/** vol-001 to vol-300: sizes fall as numbers rise, every tenth is broken. */
async function fill(cloud: Cloud): Promise<void> {
  const { volumeTypeId } = await cloud.volume('zero');
  await cloud.database.orm.insert(volumes).values(
    Array.from({ length: MANY }, (_, index) => ({
      id: randomUUID(),
      projectId: cloud.project.id,
      userId: 'user-1',
      name: `vol-${String(index + 1).padStart(3, '0')}`,
      sizeGib: MANY - index + 1,
      status: (index + 1) % 10 === 0 ? ('error' as const) : ('available' as const),
      volumeTypeId,
    })),
  );
}

function names(page: Page): Promise<string[]> {
  return page.getByRole('rowheader').allInnerTexts();
}

function pages(page: Page) {
  return page.getByRole('navigation', { name: 'Pages' });
}

test.beforeEach(async ({ cloud, enter }) => {
  await fill(cloud);
  await enter('member');
});

test('pages are turned forward and back, and every row is on exactly one', async ({ page }) => {
  await page.goto('/volumes?size=100');
  await expect(pages(page)).toContainText('100 of 301');
  await expect(pages(page).getByRole('button', { name: 'Previous page' })).toBeDisabled();
  const turned: string[][] = [];
  for (const first of ['vol-001', 'vol-101', 'vol-201', 'zero']) {
    await expect(page.getByRole('rowheader').first()).toHaveText(first);
    turned.push(await names(page));
    const next = pages(page).getByRole('button', { name: 'Next page' });
    if (first !== 'zero') await next.click();
    else await expect(next).toBeDisabled();
  }
  expect(new Set(turned.flat()).size).toBe(MANY + 1);
  expect(turned.flat()).toHaveLength(MANY + 1);

  await pages(page).getByRole('button', { name: 'Previous page' }).click();
  await expect(page.getByRole('rowheader').first()).toHaveText('vol-201');
  expect(await names(page)).toEqual(turned[2]);
  for (const first of ['zero', 'vol-201', 'vol-101']) {
    await page.goBack();
    await expect(page.getByRole('rowheader').first()).toHaveText(first);
  }
  await page.reload();
  await expect(page.getByRole('rowheader').first()).toHaveText('vol-101');
  await page.goBack();
  await expect(page.getByRole('rowheader').first()).toHaveText('vol-001');
});

test('search, filter, sort and page size are in the address, and outlive a reload', async ({ page }) => {
  await page.goto('/volumes');
  await page.getByRole('textbox', { name: 'Search volumes' }).fill('vol-1');
  await expect(page).toHaveURL(/q=vol-1/);
  await expect(pages(page)).toContainText('50 of 100');
  await page.getByRole('button', { name: 'Status', expanded: false }).click();
  await page.getByRole('checkbox', { name: /^error/ }).check();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/status=error/);
  await expect(pages(page)).toContainText('10 of 10');
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=size/);
  await expect(page.getByRole('rowheader').first()).toHaveText('vol-190');
  await pages(page).getByRole('combobox', { name: 'Rows per page' }).selectOption('25');
  await expect(page).toHaveURL(/size=25/);

  const before = await names(page);
  expect(before).toHaveLength(10);
  await page.reload();
  await expect(page.getByRole('rowheader').first()).toHaveText('vol-190');
  expect(await names(page)).toEqual(before);
  await expect(page.getByRole('textbox', { name: 'Search volumes' })).toHaveValue('vol-1');
  await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'ascending');

  // Away and back.
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('rowheader').first()).toHaveText('vol-190');
  expect(await names(page)).toEqual(before);

  await page.getByRole('button', { name: 'Remove filter Status' }).click();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(pages(page)).toContainText('25 of 301');
});

test('every column that offers it sorts both ways', async ({ page }) => {
  await page.goto('/volumes?size=25');
  await expect(row(page, 'vol-001')).toBeVisible();
  const headers = page.getByRole('columnheader').filter({ has: page.getByRole('button') });
  const titles = await headers.allInnerTexts();
  expect(titles).toEqual(['Name', 'Status', 'Size', 'Attached to', 'Type', 'Zone', 'Created']);
  for (const title of titles) {
    const header = page.getByRole('columnheader', { name: title });
    for (const order of title === 'Name' ? ['descending', 'ascending'] : ['ascending', 'descending']) {
      await header.getByRole('button').click();
      await expect(header).toHaveAttribute('aria-sort', order);
      await expect(page.getByRole('table', { name: 'Volumes' })).toHaveAttribute('aria-busy', 'false');
      await expect(page.getByRole('rowheader')).toHaveCount(25);
    }
  }
});

test('a drawer is in the address: a link opens it, back closes it', async ({ page }) => {
  await page.goto('/volumes?q=vol-01');
  await page.getByRole('link', { name: 'vol-012' }).click();
  const drawer = page.getByRole('dialog', { name: 'vol-012' });
  await expect(drawer).toContainText('290 GiB');
  await expect(page).toHaveURL(/peek=/);
  const address = page.url();
  await page.goBack();
  await expect(drawer).toBeHidden();
  await page.goto(address);
  await expect(drawer).toContainText('290 GiB');
  await drawer.getByRole('link', { name: 'Open page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'vol-012' })).toBeVisible();
});

test('a picker finds one among hundreds', async ({ cloud, page }) => {
  const web = await cloud.server('web-1');
  await page.goto(`/servers?dialog=attach&server=${web.id}`);
  const dialog = page.getByRole('dialog', { name: 'Attach volume' });
  await dialog.getByRole('combobox', { name: 'Volume' }).fill('l-277');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await expect(dialog.getByRole('option')).toContainText('vol-277');
});

test('back from a page finds the list where it was', async ({ page }) => {
  await page.goto('/volumes?size=100');
  await row(page, 'vol-085').getByRole('button', { name: 'More for vol-085' }).click();
  await page.getByRole('menuitem', { name: 'Open page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'vol-085' })).toBeVisible();
  await page.goBack();
  await expect(row(page, 'vol-085')).toBeInViewport();
  await expect(row(page, 'vol-085').getByRole('link', { name: 'vol-085' })).toBeFocused();
});
