/**
 * PUT on a volume of a server: what goes with the server, and a swap, by version.
 */
import { describe, expect, it } from 'vitest';
import { makeAttachment, type ServerRecord } from '~/db/factories';
import type { Person } from '~/server/testing/rest';
import { openDiskApi, pathOf, wish } from '~/server/testing/rest-disks';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openDiskApi();
const { until } = here;

const attached = (server: Partial<ServerRecord> = {}) => here.attached({ server });

type Pair = { server: { id: string }; volume: { id: string } };

async function put(
  person: Person,
  microversion: string,
  { server, volume }: Pair,
  volumeId: string,
  more = {},
) {
  const asked = wish(volumeId, more);
  return (await here.cloud.ask(person, 'PUT', pathOf(server, volume), asked, { microversion })).status;
}

async function fateOf({ volume }: Pair): Promise<unknown> {
  const [row] = await here.cloud.runtime.database.sql`
    select delete_on_termination as "goes" from attachments where volume_id = ${volume.id} and deleted_at is null`;
  return row?.goes;
}

describe('with the volume it is about', () => {
  it('is a swap below 2.85: for administrators, and to itself never', async () => {
    const pair = await attached();
    expect(await put('member', '2.84', pair, pair.volume.id)).toBe(403);
    expect(await put('admin', '2.84', pair, pair.volume.id)).toBe(400);
    expect(await put('admin', '2.84', pair, pair.volume.id, { delete_on_termination: true })).toBe(400);
  });

  it('says from 2.85 on whether it goes with the server, in any state and under any lock', async () => {
    const pair = await attached({ vmState: 'error', taskState: 'deleting', lockedBy: 'admin' });
    expect(await put('member', '2.85', pair, pair.volume.id)).toBe(202);
    expect(await fateOf(pair)).toBe(false);
    expect(await put('member', '2.85', pair, pair.volume.id, { delete_on_termination: 'true' })).toBe(202);
    expect(await fateOf(pair)).toBe(true);
  });

  it('takes back what was read, and nothing else', async () => {
    const pair = await attached();
    const { id } = pair.volume;
    const said = {
      id: id.toUpperCase(),
      serverId: pair.server.id,
      device: '/dev/vdb',
      delete_on_termination: true,
    };
    expect(await put('member', '2.85', pair, id, said)).toBe(202);
    const wrong = [
      { id: NOWHERE },
      { serverId: NOWHERE },
      { device: '/dev/vdz' },
      { device: null },
      { tag: 'x' },
    ];
    const malformed = [{ tag: null }, { attachment_id: id }, { bdm_uuid: id }, { delete_on_termination: 1 }];
    for (const more of [...wrong, ...malformed]) {
      expect([
        more,
        await put('member', '2.93', pair, id, { delete_on_termination: false, ...more }),
      ]).toEqual([more, 400]);
    }
    expect(await fateOf(pair)).toBe(true);
  });
});

describe('with another volume', () => {
  it('swaps them: the device stays, the attachment is a new one', async () => {
    const pair = await attached();
    const target = await here.cloud.newVolume();
    const path = pathOf(pair.server);
    const disks = async () =>
      (await here.cloud.ask('member', 'GET', path, undefined, { microversion: '2.93' })).body;
    const before = await disks();
    expect(await put('admin', '2.93', pair, target.id, { delete_on_termination: true })).toBe(202);
    await until(target, 'in-use');
    await until(pair.volume, 'available');
    const [was] = (before as { volumeAttachments: Record<string, unknown>[] }).volumeAttachments;
    expect(await disks()).toEqual({
      volumeAttachments: [
        { ...was, volumeId: target.id, attachment_id: expect.any(String), delete_on_termination: true },
      ],
    });
  });

  it('leaves the disk at its place in the list', async () => {
    const pair = await attached();
    const later = await here.cloud.newVolume();
    await makeAttachment(here.cloud.runtime.database, later, {
      serverId: pair.server.id,
      device: '/dev/vdq',
    });
    const target = await here.cloud.newVolume();
    expect(await put('admin', '2.93', pair, target.id)).toBe(202);
    await until(target, 'in-use');
    const path = pathOf(pair.server);
    const { body } = await here.cloud.ask('member', 'GET', path);
    expect(body).toMatchObject({ volumeAttachments: [{ device: '/dev/vdb' }, { device: '/dev/vdq' }] });
  });

  it('keeps the change that came with a swap that is refused', async () => {
    const pair = await attached({ vmState: 'stopped' });
    const target = await here.cloud.newVolume();
    expect(await put('admin', '2.93', pair, target.id, { delete_on_termination: true })).toBe(409);
    expect(await fateOf(pair)).toBe(true);
    expect(await put('member', '2.93', pair, target.id, { delete_on_termination: false })).toBe(403);
    expect(await fateOf(pair)).toBe(true);
  });

  it.each<[string, number, number]>([
    ['volume that the server does not have', 400, 404],
    ['volume that nobody has', 404, 404],
    ['id that is none', 404, 404],
  ])('from a %s', async (which, old, recent) => {
    const server = await here.cloud.newServer();
    const [loose, target] = [await here.cloud.newVolume(), await here.cloud.newVolume()];
    const id = which.startsWith('volume that the') ? loose.id : which.startsWith('id') ? 'x' : NOWHERE;
    expect(await put('admin', '2.1', { server, volume: { id } }, target.id)).toBe(old);
    expect(await put('admin', '2.85', { server, volume: { id } }, target.id)).toBe(recent);
  });

  it('refuses targets that cannot be, and leaves the volume in use', async () => {
    const pair = await attached();
    const elsewhere = await attached();
    const wrong = [
      NOWHERE,
      elsewhere.volume.id,
      ...(await Promise.all(
        (['error', 'reserved', 'creating', 'deleting'] as const).map((status) =>
          here.cloud.newVolume({ status }),
        ),
      ).then((volumes) => volumes.map(({ id }) => id))),
    ];
    for (const id of wrong) expect(await put('admin', '2.93', pair, id)).toBe(400);
    await until(pair.volume, 'in-use');
  });
});
