/**
 * The volumes of a server over the compute API: shapes by version, pages, and who may.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, type ServerRecord } from '~/db/factories';
import { fault } from '~/server/testing/rest';
import { openDiskApi, pathOf, wish } from '~/server/testing/rest-disks';

const here = openDiskApi();
const { attached, until } = here;

describe('a disk on the wire', () => {
  const V = ['id', 'volumeId', 'serverId', 'device'];
  it.each([
    ['2.1', V],
    ['2.69', V],
    ['2.70', [...V, 'tag']],
    ['2.78', [...V, 'tag']],
    ['2.79', [...V, 'tag', 'delete_on_termination']],
    ['2.88', [...V, 'tag', 'delete_on_termination']],
    ['2.89', [...V.slice(1), 'tag', 'delete_on_termination', 'attachment_id', 'bdm_uuid']],
    ['2.93', [...V.slice(1), 'tag', 'delete_on_termination', 'attachment_id', 'bdm_uuid']],
  ])('has at %s the keys of that version, in lists and alone', async (microversion, keys) => {
    const { server, volume, attachmentId, bdmId } = await attached({
      disk: { tag: 'db', deleteOnTermination: true },
    });
    const whole: Record<string, unknown> = {
      id: volume.id,
      volumeId: volume.id,
      serverId: server.id,
      device: '/dev/vdb',
      tag: 'db',
      delete_on_termination: true,
      attachment_id: attachmentId,
      bdm_uuid: bdmId,
    };
    const shown = Object.fromEntries(keys.map((key) => [key, whole[key]]));
    const list = await here.cloud.ask('reader', 'GET', pathOf(server), undefined, { microversion });
    expect([list.status, list.body]).toEqual([200, { volumeAttachments: [shown] }]);
    const one = await here.cloud.ask('reader', 'GET', pathOf(server, volume), undefined, { microversion });
    expect([one.status, one.body]).toEqual([200, { volumeAttachment: shown }]);
  });

  it('lacks a device it does not have, and is hidden from 2.89 on while storage does not know it', async () => {
    const { server, volume } = await attached({ disk: { device: null, attachStatus: null } });
    const ask = (microversion: string, path: string) =>
      here.cloud.ask('reader', 'GET', path, undefined, { microversion });
    expect((await ask('2.88', pathOf(server))).body).toEqual({
      volumeAttachments: [
        { id: volume.id, volumeId: volume.id, serverId: server.id, tag: null, delete_on_termination: false },
      ],
    });
    expect((await ask('2.89', pathOf(server))).body).toEqual({ volumeAttachments: [] });
    expect(fault(await ask('2.89', pathOf(server, volume)))).toEqual([404, 'itemNotFound']);
  });
});

describe('a page of the list', () => {
  let server: ServerRecord;
  beforeAll(async () => {
    server = await here.cloud.newServer({ imageId: here.cloud.shared.imageId });
    for (const device of ['/dev/vdb', '/dev/vdc', '/dev/vdd', '/dev/vde']) {
      const volume = await here.cloud.newVolume();
      await makeAttachment(here.cloud.runtime.database, volume, { serverId: server.id, device });
    }
  });

  it.each<[string, string[] | 400]>([
    ['', ['b', 'c', 'd', 'e']],
    ['?limit=1', []],
    ['?limit=2', ['b']],
    ['?limit=2&offset=1', ['b', 'c']],
    ['?offset=3', ['d', 'e']],
    ['?offset=4', ['e']],
    ['?offset=99', []],
    ['?limit=0', ['b', 'c', 'd', 'e']],
    ['?limit=99999', ['b', 'c', 'd', 'e']],
    ['?limit=18446744073709551616', ['b', 'c', 'd', 'e']],
    ['?limit=2&limit=1', []],
    ['?limit=-1', 400],
    ['?limit=abc', 400],
    ['?limit=1.5', 400],
    ['?limit=', 400],
    ['?limit=%201', 400],
    ['?offset=-1', 400],
    ['?offset=abc', 400],
  ])('%s counts the root on its image too', async (query, letters) => {
    const { status, body } = await here.cloud.ask('reader', 'GET', `${pathOf(server)}${query}`);
    const devices = Array.isArray(letters)
      ? {
          volumeAttachments: letters.map((letter) => expect.objectContaining({ device: `/dev/vd${letter}` })),
        }
      : { badRequest: { code: 400, message: expect.any(String) } };
    expect([status, body]).toEqual([letters === 400 ? 400 : 200, devices]);
  });

  it.each([
    ['2.74', 200],
    ['2.75', 400],
  ])('with unknown parameters at %s', async (microversion, status) => {
    const told = await here.cloud.ask('reader', 'GET', `${pathOf(server)}?marker=x`, undefined, {
      microversion,
    });
    expect(told.status).toBe(status);
  });
});

it('lists the root that a server was booted from, which has been attached since then', async () => {
  const volume = await here.cloud.newVolume({ bootable: true, projectId: here.cloud.altProject.id });
  const mapping = { boot_index: 0, uuid: volume.id, source_type: 'volume', destination_type: 'volume' };
  const body = {
    server: { name: 's', flavorRef: 'tiny', networks: 'none', block_device_mapping_v2: [mapping] },
  };
  const made = await here.cloud.ask('alt', 'POST', '/compute/v2.1/servers', body, { microversion: '2.60' });
  expect(made.status).toBe(202);
  await until(volume, 'in-use');
  const { body: list } = await here.cloud.ask('alt', 'GET', pathOf({ id: made.textAt('server', 'id') }));
  expect(list).toMatchObject({ volumeAttachments: [{ volumeId: volume.id, device: expect.any(String) }] });
  const [row] = await here.cloud.runtime.database
    .sql`select attached_at from attachments where volume_id = ${volume.id}`;
  expect(row?.attached_at).toBeInstanceOf(Date);
});

describe('who may', () => {
  const strangers = { nobody: 401, expired: 401, forged: 401, roleless: 401, alt: 404 };

  it('list and show', async () => {
    const { server, volume } = await attached();
    const everybody = { ...strangers, reader: 200, member: 200, admin: 200 };
    expect(await here.cloud.askAll('GET', pathOf(server))).toEqual(everybody);
    expect(await here.cloud.askAll('GET', pathOf(server, volume))).toEqual(everybody);
  });

  it('attach: whoever comes second finds it attached', async () => {
    const [server, volume] = [await here.cloud.newServer(), await here.cloud.newVolume()];
    expect(await here.cloud.askAll('POST', pathOf(server), wish(volume.id))).toEqual({
      ...strangers,
      reader: 403,
      member: 200,
      admin: 400,
    });
  });

  it('detach: whoever comes second finds it detaching, or gone', async () => {
    const { server, volume } = await attached();
    const codes = await here.cloud.askAll('DELETE', pathOf(server, volume));
    expect(codes).toMatchObject({ ...strangers, reader: 403, member: 202 });
    expect([400, 404, 409]).toContain(codes.admin);
  });

  it('change whether it goes with the server, and swap', async () => {
    const { server, volume } = await attached();
    const change = wish(volume.id, { delete_on_termination: true });
    const at = (microversion: string) => ({ microversion });
    expect(await here.cloud.askAll('PUT', pathOf(server, volume), change, at('2.85'))).toEqual({
      ...strangers,
      reader: 403,
      member: 202,
      admin: 202,
    });
    const target = await here.cloud.newVolume();
    expect(await here.cloud.askAll('PUT', pathOf(server, volume), wish(target.id), at('2.84'))).toEqual({
      ...strangers,
      reader: 403,
      member: 403,
      admin: 202,
    });
    await until(target, 'in-use');
  });

  it('attach the volume of another project', async () => {
    const server = await here.cloud.newServer();
    const volume = await here.cloud.newVolume({ projectId: here.cloud.altProject.id });
    expect((await here.cloud.ask('member', 'POST', pathOf(server), wish(volume.id))).status).toBe(404);
    expect((await here.cloud.ask('admin', 'POST', pathOf(server), wish(volume.id))).status).toBe(200);
  });
});
