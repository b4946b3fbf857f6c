/**
 * Servers leave their host and come to another: shelved, resized.
 */
import { describe, expect, it } from 'vitest';
import { bootedFrom, HOSTS, openServers } from '~/server/testing/server-scene';

const { disks, scene, serverRow, volumeRow } = openServers();

describe('shelving', () => {
  it('holds its volume without a connection, and unshelving connects it again', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const [before] = await disks(id);
    await here.does('server.shelve', id);
    expect(await serverRow(id)).toMatchObject({ status: 'SHELVED_OFFLOADED', host: null, taskState: null });
    const [held] = await disks(id);
    expect(held).toMatchObject({
      attachStatus: 'reserved',
      device: '/dev/vda',
      bdmId: before?.bdmId,
      connector: null,
    });
    expect(held?.id).not.toBe(before?.id);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'reserved' });
    expect(here.model.exported.size).toBe(0);

    await here.does('server.unshelve', id);
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', taskState: null });
    expect(HOSTS).toContain((await serverRow(id)).host);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
    expect([...here.model.exported]).toEqual([held?.id]);
  });

  it('an unshelve that storage does not follow leaves it as it was', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    await here.does('server.shelve', id);
    here.model.plan({ call: 'initializeConnection', moment: 'after', kind: 'fails' });
    expect((await here.does('server.unshelve', id)).outcome).toBe('failed');
    expect(await serverRow(id)).toMatchObject({ status: 'SHELVED_OFFLOADED', host: null, taskState: null });
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'reserved' });
    expect(here.model.exported.size).toBe(0);
  });
});

describe('a resize', () => {
  it('takes its volume along; reverted, it is where it was', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const { host } = await serverRow(id);
    await here.does('server.resize', id, { flavor: '2' });
    const moved = await serverRow(id);
    expect(moved).toMatchObject({ status: 'VERIFY_RESIZE', flavorId: '2', taskState: null });
    expect(moved.host).not.toBe(host);
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached', attachedHost: moved.host }]);

    await here.does('server.revert-resize', id);
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', flavorId: '1', host, former: null });
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached', attachedHost: host }]);
    expect(await volumeRow(volumeId)).toMatchObject({ status: 'in-use' });
    expect(here.model.exported.size).toBe(1);
  });

  it('that is confirmed stays', async () => {
    const here = await scene();
    const id = await bootedFrom(await here.volume(), here);
    await here.does('server.resize', id, { flavor: '2' });
    await here.does('server.confirm-resize', id);
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', flavorId: '2', former: null });
  });

  it('that cannot arrive goes back', async () => {
    const here = await scene();
    const volumeId = await here.volume();
    const id = await bootedFrom(volumeId, here);
    const { host } = await serverRow(id);
    here.model.plan({ call: 'resize', moment: 'before', kind: 'fails' });
    expect((await here.does('server.resize', id, { flavor: '2' })).outcome).toBe('failed');
    expect(await serverRow(id)).toMatchObject({ status: 'ACTIVE', flavorId: '1', host, former: null });
    expect(await disks(id)).toMatchObject([{ attachStatus: 'attached', attachedHost: host }]);
  });
});
