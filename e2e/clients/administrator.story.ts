import { describe, expect, test } from 'vitest';
import { openstack, properties, shown, volumeIs, volumeIsGone, withOpenrc } from './shell';

const admin = 'mooring-admin';

async function makeVolumes(...names: string[]): Promise<string[]> {
  const made = await Promise.all(names.map((name) => withOpenrc(admin, `cinder create --name ${name} 1`)));
  await Promise.all(names.map((name) => volumeIs(admin, name, 'available')));
  return made.map((table) => properties(table).id ?? '');
}

describe('cinder, and an administrator', () => {
  test('a disk is swapped under a running server', async () => {
    const [[old, fresh]] = await Promise.all([
      makeVolumes('worn-1', 'fresh-1'),
      shown(admin, 'server create --flavor m1.tiny --image tiny --wait dock-1'),
    ]);
    await withOpenrc(admin, `nova volume-attach dock-1 ${old}`);
    await volumeIs(admin, 'worn-1', 'in-use');
    await withOpenrc(admin, `nova volume-update dock-1 ${old} ${fresh}`);
    await volumeIs(admin, 'fresh-1', 'in-use');
    await volumeIs(admin, 'worn-1', 'available');
    const [heading = [], row = []] = await withOpenrc(admin, 'nova volume-attachments dock-1');
    expect(row[heading.indexOf('VOLUME ID')]).toBe(fresh);
    expect(row[heading.indexOf('DEVICE')]).toBe('/dev/vdb');
    await withOpenrc(admin, `nova volume-detach dock-1 ${fresh}`);
    await volumeIs(admin, 'fresh-1', 'available');
  });

  test('an attachment is made, connected, completed and deleted', async () => {
    const [volume = ''] = await makeVolumes('hand-made-2');
    const attachments = 'cinder --os-volume-api-version 3.54 attachment';
    const made = properties(
      await withOpenrc(admin, `${attachments}-create ${volume} 6a8c4f5e-9f7b-4f65-9d0c-0d8a6f0c3b11`),
    );
    expect(made).toMatchObject({ status: 'reserved', volume_id: volume });
    const connector = '--initiator iqn.2004-10.com.example:01:dock --ip 192.0.2.8 --host dock';
    const set = properties(await withOpenrc(admin, `${attachments}-update ${connector} ${made.id}`));
    expect(set).toMatchObject({ id: made.id, status: 'attaching', driver_volume_type: 'iscsi' });
    await withOpenrc(admin, `${attachments}-complete ${made.id}`);
    await volumeIs(admin, 'hand-made-2', 'in-use');
    expect(await withOpenrc(admin, `${attachments}-list --volume-id ${volume}`)).toContainEqual(
      expect.arrayContaining([made.id, volume, 'attached']),
    );
    await withOpenrc(admin, `${attachments}-delete ${made.id}`);
    await volumeIs(admin, 'hand-made-2', 'available');
    await withOpenrc(admin, 'cinder delete hand-made-2');
    await volumeIsGone(admin, 'hand-made-2');
  });

  test('a state is reset, a volume moved to another backend and to another type', async () => {
    const [volume = ''] = await makeVolumes('drifting-1');
    await withOpenrc(admin, 'cinder reset-state --state error --attach-status detached drifting-1');
    await volumeIs(admin, 'drifting-1', 'error');
    await openstack(admin, 'volume set --state available drifting-1');
    await volumeIs(admin, 'drifting-1', 'available');

    const host = async () =>
      properties(await withOpenrc(admin, `cinder show ${volume}`))['os-vol-host-attr:host'];
    const target = (await host()) === 'oracle@oracle2#oracle2' ? 'oracle1' : 'oracle2';
    await withOpenrc(admin, `cinder migrate drifting-1 oracle@${target}#${target}`);
    await expect.poll(host, { timeout: 60_000 }).toBe(`oracle@${target}#${target}`);
    await volumeIs(admin, 'drifting-1', 'available');

    await withOpenrc(admin, 'cinder retype --migration-policy on-demand drifting-1 archive');
    const type = async () => properties(await withOpenrc(admin, `cinder show ${volume}`)).volume_type;
    await expect.poll(type, { timeout: 60_000 }).toBe('archive');
    await volumeIs(admin, 'drifting-1', 'available');

    await withOpenrc(admin, 'cinder extend drifting-1 2');
    await expect
      .poll(() => openstack(admin, 'volume show drifting-1 -f value -c size -c status'), { timeout: 60_000 })
      .toBe('2\navailable');
    await withOpenrc(admin, 'cinder force-delete drifting-1');
    await volumeIsGone(admin, 'drifting-1');
  });
});
