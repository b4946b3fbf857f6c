import { planFault } from './stories/api';
import { attachDialog, attachmentOf, detachDialog, note, pick, submit } from './stories/console';
import { expect, test } from './stories/story';

test('a backend that refuses puts everything back, and the reason is where one looks', async ({
  cloud,
  enter,
  page,
}) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  await enter('admin');
  await page.goto('/simulator');
  await page.getByRole('combobox', { name: 'Driver call' }).selectOption('attachDevice');
  await page.getByRole('textbox', { name: 'What the backend says' }).fill('The array is out of sessions');
  await page.getByRole('button', { name: 'Change volume' }).click();
  await page.getByRole('combobox', { name: 'Volume' }).fill(data.id);
  await page.getByRole('option', { name: 'data-1' }).click();
  await page.getByRole('button', { name: 'Plan fault' }).click();
  const planned = page.getByRole('table', { name: 'Planned faults' }).getByRole('row');
  await expect(planned.filter({ hasText: data.id.slice(0, 8) })).toContainText(
    'The array is out of sessions',
  );

  await page.goto(`/volumes/${data.id}`);
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const dialog = attachDialog(page);
  await pick(dialog, 'Server', 'web-1');
  await submit(dialog, 'Attach');

  const failure = note(page, 'Attaching data-1 to web-1');
  await expect(failure).toContainText('Failed:');
  await expect(failure).toContainText('The array is out of sessions');
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('available');
  await expect(page.getByRole('region', { name: 'Attachments' })).toContainText('Attached to no server');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toContainText([
    /Attach data-1 to web-1 failed.*The array is out of sessions/,
  ]);

  await failure.getByRole('link', { name: 'What happened' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Attach data-1 to web-1' })).toBeVisible();
  const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
  await expect(steps.filter({ hasText: 'complete failed' })).toContainText('The array is out of sessions');
  await expect(steps.last()).toContainText('roll-back succeeded');
  await expect(page.getByRole('region', { name: 'What it changed' })).toContainText(/available.*the same/);
  await page.goto(`/servers/${web.id}`);
  await expect(page.getByRole('region', { name: 'Attachments' })).toContainText('No volume is attached');
});

test('a guest that does not let go keeps its disk', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  await cloud.attached(data, web);
  await planFault(cloud, data.id, 'detachDevice', 'The guest holds on to the disk');
  await enter('member');
  await page.goto(`/servers/${web.id}`);
  await attachmentOf(page, 'data-1').getByRole('button', { name: 'Detach data-1' }).click();
  await submit(detachDialog(page, 'data-1'), 'Detach');
  await expect(note(page, 'Detaching data-1 from web-1')).toContainText('The guest holds on to the disk');
  await expect(attachmentOf(page, 'data-1')).toContainText('attached');
  await expect(attachmentOf(page, 'data-1').getByRole('button', { name: 'Detach data-1' })).toBeEnabled();
});

test('a fault that may pass is outlived', async ({ cloud, enter, page }) => {
  const web = await cloud.server('web-1');
  const data = await cloud.volume('data-1');
  await planFault(cloud, data.id, 'getConnector', 'The host is busy', { retryable: true });
  await enter('member');
  await page.goto(`/servers/${web.id}?dialog=attach&server=${web.id}&volume=${data.id}`);
  await submit(attachDialog(page), 'Attach');
  await expect(note(page, 'Attaching data-1 to web-1')).toContainText('Done');
  await expect(attachmentOf(page, 'data-1')).toContainText('attached');
});
