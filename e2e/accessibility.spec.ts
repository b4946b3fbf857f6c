import type { Page } from '@playwright/test';
import { makeSnapshot, makeVolumeType } from '~/db/factories';
import { planFault } from './stories/api';
import { expectAccessible, expectNoSidewaysScroll, expectReadable } from './stories/audit';
import { type Cloud, uniqueName } from './stories/cloud';
import { attachDialog, note, row, streamIs, submit } from './stories/console';
import { expect, test } from './stories/story';

test.use({ expectedErrors: /status of 404/, reducedMotion: 'reduce' });

/** A project with something of everything that looks different. */
async function furnish(cloud: Cloud) {
  const web = await cloud.server('web-1', { metadata: { role: 'front' }, tags: ['blue'], lockedBy: 'admin' });
  const broken = await cloud.server('broken-1', {
    vmState: 'error',
    fault: { code: 500, message: 'No valid host was found.', created: new Date().toISOString() },
  });
  await cloud.server('busy-1', { taskState: 'rebooting' });
  const free = await cloud.server('free-1');
  const [data, disk] = [await cloud.volume('data-1'), await cloud.volume('disk-1', { readonly: true })];
  const attachment = await cloud.attached(disk, web, { mode: 'ro' });
  const shared = await cloud.volume('shared-1', { multiattach: true, bootable: true });
  await cloud.attached(shared, web, { device: '/dev/vdc', attachStatus: 'attaching' });
  const lost = await cloud.attached(await cloud.volume('lost-1'), web, { serverId: null, device: null });
  await cloud.volume('broken-2', { status: 'error_extending' });
  const snapshot = await makeSnapshot(cloud.database, data, { status: 'creating', progress: 40 });
  const type = await makeVolumeType(cloud.database, { name: uniqueName('closed'), public: false }, [
    cloud.project,
  ]);
  const slow = await cloud.volume('slow-1', {
    status: 'extending',
    statusSince: new Date(Date.now() - 3_600_000),
  });
  return { web, free, data, disk, shared, attachment, lost, snapshot, type, broken, slow };
}

for (const width of [1280, 360]) {
  test.describe(`${width} px wide, light and dark`, () => {
    test.use({ viewport: { width, height: 800 } });

    async function audit(page: Page, where: string): Promise<void> {
      if (width === 360) await expectNoSidewaysScroll(page, where);
      await page.emulateMedia({ colorScheme: 'light' });
      await expectAccessible(page, where);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page, `${where}, dark`);
    }

    test('pages', async ({ cloud, enter, page }) => {
      test.slow();
      await page.goto('/login');
      await audit(page, 'login');
      const { web, data, disk, attachment, lost, snapshot, type } = await furnish(cloud);
      await enter('admin');
      await planFault(cloud, data.id, 'attachDevice', 'The array is out of sessions');
      await page.goto(`/volumes?dialog=attach&server=${web.id}&volume=${data.id}`);
      await submit(attachDialog(page), 'Attach');
      const failure = note(page, 'Attaching data-1 to web-1');
      await expect(failure).toContainText('Failed');
      await audit(page, 'note of a failure');
      const operation = await failure.getByRole('link', { name: 'What happened' }).getAttribute('href');
      const addresses = [
        ...['/servers', '/volumes', '/attachments', '/operations', '/simulator', '/nothing'],
        ...['', '?tab=attachments', '?tab=timeline', '?tab=raw'].map((tab) => `/servers/${web.id}${tab}`),
        ...['', '?tab=timeline'].map((tab) => `/volumes/${disk.id}${tab}`),
        ...[`/attachments/${attachment.id}`, `/attachments/${lost.id}`],
        ...[operation ?? '', '/volumes?all=true', '/volumes?q=nothing-like-it'],
        ...['/snapshots', `/snapshots/${snapshot.id}`, '/volume-types', `/volume-types/${type.id}`],
        ...['/images', '/flavors', '/hosts', '/hosts/pools', '/hosts/services'],
        ...['/quotas', '/quotas?all=true', `/quotas/${cloud.project.id}`],
      ];
      for (const address of addresses) {
        await page.goto(address);
        await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
        await audit(page, address);
      }
    });

    test('what is wrong with things, and what explains them', async ({ cloud, enter, page }) => {
      const { broken, slow } = await furnish(cloud);
      await enter('admin');
      for (const address of ['/policy', '/states', `/volumes/${slow.id}`, `/servers/${broken.id}`]) {
        await page.goto(address);
        // What scrolls takes the focus only once the page runs.
        await expect(streamIs(page, 'Live').first()).toBeVisible();
        await audit(page, address);
      }
    });

    test('what opens on them', async ({ cloud, enter, page }) => {
      test.slow();
      const { web, free, data, disk, shared, attachment, lost, snapshot, type } = await furnish(cloud);
      const { name } = await enter('member');
      for (const address of [
        `/servers?peek=${web.id}`,
        `/volumes?peek=${shared.id}`,
        `/attachments?peek=${attachment.id}`,
        `/attachments?peek=${lost.id}`,
        `/snapshots?peek=${snapshot.id}`,
        `/volume-types?peek=${type.id}`,
        '/servers?dialog=attach',
        `/servers?dialog=attach&server=${free.id}`,
        `/servers?dialog=attach&server=${free.id}&volume=${data.id}`,
        `/servers?dialog=attach&server=${free.id}&volume=${shared.id}`,
        `/servers?dialog=attach&server=${web.id}&volume=${disk.id}&device=vdb&tag=logs`,
        `/volumes?detach=${web.id}~${disk.id}`,
      ]) {
        await page.goto(address);
        await expect(page.getByRole('dialog')).toBeVisible();
        await expect(page.getByRole('dialog')).not.toContainText(/Asking the rules|Searching/);
        await audit(page, address);
      }

      await page.goto('/volumes');
      await page.getByRole('button', { name: 'More for data-1' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await audit(page, 'menu of a row');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Status', expanded: false }).click();
      await audit(page, 'choices of a filter');
      await page.keyboard.press('Escape');
      // It gives the focus back when it has closed; moving on before would lose it again.
      await expect(page.getByRole('button', { name: 'Status', expanded: false })).toBeFocused();
      await row(page, 'disk-1').getByRole('button', { name: 'Attach disk-1' }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Why not: Attach disk-1' })).toBeVisible();
      await audit(page, 'reasons of a refusal');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await audit(page, 'keyboard shortcuts');
      await page.keyboard.press('Escape');

      const inRail = [`Project: ${cloud.project.name}`, `Account: ${name}`, 'Theme'];
      for (const button of inRail) {
        if (width === 360 && button === inRail[0]) {
          await page.getByRole('button', { name: 'Navigation' }).click();
          await audit(page, 'navigation');
        }
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        await audit(page, button);
        await page.keyboard.press('Escape');
      }
    });
  });
}
