import { expectAccessible, expectNoSidewaysScroll, expectReadable } from './stories/audit';
import { streamIs } from './stories/console';
import { expect, test } from './stories/story';

const EXTEND = '/reference?q=os-extend';

test('somebody who writes a script finds the call, and what it takes', async ({ enter, page }) => {
  await enter('member');
  await page.goto('/servers');
  await page.getByRole('link', { name: 'API reference' }).click();
  await expect(page).toHaveURL('/reference');
  for (const service of ['Identity', 'Compute', 'Block storage', 'Images']) {
    await expect(page.getByRole('region', { name: service, exact: true })).toBeVisible();
  }

  // By the keyboard: search, open, and look.
  await expect(streamIs(page, 'Live')).toBeVisible();
  await page.getByRole('textbox', { name: 'Search the reference' }).focus();
  await page.keyboard.type('attach a volume');
  await expect(page.getByRole('region', { name: 'Images', exact: true })).toBeHidden();
  const attach = page.getByRole('button', { name: /^POST .*os-volume_attachments/ });
  await attach.focus();
  await page.keyboard.press('Enter');
  await expect(attach).toHaveAttribute('aria-expanded', 'true');
  await expect(page).toHaveURL(/call=compute\.post/);
  const body = page.getByRole('table', { name: 'Body' });
  await expect(body.getByRole('rowheader', { name: 'volumeAttachment.volumeId' })).toContainText('required');
  await expect(body).toContainText('delete_on_termination');
  const version = page.getByRole('combobox', { name: 'Version of the body' });
  await expect(version.getByRole('option', { selected: true })).toHaveText('from 2.79');
  await version.selectOption({ index: 0 });
  await expect(body).not.toContainText('delete_on_termination');
  await expect(page.getByRole('region', { name: 'curl command' })).toContainText(
    /curl -X POST 'http:[^']*\/compute\/v2\.1\/servers\/<serverId>\/os-volume_attachments'/,
  );

  // The address leads there again; the way back is by the same line.
  await page.reload();
  await expect(attach).toHaveAttribute('aria-expanded', 'true');
  await attach.click();
  await expect(page.getByRole('table', { name: 'Body' })).toBeHidden();
});

test('each action behind one address is found by its name', async ({ enter, page }) => {
  await enter('reader');
  await page.goto(EXTEND);
  const extend = page.getByRole('button', { name: /os-extend Extend a volume/ });
  await expect(extend).toBeVisible();
  await extend.click();
  await expect(page.getByRole('table', { name: 'Body' })).toContainText('os-extend.new_size');
  await page.goto('/reference?q=no-such-call');
  await expect(page.getByRole('main')).toContainText('No calls match');
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(page.getByRole('region', { name: 'Compute', exact: true })).toBeVisible();
});

test('programs get the same as a document, without a token', async ({ page }) => {
  const answer = await page.request.get('/openapi.json');
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Mooring' } });
});

for (const width of [1280, 360]) {
  test(`everybody can read it, ${width} px wide, light and dark`, async ({ enter, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await enter('reader');
    for (const address of ['/reference?api=image', EXTEND, '/reference?q=no-such-call']) {
      await page.goto(address);
      await expect(page.getByRole('status').filter({ hasText: /calls?/ })).toBeVisible();
      if (address === EXTEND) await page.getByRole('button', { name: /os-extend Extend a volume/ }).click();
      if (width === 360) await expectNoSidewaysScroll(page, address);
      await page.emulateMedia({ colorScheme: 'light' });
      await expectAccessible(page, address);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page, `${address}, dark`);
    }
  });
}
