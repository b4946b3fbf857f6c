import { actionDialog, chooseInRow, confirm } from './stories/actions';
import { expectAccessible, expectNoSidewaysScroll } from './stories/audit';
import { makeCloud } from './stories/cloud';
import { note, row } from './stories/console';
import { expect, test } from './stories/story';

// The browser notes the answer to the wrong key.
test.use({ expectedErrors: /status of 400/ });

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
  await confirm(offer, 'Offer to another project');
  await expect(row(page, 'data-1')).toContainText('awaiting-transfer');

  // Whoever offers it tells the id, which the operation names, together with the key.
  await page.goto(`/volumes/${volume.id}?tab=history`);
  await note(page, 'Offering data-1').getByRole('link').first().click();
  const told = await page
    .getByText(/is offered as transfer [0-9a-f-]{36}/)
    .first()
    .innerText();
  const id = /transfer ([0-9a-f-]{36})/.exec(told)?.[1] ?? '';

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
  await there.page.getByRole('button', { name: '1 new' }).click();
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
