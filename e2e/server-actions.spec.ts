import { attachDialog, attachmentOf, note, row, submit } from './stories/console';
import { expect, test } from './stories/story';

test('a server is stopped from its row and started from its page', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  await enter('member');
  await page.goto('/servers');
  await page.getByRole('button', { name: 'More for web-1' }).click();
  await page.getByRole('menuitem', { name: 'Stop…' }).click();
  const stop = page.getByRole('dialog', { name: 'Stop web-1?' });
  await expect(stop).toContainText('the server becomes SHUTOFF');
  await expect(stop).toContainText('is interrupted');
  await stop.getByRole('button', { name: 'Stop' }).click();
  await expect(note(page, 'Stopping web-1')).toContainText('Done');
  await expect(row(page, 'web-1')).toContainText('SHUTOFF');

  await page.goto(`/servers/${web.id}`);
  await page.getByRole('button', { name: 'Actions on web-1' }).click();
  await page.getByRole('menuitem', { name: 'Start…' }).click();
  await page.getByRole('dialog', { name: 'Start web-1?' }).getByRole('button', { name: 'Start' }).click();
  await expect(note(page, 'Starting web-1')).toContainText('Done');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('ACTIVE');
});

test('what a state does not allow stays in the menu and says why', async ({ cloud, enter, page }) => {
  await cloud.server('web-1');
  await enter('member');
  await page.goto('/servers');
  await page.getByRole('button', { name: 'More for web-1' }).click();
  const resume = page.getByRole('menuitem', { name: 'Resume…' });
  await expect(resume).toHaveAttribute('aria-disabled', 'true');
  await expect(resume).toContainText('Server web-1 is ACTIVE already; resuming needs SUSPENDED.');
});

test('a suspended server is resumed as the remedy of an attach, which then succeeds', async ({
  cloud,
  enter,
  page,
}) => {
  const web = await cloud.server('web-1', { vmState: 'suspended' });
  const data = await cloud.volume('data-1');
  await enter('member');
  await page.goto(`/volumes/${data.id}?dialog=attach&server=${web.id}&volume=${data.id}`);
  await attachDialog(page).getByRole('button', { name: 'Resume web-1' }).click();
  await page.getByRole('dialog', { name: 'Resume web-1?' }).getByRole('button', { name: 'Resume' }).click();
  await expect(note(page, 'Resuming web-1')).toContainText('Done');
  await submit(attachDialog(page), 'Attach');
  await expect(attachmentOf(page, 'web-1')).toContainText('attached');
});

test('a lock keeps its reason, keeps a member from acting, and is taken away by its remedy', async ({
  cloud,
  enter,
  page,
}) => {
  const web = await cloud.server('web-1');
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  await page.getByRole('button', { name: 'Actions on web-1' }).click();
  await page.getByRole('menuitem', { name: 'Lock…', exact: true }).click();
  const lock = page.getByRole('dialog', { name: 'Lock web-1?' });
  await lock.getByRole('textbox', { name: 'Reason' }).fill('Audit until Friday');
  await lock.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Audit until Friday');

  await page.goto(`/servers/${web.id}?do=server.stop&on=${web.id}`);
  const stop = page.getByRole('dialog', { name: 'Stop web-1?' });
  await stop.getByRole('button', { name: 'Unlock web-1' }).click();
  await page
    .getByRole('dialog', { name: 'Unlock web-1?' })
    .getByRole('button', { name: 'Unlock', exact: true })
    .click();
  // What the remedy was for is there again, and possible now.
  await stop.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(note(page, 'Stopping web-1')).toContainText('Done');
  await expect(page.getByRole('region', { name: 'Facts' })).not.toContainText('Audit until Friday');
});
