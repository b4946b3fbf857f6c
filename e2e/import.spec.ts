import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { row } from './stories/console';
import { inventCloud, writeDocuments } from './stories/recorded-cloud';
import { expect, setting, test } from './stories/story';

const run = promisify(execFile);

/** What `npm run import -- FOLDER` runs, on the database of the server under test. */
async function importFolder(folder: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['server/import.mjs', folder], {
    env: {
      ...process.env,
      MOORING_DATA_DIR: setting('MOORING_E2E_DATA_DIR'),
      DATABASE_URL: setting('MOORING_E2E_DATABASE_URL'),
    },
  });
  return stdout;
}

test('what a cloud says of itself shows, with what is wrong with it', async ({ cloud, enter, page }) => {
  const recorded = inventCloud();
  const folder = await writeDocuments(recorded);
  const admin = await enter('admin');
  await page.goto(`/servers?all=true&q=${recorded.tills[0]}`);
  await expect(page.getByRole('main')).toContainText('No servers match');

  const report = await importFolder(folder);
  expect(report).toContain('attachment.no-compute-side');
  // An open page is told.
  await expect(row(page, 'till-1')).toContainText(/ACTIVE.*host-of-bakery/);
  expect(await importFolder(folder), 'a second time changes nothing').toMatch(/servers +2 +0 +2 +0/);
  await rm(folder, { recursive: true });

  // Whoever works in that project sees it as their own.
  await cloud.grant(admin, recorded.project, 'admin');
  await page.goto('/servers');
  await page.getByRole('button', { name: `Project: ${cloud.project.name}` }).click();
  await page.getByRole('menuitemradio', { name: recorded.project.name }).click();
  await expect(row(page, 'till-1')).toContainText('1');
  await expect(row(page, 'till-2')).toContainText('ACTIVE');
  await page.getByRole('link', { name: 'Volumes' }).click();
  await expect(row(page, 'receipts')).toContainText(/in-use.*till-1.*vdb/);
  await expect(row(page, 'ledger')).toContainText(/in-use.*7 GiB.*till-1/);
  await page.getByRole('link', { name: 'Attachments' }).click();
  await expect(row(page, 'receipts')).toContainText(/till-1.*\/dev\/vdb.*attached/);
  await expect(row(page, 'receipts')).not.toContainText('broken');
  await expect(row(page, 'ledger')).toContainText(/till-1.*broken/);
  await page.getByRole('button', { name: 'Broken' }).click();
  await expect(row(page, 'receipts')).toBeHidden();

  await row(page, 'ledger').getByRole('link', { name: 'ledger' }).click();
  const drawer = page.getByRole('dialog', { name: 'ledger on till-1' });
  await expect(drawer).toContainText('Storage and compute disagree');
  await expect(drawer).toContainText('Volume ledger is attached for server till-1, which has no such disk.');
  await expect(drawer.getByRole('button', { name: 'Detach' })).toBeDisabled();
  await drawer.getByRole('link', { name: 'Open page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ledger on till-1' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Compute side' })).toContainText('none');
});
