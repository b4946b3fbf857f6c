import { describe, expect, test } from 'vitest';
import { listed, openstack, shown, volumeIs, volumeIsGone } from './shell';

const demo = 'mooring';

async function makeServer(name: string): Promise<string> {
  const made = await shown(demo, `server create --flavor m1.tiny --image tiny --wait ${name}`);
  expect(made).toMatchObject({ name, status: 'ACTIVE' });
  return String(made.id);
}

async function makeVolume(name: string, options = ''): Promise<string> {
  const made = await shown(demo, `volume create --size 1${options} ${name}`);
  expect(made).toMatchObject({ name, size: 1, status: 'creating' });
  await volumeIs(demo, name, 'available');
  return String(made.id);
}

describe('openstack', () => {
  test('a volume is attached, grows while in use, and goes with its server', async () => {
    const [server, volume] = await Promise.all([makeServer('quay-1'), makeVolume('cargo-1')]);
    const attached = await shown(
      demo,
      '--os-compute-api-version 2.89 server add volume --tag cargo --enable-delete-on-termination quay-1 cargo-1',
    );
    expect(attached).toMatchObject({ 'Server ID': server, 'Volume ID': volume, Tag: 'cargo' });
    expect(attached['Delete On Termination']).toBe(true);
    await volumeIs(demo, 'cargo-1', 'in-use');

    const [disk, ...others] = await listed(demo, '--os-compute-api-version 2.89 server volume list quay-1');
    expect(others).toEqual([]);
    expect(disk).toMatchObject({
      Device: '/dev/vdb',
      'Server ID': server,
      'Volume ID': volume,
      Tag: 'cargo',
      'Delete On Termination?': true,
    });
    const volumeNow = await shown(demo, 'volume show cargo-1');
    expect(volumeNow.attachments).toMatchObject([
      { server_id: server, volume_id: volume, device: '/dev/vdb' },
    ]);
    expect(await openstack(demo, 'volume list --name cargo-1')).toContain('Attached to quay-1 on /dev/vdb');

    await openstack(demo, '--os-volume-api-version 3.42 volume set --size 3 cargo-1');
    await expect
      .poll(() => openstack(demo, 'volume show cargo-1 -f value -c size -c status'), { timeout: 60_000 })
      .toBe('3\nin-use');

    await openstack(demo, 'server delete --wait quay-1');
    await volumeIsGone(demo, 'cargo-1');
  });

  test('a volume is shared by two servers and given back by both', async () => {
    const [one, two, volume] = await Promise.all([
      makeServer('quay-2'),
      makeServer('quay-3'),
      makeVolume('shared-1', ' --type multiattach'),
    ]);
    for (const server of ['quay-2', 'quay-3']) {
      await openstack(demo, `--os-compute-api-version 2.60 server add volume ${server} shared-1`);
      await volumeIs(demo, 'shared-1', 'in-use');
    }
    const volumeNow = await shown(demo, 'volume show shared-1');
    expect(volumeNow).toMatchObject({ multiattach: true, type: 'multiattach' });
    expect(volumeNow.attachments).toHaveLength(2);
    expect(volumeNow.attachments).toEqual(
      expect.arrayContaining(
        [one, two].map((id) => expect.objectContaining({ server_id: id, volume_id: volume })),
      ),
    );
    await expect(openstack(demo, 'volume delete shared-1')).rejects.toThrow(/HTTP 400/);
    await openstack(demo, 'server remove volume quay-2 shared-1');
    await expect.poll(() => listed(demo, 'server volume list quay-2'), { timeout: 60_000 }).toHaveLength(0);
    expect(await listed(demo, 'server volume list quay-3')).toHaveLength(1);
    await openstack(demo, 'server remove volume quay-3 shared-1');
    await volumeIs(demo, 'shared-1', 'available');
    await openstack(demo, 'volume delete shared-1');
    await volumeIsGone(demo, 'shared-1');
  });

  test('an attachment is reserved, connected, completed and deleted', async () => {
    await Promise.all([makeServer('quay-4'), makeVolume('hand-made-1')]);
    const volumes = '--os-volume-api-version 3.54 volume';
    const made = await shown(demo, `${volumes} attachment create hand-made-1 quay-4`);
    expect(made.Status).toBe('reserved');
    await volumeIs(demo, 'hand-made-1', 'reserved');
    const set = await shown(
      demo,
      `${volumes} attachment set --initiator iqn.2004-10.com.example:01:quay --ip 192.0.2.7 --host quay --mountpoint /dev/vdb ${made.ID}`,
    );
    expect(set).toMatchObject({ ID: made.ID, 'Volume ID': made['Volume ID'], Properties: expect.anything() });
    await openstack(demo, `${volumes} attachment complete ${made.ID}`);
    await volumeIs(demo, 'hand-made-1', 'in-use');
    const [only] = await listed(demo, `${volumes} attachment list --volume-id ${made['Volume ID']}`);
    expect(only).toMatchObject({ ID: made.ID, Status: 'attached' });
    await openstack(demo, `${volumes} attachment delete ${made.ID}`);
    await volumeIs(demo, 'hand-made-1', 'available');
  });
});
