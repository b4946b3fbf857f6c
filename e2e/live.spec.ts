import type { Page } from '@playwright/test';
import { attachDialog, attachmentOf, pick, row, streamIs, submit } from './stories/console';
import { expect, test } from './stories/story';

/** How soon one browser shows what another has done, in ms. */
const SOON = 1000;
/** A machine with much else to do may make many changes late; where all are, it is not the machine. */
const ROUNDS = 5;

/** @returns the names in a list from top to bottom */
function names(page: Page): Promise<string[]> {
  return page.getByRole('rowheader').allInnerTexts();
}

/** @returns how long it took, in ms */
async function duration(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

test('two browsers see each other’s changes within a second, and no row jumps', async ({
  cloud,
  enter,
  page,
  anotherBrowser,
}) => {
  const web = await cloud.server('web-1');
  for (const name of ['data-1', 'data-2', 'data-3', 'data-4']) await cloud.volume(name);
  await enter('member');
  const other = await anotherBrowser();
  await enter('member', other.context);
  // By status: a row that changes would now belong elsewhere.
  await page.goto('/volumes?sort=status');
  await expect(streamIs(page, 'Live')).toBeVisible();
  const before = await names(page);
  const place = await row(page, 'data-3').boundingBox();

  await other.page.goto(`/servers/${web.id}`);
  const delays: number[] = [];
  for (let round = 0; round < ROUNDS && !delays.some((each) => each < SOON); round += 1) {
    await other.page.getByRole('button', { name: 'Attach', exact: true }).click();
    await pick(attachDialog(other.page), 'Volume', 'data-2');
    await submit(attachDialog(other.page), 'Attach');
    delays.push(await duration(() => expect(row(page, 'data-2')).not.toContainText('available')));
    await expect(attachmentOf(other.page, 'data-2')).toContainText('attached');
    delays.push(await duration(() => expect(row(page, 'data-2')).toContainText(/in-use.*web-1.*vdb/)));
    expect(await names(page)).toEqual(before);
    expect(await row(page, 'data-3').boundingBox()).toEqual(place);

    // And back: what the first does, the second sees.
    await row(page, 'data-2').getByRole('button', { name: 'Detach data-2' }).click();
    await submit(page.getByRole('dialog'), 'Detach');
    delays.push(await duration(() => expect(attachmentOf(other.page, 'data-2')).toBeHidden()));
    await expect(row(page, 'data-2')).toContainText('available');
  }
  expect(Math.min(...delays), `${delays.map(Math.round).join(', ')} ms`).toBeLessThan(SOON);
});

test('new rows are announced, and come when they are asked for', async ({
  cloud,
  enter,
  page,
  anotherBrowser,
}) => {
  const web = await cloud.server('web-1');
  await cloud.attached(await cloud.volume('data-1'), web);
  const data = await cloud.volume('data-0');
  await enter('member');
  await page.goto('/attachments');
  await expect(streamIs(page, 'Live')).toBeVisible();
  const place = await row(page, 'data-1').boundingBox();

  const other = await anotherBrowser();
  await enter('member', other.context);
  await other.page.goto(`/volumes?dialog=attach&server=${web.id}&volume=${data.id}`);
  await submit(attachDialog(other.page), 'Attach');

  const show = page.getByRole('button', { name: '1 new · Show' });
  await expect(show).toBeVisible();
  await expect(row(page, 'data-0')).toBeHidden();
  expect(await row(page, 'data-1').boundingBox()).toEqual(place);
  await show.click();
  await expect(row(page, 'data-0')).toContainText('web-1');
});

test('an open dialog learns that somebody else was faster', async ({
  cloud,
  enter,
  page,
  anotherBrowser,
}) => {
  const [mine, theirs] = [await cloud.server('mine-1'), await cloud.server('theirs-1')];
  const data = await cloud.volume('data-1');
  await enter('member');
  await page.goto(`/volumes?dialog=attach&server=${mine.id}&volume=${data.id}`);
  const button = attachDialog(page).getByRole('button', { name: 'Attach', exact: true });
  await expect(button).toBeEnabled();

  const other = await anotherBrowser();
  await enter('member', other.context);
  await other.page.goto(`/volumes?dialog=attach&server=${theirs.id}&volume=${data.id}`);
  await submit(attachDialog(other.page), 'Attach');
  await expect(attachDialog(page)).toContainText('Volume data-1 is attached to theirs-1');
  await expect(button).toBeDisabled();
});
