import { actionDialog, confirm } from './stories/actions';
import { expectAccessible, expectNoSidewaysScroll } from './stories/audit';
import { note, row, streamIs } from './stories/console';
import { expect, test } from './stories/story';

// The page of what was detached finds it gone.
test.use({ expectedErrors: /status of 404/ });

const HOURS_AGO = new Date(Date.now() - 6 * 3_600_000);

test('a volume that hangs is found among others, and is mended where it is', async ({
  cloud,
  enter,
  page,
}) => {
  const web = await cloud.server('web-1');
  await cloud.volume('calm-1');
  const stuck = await cloud.volume('stuck-1');
  await cloud.attached(stuck, web);
  await cloud.database.sql`
    update volumes set status = 'detaching', status_since = ${HOURS_AGO} where id = ${stuck.id}`;
  await enter('admin');
  await page.goto('/volumes');
  await page.getByRole('button', { name: 'Needs a look' }).click();
  await expect(row(page, 'calm-1')).toBeHidden();
  await expect(page).toHaveURL(/status=/);
  await row(page, 'stuck-1').getByRole('link', { name: 'stuck-1', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'stuck-1' });
  await expect(drawer).toContainText('stuck-1 is detaching for longer than usual');
  await streamIs(page, 'Live').waitFor();
  await expectAccessible(page, 'a volume that hangs');
  await drawer.getByRole('link', { name: 'Open page' }).click();
  // The drawer has the same button until the page is there.
  await expect(page.getByRole('heading', { level: 1, name: 'stuck-1' })).toBeVisible();
  await page.getByRole('button', { name: 'Roll back detaching…' }).click();
  await confirm(actionDialog(page, 'Roll back the detach of stuck-1?'), 'Roll back detaching');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('in-use');
  await expect(page.getByText('for longer than usual')).toBeHidden();
  // The way back leads to the list as it was left.
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Volumes' }).click();
  await expect(page.getByRole('button', { name: 'Needs a look' })).toHaveAttribute('aria-pressed', 'true');
});

test('a disk of which storage has no record is put right, and detached', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  const attachment = await cloud.attached(data, web, { attachStatus: null });
  await cloud.database.sql`
    update volumes set status = 'available', attach_status = 'detached' where id = ${data.id}`;
  await enter('admin');
  await page.goto(`/attachments/${attachment.id}`);
  await expect(page.getByText('Storage and compute disagree')).toBeVisible();
  await page.getByRole('button', { name: 'Reset the status of data-1…' }).click();
  await confirm(actionDialog(page, 'Reset the status of data-1?'), 'Reset status');
  await page.getByRole('button', { name: 'Detach', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Detach data-1?' });
  await confirm(dialog, 'Detach');
  await expect(note(page, 'Detaching data-1 from web-1')).toContainText('Done');
});

test('what is as it should be is told calmly, and what another role mends says so', async ({
  cloud,
  enter,
  page,
}) => {
  const gpu = await cloud.server('gpu-1', { vmState: 'shelved_offloaded', host: null });
  const kept = await cloud.volume('kept-1', { status: 'reserved', statusSince: HOURS_AGO });
  await cloud.attached(kept, gpu, { attachStatus: 'reserved', device: null });
  const broken = await cloud.volume('broken-1', { status: 'error_extending' });
  await enter('member');
  await page.goto(`/volumes/${kept.id}`);
  await expect(page.getByText('kept-1 is kept for gpu-1, which is shelved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unshelve gpu-1…' })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`/volumes/${broken.id}`);
  const reset = page.getByRole('button', { name: 'Reset status…' });
  await expect(reset).toHaveAttribute('aria-disabled', 'true');
  await expect(reset).toHaveAccessibleDescription(/admin/);
  await expectNoSidewaysScroll(page, 'a broken volume');
  await expectAccessible(page, 'a broken volume');
});
