import { actionDialog, chooseInRow, confirm } from './stories/actions';
import { expectAccessible, expectNoSidewaysScroll } from './stories/audit';
import { makeCloud } from './stories/cloud';
import { row } from './stories/console';
import { expect, test } from './stories/story';

// The browser notes the answer to the wrong key, and that the volume which is looked at has gone to another project.
test.use({ expectedErrors: /status of 40[04]/ });

const ACCEPT = 'Accept a transfer';

test('a volume is offered with a key, and another project takes it', async ({
  anotherBrowser,
  cloud,
  enter,
  page,
}) => {
  const volume = await cloud.volume('data-1');
  await enter('member');
  await page.goto('/volumes');
  await chooseInRow(page, 'data-1', 'Offer to another project');
  const offer = actionDialog(page, 'Offer data-1 to another project');
  await offer.getByRole('textbox', { name: 'Key' }).fill('tide table');
  await offer.getByRole('button', { name: 'Offer to another project', exact: true }).click();
  // Whoever offers it is told what to hand on; the key only now, the id also later.
  const made = actionDialog(page, 'data-1 is offered');
  await expect(made.getByRole('button', { name: 'Done' })).toBeFocused();
  await expect(made).toContainText('tide table');
  await expectAccessible(page, 'an offer that was made');
  const told = await made.getByRole('region', { name: 'id of the transfer' }).innerText();
  const id = /[0-9a-f-]{36}/.exec(told)?.[0] ?? '';
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(made).toBeHidden();
  await expect(row(page, 'data-1')).toContainText('awaiting-transfer');
  await page.goto(`/volumes/${volume.id}`);
  await expect(page.getByRole('button', { name: `Copy id of the transfer: ${id}` })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('tide table');

  const other = await makeCloud(cloud.database);
  const there = await anotherBrowser();
  await enter('member', there.context, other);
  await there.page.goto('/volumes');
  await there.page.getByRole('button', { name: ACCEPT }).click();
  const accept = actionDialog(there.page, ACCEPT);
  await accept.getByRole('textbox', { name: 'Id of the transfer' }).fill(id);
  await accept.getByRole('textbox', { name: 'Key' }).fill('wrong');
  // A key is not tried while it is typed.
  await accept.getByRole('button', { name: ACCEPT, exact: true }).click();
  await expect(accept).toContainText('That is not the key of transfer');
  await accept.getByRole('textbox', { name: 'Key' }).fill('tide table');
  await confirm(accept, ACCEPT);
  // The list was empty: nothing moves when its first row comes.
  await expect(row(there.page, 'data-1')).toContainText('available');
  await page.goto('/volumes');
  await expect(row(page, 'data-1')).toBeHidden();
});

test('the buttons above the volumes fit where it is narrow', async ({ enter, page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await enter('member');
  await page.goto('/volumes');
  await expect(page.getByRole('button', { name: ACCEPT })).toBeVisible();
  await expectNoSidewaysScroll(page, 'volumes');
  await expectAccessible(page, 'volumes');
});
