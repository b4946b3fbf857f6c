import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { makeHost, makeSnapshot, makeVolumeType } from '~/db/factories';
import { flavors, images, services } from '~/db/schema/compute';
import { quotas } from '~/db/schema/identity';
import { pools, snapshots } from '~/db/schema/volume';
import { uniqueName } from './stories/cloud';
import { row, streamIs } from './stories/console';
import { expect, test } from './stories/story';

test.use({ expectedErrors: /status of 404|net::ERR_FAILED/ });

function main(page: Page) {
  return page.getByRole('main');
}

test.describe('snapshots', () => {
  test('are listed, filtered, sorted, and looked at one by one', async ({ cloud, enter, page }) => {
    const [data, logs] = [await cloud.volume('data-1'), await cloud.volume('logs-1')];
    await makeSnapshot(cloud.database, data, { name: 'nightly-1', sizeGib: 9, metadata: { by: 'cron' } });
    await makeSnapshot(cloud.database, data, { name: 'nightly-2', sizeGib: 3, status: 'error' });
    await makeSnapshot(cloud.database, logs, {
      name: 'before-upgrade',
      status: 'creating',
      progress: 40,
      sizeGib: 5,
    });
    await enter('member');
    await page.goto('/servers');
    await page.getByRole('link', { name: 'Snapshots' }).click();
    await expect(row(page, 'before-upgrade')).toContainText('creating40 %');
    await expect(row(page, 'nightly-1')).toContainText('data-1');

    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
    await expect(page.getByRole('rowheader')).toHaveText(['nightly-2', 'before-upgrade', 'nightly-1']);
    await expect(page).toHaveURL(/sort=size/);
    await page.getByRole('button', { name: 'Status', expanded: false }).click();
    await page.getByRole('checkbox', { name: /^error/ }).check();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('rowheader')).toHaveText(['nightly-2']);
    await page.reload();
    await expect(page.getByRole('rowheader')).toHaveText(['nightly-2']);
    await page.getByRole('button', { name: 'Remove filter Status' }).click();

    await row(page, 'nightly-1').getByRole('link', { name: 'nightly-1' }).click();
    const drawer = page.getByRole('dialog', { name: 'nightly-1' });
    await expect(drawer.getByRole('region', { name: 'Metadata' })).toContainText('cron');
    await drawer.getByRole('link', { name: 'Open page' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'nightly-1' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Actions on nightly-1' })).toBeVisible();
    await main(page).getByRole('link', { name: 'data-1' }).click();

    // From the volume back to its snapshots, and from those to all.
    await expect(page.getByRole('heading', { level: 1, name: 'data-1' })).toBeVisible();
    await main(page).getByRole('link', { name: '2', exact: true }).click();
    await expect(page.getByRole('rowheader')).toHaveCount(2);
    await page.getByRole('button', { name: 'Volume: data-1' }).click();
    await expect(page.getByRole('rowheader')).toHaveCount(3);
  });

  test('of another project lead nowhere, and a project without says so', async ({ cloud, enter, page }) => {
    const [demo] = await cloud.database.orm.select().from(snapshots).limit(1);
    await enter('member');
    expect((await page.goto(`/snapshots/${demo?.id}`))?.status()).toBe(404);
    await page.goto('/snapshots');
    await expect(main(page)).toContainText('No snapshots yet');
    await page.goto('/snapshots?q=nothing');
    await expect(main(page)).toContainText('No snapshots match');
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await expect(page).toHaveURL('/snapshots');
  });
});

test.describe('volume types', () => {
  test('show what anybody may know, and all of it to administrators', async ({
    anotherBrowser,
    cloud,
    enter,
    page,
  }) => {
    const shared = await makeVolumeType(cloud.database, {
      name: uniqueName('kind'),
      description: 'For clusters',
      extraSpecs: { multiattach: '<is> True', volume_backend_name: 'secret-array' },
    });
    const closed = await makeVolumeType(cloud.database, { name: uniqueName('kind'), public: false });
    const granted = await makeVolumeType(cloud.database, { name: uniqueName('kind'), public: false }, [
      cloud.project,
    ]);

    await enter('member');
    await page.goto('/volume-types');
    await expect(row(page, shared.name)).toContainText('For clusters');
    await expect(row(page, granted.name)).toContainText('some projects');
    await expect(row(page, closed.name)).toHaveCount(0);
    await expect(main(page)).not.toContainText('secret-array');
    await expect(page.getByRole('button', { name: 'Create volume type' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Multiattach', exact: true }).click();
    await expect(row(page, granted.name)).toHaveCount(0);
    await expect(row(page, shared.name)).toBeVisible();

    const other = await anotherBrowser();
    await enter('admin', other.context);
    await other.page.goto(`/volume-types/${granted.id}`);
    await expect(other.page.getByRole('region', { name: 'Access' })).toContainText(cloud.project.name);
    await other.page.goto(`/volume-types?peek=${shared.id}`);
    const drawer = other.page.getByRole('dialog', { name: shared.name });
    await expect(drawer.getByRole('region', { name: 'Extra specs' })).toContainText('secret-array');
  });

  test('that cannot be read say so, with the way to try again', async ({ cloud, enter, page }) => {
    const { name } = await makeVolumeType(cloud.database, { name: uniqueName('kind') });
    await enter('member');
    await page.goto('/volume-types');
    await expect(row(page, name)).toBeVisible();
    await page.route('**/api/trpc/volumeTypes.list*', (route) => route.abort());
    await page.getByRole('textbox', { name: 'Search volume types' }).fill(name);
    const alert = page.getByRole('alert').filter({ hasText: 'volume types could not be read' });
    await expect(alert).toBeVisible();
    await page.unroute('**/api/trpc/volumeTypes.list*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('rowheader')).toHaveText([name]);
  });
});

test.describe('hosts, pools and services', () => {
  test('are for administrators, and say so to others', async ({ enter, page }) => {
    await enter('member');
    await page.goto('/servers');
    await expect(page.getByRole('link', { name: 'Quotas' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Hosts' })).toHaveCount(0);
    for (const address of ['/hosts', '/hosts/pools', '/hosts/services']) {
      await page.goto(address);
      await expect(main(page)).toContainText('not for you to see');
      await expect(main(page)).toContainText('role admin');
    }
  });

  test('show what runs where, and how full it is', async ({ cloud, enter, page }) => {
    const { database, host } = cloud;
    await cloud.server('web-1');
    const [down, backend] = [uniqueName('cmp'), `${uniqueName('array')}@fast`];
    await makeHost(database, { name: down, up: false });
    await database.orm.insert(services).values({
      binary: 'cinder-volume',
      host: backend,
      zone: 'nova',
      enabled: false,
      disabledReason: 'disk swap',
    });
    await database.orm.insert(pools).values({
      name: `${backend}#gold`,
      totalGib: 200,
      freeGib: 20,
      capabilities: { storage_protocol: 'iSCSI' },
    });
    await cloud.volume('data-1', { pool: `${backend}#gold`, sizeGib: 7 });

    await enter('admin');
    await page.goto('/hosts');
    await expect(row(page, down)).toContainText('down');
    await row(page, host.name).getByRole('link', { name: '1', exact: true }).click();
    await expect(page).toHaveURL(/\/servers\?all=true&host=/);
    await expect(row(page, 'web-1')).toBeVisible();

    await page.goto('/hosts');
    await main(page).getByRole('link', { name: 'Storage pools' }).click();
    const pool = row(page, `${backend}#gold`);
    await expect(pool.getByRole('meter')).toHaveAttribute('value', '180');
    await expect(pool).toContainText('90 %');
    await expect(pool).toContainText('disabled');
    await pool.getByRole('link').click();
    await expect(page.getByRole('dialog')).toContainText('iSCSI');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();

    await main(page).getByRole('link', { name: 'Services' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Services' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Search services' }).fill(backend);
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    await expect(row(page, 'cinder-volume')).toContainText('disk swap');
  });
});

test.describe('images and flavors', () => {
  test('are found, and looked at by the keyboard alone', async ({ cloud, enter, page }) => {
    const [name, foreign] = [uniqueName('base'), uniqueName('base')];
    const image = { status: 'active', diskFormat: 'qcow2', sizeBytes: 3 * 1024 ** 3 };
    await cloud.database.orm.insert(images).values([
      { ...image, id: randomUUID(), name, owner: cloud.project.id, visibility: 'private' },
      { ...image, id: randomUUID(), name: foreign, owner: 'somebody', visibility: 'private' },
    ]);
    await enter('member');
    await page.goto('/images');
    await expect(row(page, name)).toContainText('3 GiB');
    await expect(row(page, foreign)).toHaveCount(0);
    await expect(streamIs(page, 'Live')).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(name);
    await expect(page.getByRole('rowheader')).toHaveText([name]);
    await row(page, name).getByRole('link', { name }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name })).toContainText('qcow2');
    await page.keyboard.press('Escape');
    await expect(row(page, name).getByRole('link', { name })).toBeFocused();
    await page.getByRole('button', { name: 'Visibility', expanded: false }).click();
    await page.getByRole('checkbox', { name: 'public' }).check();
    await page.keyboard.press('Escape');
    await expect(main(page)).toContainText('No images match');
  });

  test('of a flavor, its page tells what a server gets', async ({ cloud, enter, page }) => {
    const [small, large] = [uniqueName('s1'), uniqueName('l1')];
    const flavor = { vcpus: 1, diskGib: 10, extraSpecs: { 'hw:cpu_policy': 'dedicated' } };
    await cloud.database.orm.insert(flavors).values([
      { ...flavor, id: large, name: large, ramMib: 9216 },
      { ...flavor, id: small, name: small, ramMib: 512 },
    ]);
    await enter('member');
    await page.goto('/flavors');
    await expect(row(page, small)).toContainText('512 MiB');
    await expect(row(page, large)).toContainText('9 GiB');
    await page.getByRole('columnheader', { name: 'Memory' }).getByRole('button').click();
    const names = await page.getByRole('rowheader').allInnerTexts();
    expect(names.indexOf(large)).toBeLessThan(names.indexOf(small));
    await page.goto(`/flavors/${large}`);
    await expect(page.getByRole('region', { name: 'Extra specs' })).toContainText('dedicated');
    await page.getByRole('tab', { name: 'Raw' }).click();
    await expect(page).toHaveURL(/tab=raw/);
    await expect(page.getByRole('tabpanel', { name: 'Raw' })).toContainText('"ramMib": 9216');
  });
});

test.describe('quotas', () => {
  test('tell a project what is left', async ({ cloud, enter, page }) => {
    for (const name of ['a', 'b', 'c']) await cloud.volume(name, { sizeGib: 5 });
    await cloud.database.orm.insert(quotas).values([
      { projectId: cloud.project.id, service: 'volume', resource: 'volumes', limit: 4 },
      { projectId: cloud.project.id, service: 'volume', resource: 'gigabytes', limit: -1 },
    ]);
    await enter('member');
    await page.goto('/quotas');
    await expect(page.getByRole('meter', { name: 'Volumes' })).toHaveText('3 used, limit 4');
    await expect(main(page)).toContainText('3 of 4');
    await expect(main(page)).toContainText('15 GiB, no limit');
    await expect(page.getByRole('meter', { name: 'Servers' })).toHaveText('0 used, limit 10');
  });

  test('of all projects are for administrators', async ({ anotherBrowser, cloud, enter, page }) => {
    await cloud.volume('a');
    await enter('member');
    await page.goto('/quotas?all=true');
    await expect(main(page)).toContainText(`What project ${cloud.project.name} may have`);
    const own = await page.goto(`/quotas/${cloud.project.id}`);
    expect(own?.status()).toBe(200);

    const other = await anotherBrowser();
    await enter('admin', other.context);
    await other.page.goto(`/quotas?all=true&q=${cloud.project.name}`);
    await expect(row(other.page, cloud.project.name)).toContainText('1 of 10');
    await row(other.page, cloud.project.name).getByRole('link').click();
    const drawer = other.page.getByRole('dialog', { name: cloud.project.name });
    await expect(drawer.getByRole('meter', { name: 'Volumes' })).toHaveText('1 used, limit 10');
    await drawer.getByRole('link', { name: 'Open page' }).click();
    await expect(
      other.page.getByRole('heading', { level: 1, name: `Quota of ${cloud.project.name}` }),
    ).toBeVisible();
    await other.page.getByRole('button', { name: `Actions on ${cloud.project.name}` }).click();
    await expect(other.page.getByRole('menuitem', { name: 'Change quota…' })).toBeEnabled();
  });
});
