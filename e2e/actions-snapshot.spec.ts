import { makeSnapshot } from '~/db/factories';
import { actionDialog, chooseInRow, chooseOnPage, confirm, pickIn } from './stories/actions';
import { note, row } from './stories/console';
import { expect, test } from './stories/story';

test('a snapshot is made of a volume, renamed, and deleted when its name has been typed', async ({
  cloud,
  enter,
  page,
}) => {
  await cloud.volume('data-1', { pool: 'oracle@oracle1#oracle1' });
  await enter('member');
  await page.goto('/volumes');
  await chooseInRow(page, 'data-1', 'Create snapshot');
  const create = actionDialog(page, 'Create snapshot of data-1');
  await create.getByRole('textbox', { name: 'Name' }).fill('before-upgrade');
  await confirm(create, 'Create snapshot');
  await expect(note(page, 'Creating a snapshot of data-1')).toContainText('Done');

  await page.goto('/snapshots');
  await expect(row(page, 'before-upgrade')).toContainText('available');
  await chooseInRow(page, 'before-upgrade', 'Edit');
  const edit = actionDialog(page, 'Edit before-upgrade?');
  const name = edit.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('before-upgrade');
  await name.fill('before-move');
  await confirm(edit, 'Edit');
  await expect(row(page, 'before-move')).toBeVisible();

  await chooseInRow(page, 'before-move', 'Delete');
  const remove = actionDialog(page, 'Delete before-move?');
  await remove.getByRole('textbox', { name: 'Type before-move to confirm' }).fill('before-move');
  await confirm(remove, 'Delete');
  await expect(note(page, 'Deleting before-move')).toContainText('Done');
  await page.goto('/snapshots');
  await expect(row(page, 'before-move')).toBeHidden();
});

test('a volume goes back to its latest snapshot, and to no other', async ({
  cloud,
  enter,
  page,
  database,
}) => {
  const data = await cloud.volume('data-1');
  const hour = 3_600_000;
  await makeSnapshot(database, data, { name: 'older', createdAt: new Date(Date.now() - hour) });
  await makeSnapshot(database, data, { name: 'latest' });
  await enter('member');
  await page.goto(`/volumes/${data.id}`);
  await chooseOnPage(page, 'data-1', 'Revert to snapshot');
  const revert = actionDialog(page, 'Revert data-1 to a snapshot');
  await pickIn(revert, 'Snapshot', 'older');
  await expect(revert).toContainText('This is not possible');
  await pickIn(revert, 'Snapshot', 'latest');
  await revert.getByRole('textbox', { name: 'Type data-1 to confirm' }).fill('data-1');
  await confirm(revert, 'Revert to snapshot');
  await expect(note(page, 'Reverting data-1')).toContainText('Done');
});
