/**
 * The volumes of a server over the compute API: shapes by version, order of checks, codes, and who may.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, type ServerRecord, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type RestCloud, type Told } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

const NOWHERE = '00000000-0000-0000-0000-000000000404';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const pathOf = (server: Pick<ServerRecord, 'id'>, volume?: Pick<VolumeRecord, 'id'>) =>
  `/compute/v2.1/servers/${server.id}/os-volume_attachments${volume === undefined ? '' : `/${volume.id}`}`;

const wish = (volumeId: string, more: object = {}) => ({ volumeAttachment: { volumeId, ...more } });

const fault = ({ status, body }: Told) => [status, Object.keys(body as object)[0]];

/** A server with a volume, as if it had been there for long. */
async function attached(
  given: { server?: Partial<ServerRecord>; volume?: Partial<VolumeRecord>; disk?: object } = {},
): Promise<{ server: ServerRecord; volume: VolumeRecord; attachmentId: string; bdmId: string | null }> {
  const server = await cloud.newServer({ imageId: cloud.shared.imageId, ...given.server });
  const volume = await cloud.newVolume(given.volume);
  const disk = { serverId: server.id, device: '/dev/vdb', ...given.disk };
  const { id, bdmId } = await makeAttachment(cloud.runtime.database, volume, disk);
  return { server, volume, attachmentId: id, bdmId };
}

const until = (volume: VolumeRecord, status: string) =>
  eventually(async () => {
    const [row] = await cloud.runtime.database.sql`select status from volumes where id = ${volume.id}`;
    return row?.status === status ? row : undefined;
  }, `volume to be ${status}`);

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
    const list = await cloud.ask('reader', 'GET', pathOf(server), undefined, { microversion });
    expect([list.status, list.body]).toEqual([200, { volumeAttachments: [shown] }]);
    const one = await cloud.ask('reader', 'GET', pathOf(server, volume), undefined, { microversion });
    expect([one.status, one.body]).toEqual([200, { volumeAttachment: shown }]);
  });

  it('lacks a device it does not have, and is hidden from 2.89 on while storage does not know it', async () => {
    const { server, volume } = await attached({ disk: { device: null, attachStatus: null } });
    const ask = (microversion: string, path: string) =>
      cloud.ask('reader', 'GET', path, undefined, { microversion });
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
    server = await cloud.newServer({ imageId: cloud.shared.imageId });
    for (const device of ['/dev/vdb', '/dev/vdc', '/dev/vdd', '/dev/vde']) {
      const volume = await cloud.newVolume();
      await makeAttachment(cloud.runtime.database, volume, { serverId: server.id, device });
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
    const { status, body } = await cloud.ask('reader', 'GET', `${pathOf(server)}${query}`);
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
    const told = await cloud.ask('reader', 'GET', `${pathOf(server)}?marker=x`, undefined, { microversion });
    expect(told.status).toBe(status);
  });
});

describe('an attach', () => {
  it.each([
    ['2.1', {}, {}],
    ['2.49', { tag: 'db' }, {}],
    ['2.70', { tag: 'db' }, { tag: 'db' }],
    ['2.79', { delete_on_termination: 'yes' }, { tag: null, delete_on_termination: true }],
    ['2.93', {}, { tag: null, delete_on_termination: false }],
  ])('at %s with %j', async (microversion, more, extra) => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const volumeId = volume.id.toUpperCase();
    const told = await cloud.ask('member', 'POST', pathOf(server), wish(volumeId, more), { microversion });
    expect([told.status, told.body]).toEqual([
      200,
      { volumeAttachment: { id: volumeId, volumeId, serverId: server.id, device: '/dev/vdb', ...extra } },
    ]);
    await until(volume, 'in-use');
  });

  it('on a server that is on no host has no device yet', async () => {
    const [server, volume] = [
      await cloud.newServer({ vmState: 'shelved_offloaded', host: null }),
      await cloud.newVolume(),
    ];
    const body = wish(volume.id, { device: '/dev/vdq' });
    const { status, body: said } = await cloud.ask('member', 'POST', pathOf(server), body, {
      microversion: '2.20',
    });
    expect([status, said]).toMatchObject([200, { volumeAttachment: { device: null } }]);
  });

  it.each<[string, unknown, string]>([
    ['no body', undefined, '2.93'],
    ['an empty object', {}, '2.93'],
    ['null inside', { volumeAttachment: null }, '2.93'],
    ['a list', [1], '2.93'],
    ['a text inside', { volumeAttachment: 'x' }, '2.93'],
    ['no JSON', '{nope', '2.93'],
    ['no volume', { volumeAttachment: { device: '/dev/vdb' } }, '2.93'],
    ['no UUID', wish('nonsense'), '2.93'],
    ['a number for the volume', { volumeAttachment: { volumeId: 5 } }, '2.93'],
    ['a key too many inside', wish(NOWHERE, { nonsense: 1 }), '2.93'],
    ['a key too many outside', { ...wish(NOWHERE), nonsense: 1 }, '2.93'],
    ['a tag below 2.49', wish(NOWHERE, { tag: 'db' }), '2.48'],
    ['a null tag', wish(NOWHERE, { tag: null }), '2.93'],
    ['an empty tag', wish(NOWHERE, { tag: '' }), '2.93'],
    ['a long tag', wish(NOWHERE, { tag: 'a'.repeat(61) }), '2.93'],
    ['a tag with a comma', wish(NOWHERE, { tag: 'a,b' }), '2.93'],
    ['a tag with a slash', wish(NOWHERE, { tag: 'a/b' }), '2.93'],
    ['delete_on_termination below 2.79', wish(NOWHERE, { delete_on_termination: true }), '2.78'],
    ['a number for delete_on_termination', wish(NOWHERE, { delete_on_termination: 1 }), '2.93'],
    ['null for delete_on_termination', wish(NOWHERE, { delete_on_termination: null }), '2.93'],
    ['another word for delete_on_termination', wish(NOWHERE, { delete_on_termination: 'maybe' }), '2.93'],
    ...[
      'vdb',
      '/dev/',
      'foo',
      '/dev/VDB',
      '',
      '/dev/sd b',
      `/dev/${'a'.repeat(260)}`,
      5,
      'x/dev/vdb',
      '/dev/hdc\n',
    ].map((device): [string, unknown, string] => [`device ${device}`, wish(NOWHERE, { device }), '2.93']),
  ])('with %s is a bad request, even where the server is unknown', async (_, body, microversion) => {
    const told = await cloud.ask('member', 'POST', pathOf({ id: NOWHERE }), body ?? '', { microversion });
    expect(fault(told)).toEqual([400, 'badRequest']);
  });

  it('takes a body that calls itself text, and no form', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const as = (type: string) => ({ headers: { 'content-type': type } });
    const form = as('application/x-www-form-urlencoded');
    const told = await cloud.ask('member', 'POST', pathOf(server), wish(volume.id), form);
    expect(fault(told)).toEqual([415, 'badMediaType']);
    const text = await cloud.ask('member', 'POST', pathOf(server), wish(volume.id), as('text/plain'));
    expect(text.status).toBe(200);
  });
});

describe('the code of a refusal', () => {
  type Case = [string, () => Promise<Told>, number];
  const attach = async (
    server: Partial<ServerRecord>,
    volume: Partial<VolumeRecord>,
    more = {},
    microversion = '2.93',
  ) => {
    const [to, what] = [await cloud.newServer(server), await cloud.newVolume(volume)];
    return cloud.ask('member', 'POST', pathOf(to), wish(what.id, more), { microversion });
  };
  const detach = async (given: Parameters<typeof attached>[0], microversion = '2.93') => {
    const { server, volume } = await attached(given);
    return cloud.ask('member', 'DELETE', pathOf(server, volume), undefined, { microversion });
  };
  const offloaded = { vmState: 'shelved_offloaded', host: null } as const;
  const cases: Case[] = [
    ['attach to a suspended server', () => attach({ vmState: 'suspended' }, {}), 409],
    ['attach to a busy server', () => attach({ taskState: 'rebooting' }, {}), 409],
    ['attach to a locked server', () => attach({ lockedBy: 'owner' }, {}), 409],
    ['attach to a shelved server at 2.19', () => attach({ vmState: 'shelved' }, {}, {}, '2.19'), 409],
    ['attach to a shelved server at 2.20', () => attach({ vmState: 'shelved' }, {}, {}, '2.20'), 200],
    ['attach of a multiattach volume at 2.59', () => attach({}, { multiattach: true }, {}, '2.59'), 400],
    ['attach of a multiattach volume at 2.60', () => attach({}, { multiattach: true }, {}, '2.60'), 200],
    ['attach of one to an offloaded server', () => attach(offloaded, { multiattach: true }), 400],
    ['attach with a tag to an offloaded server', () => attach(offloaded, {}, { tag: 'a' }), 400],
    ['attach as the root disk', () => attach({}, {}, { device: '/dev/sda1' }), 409],
    ['attach of a volume in error', () => attach({}, { status: 'error' }), 400],
    ['attach of a volume that is being extended', () => attach({}, { status: 'extending' }), 400],
    ['detach from a suspended server', () => detach({ server: { vmState: 'suspended' } }), 409],
    ['detach from a shelved server at 2.19', () => detach({ server: { vmState: 'shelved' } }, '2.19'), 409],
    ['detach from a locked server', () => detach({ server: { lockedBy: 'owner' } }), 409],
    [
      'detach of the root, locked or not',
      () => detach({ server: { lockedBy: 'admin' }, disk: { bootIndex: 0 } }),
      400,
    ],
  ];
  it.each(cases)('%s', async (_, act, status) => {
    expect((await act()).status).toBe(status);
  });

  it('of the same volume twice is 400, to the same server and to another', async () => {
    const { server, volume } = await attached();
    const other = await cloud.newServer();
    for (const to of [server, other]) {
      expect(fault(await cloud.ask('member', 'POST', pathOf(to), wish(volume.id)))).toEqual([
        400,
        'badRequest',
      ]);
    }
  });

  it('of what is not there is 404', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const nowhere = { id: NOWHERE };
    const asked: [string, string, unknown?][] = [
      ['GET', pathOf(nowhere)],
      ['GET', pathOf({ id: 'nonsense' })],
      ['GET', pathOf(server, volume)],
      ['GET', pathOf(server, { id: 'nonsense' })],
      ['POST', pathOf(nowhere), wish(volume.id)],
      ['POST', pathOf(server), wish(NOWHERE)],
      ['POST', pathOf(server), wish(volume.id.replaceAll('-', ''))],
      ['PUT', pathOf(nowhere, volume), wish(volume.id)],
      ['DELETE', pathOf(nowhere, volume)],
      ['DELETE', pathOf(server, volume)],
      ['DELETE', pathOf(server, { id: 'nonsense' })],
    ];
    for (const [method, path, body] of asked) {
      const told = await cloud.ask('member', method, path, body);
      expect([method, path, ...fault(told)]).toEqual([method, path, 404, 'itemNotFound']);
    }
  });

  it.each(['POST', 'PATCH'])('of %s on one disk is that of no route', async (method) => {
    const { server, volume } = await attached();
    const told = await cloud.ask('member', method, pathOf(server, volume), wish(volume.id));
    expect([told.status, told.body]).toEqual([
      404,
      { message: expect.any(String), code: '404 Not Found', title: 'Not Found' },
    ]);
  });
});

it('lists the root that a server was booted from, which has been attached since then', async () => {
  const volume = await cloud.newVolume({ bootable: true, projectId: cloud.altProject.id });
  const mapping = { boot_index: 0, uuid: volume.id, source_type: 'volume', destination_type: 'volume' };
  const body = {
    server: { name: 's', flavorRef: 'tiny', networks: 'none', block_device_mapping_v2: [mapping] },
  };
  const made = await cloud.ask('alt', 'POST', '/compute/v2.1/servers', body, { microversion: '2.60' });
  expect(made.status).toBe(202);
  await until(volume, 'in-use');
  const { body: list } = await cloud.ask('alt', 'GET', pathOf({ id: made.textAt('server', 'id') }));
  expect(list).toMatchObject({ volumeAttachments: [{ volumeId: volume.id, device: expect.any(String) }] });
  const [row] = await cloud.runtime.database
    .sql`select attached_at from attachments where volume_id = ${volume.id}`;
  expect(row?.attached_at).toBeInstanceOf(Date);
});

describe('who may', () => {
  const strangers = { nobody: 401, expired: 401, forged: 401, roleless: 401, alt: 404 };

  it('list and show', async () => {
    const { server, volume } = await attached();
    const everybody = { ...strangers, reader: 200, member: 200, admin: 200 };
    expect(await cloud.askAll('GET', pathOf(server))).toEqual(everybody);
    expect(await cloud.askAll('GET', pathOf(server, volume))).toEqual(everybody);
  });

  it('attach: whoever comes second finds it attached', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    expect(await cloud.askAll('POST', pathOf(server), wish(volume.id))).toEqual({
      ...strangers,
      reader: 403,
      member: 200,
      admin: 400,
    });
  });

  it('detach: whoever comes second finds it detaching, or gone', async () => {
    const { server, volume } = await attached();
    const codes = await cloud.askAll('DELETE', pathOf(server, volume));
    expect(codes).toMatchObject({ ...strangers, reader: 403, member: 202 });
    expect([400, 404, 409]).toContain(codes.admin);
  });

  it('change whether it goes with the server, and swap', async () => {
    const { server, volume } = await attached();
    const change = wish(volume.id, { delete_on_termination: true });
    const at = (microversion: string) => ({ microversion });
    expect(await cloud.askAll('PUT', pathOf(server, volume), change, at('2.85'))).toEqual({
      ...strangers,
      reader: 403,
      member: 202,
      admin: 202,
    });
    const target = await cloud.newVolume();
    expect(await cloud.askAll('PUT', pathOf(server, volume), wish(target.id), at('2.84'))).toEqual({
      ...strangers,
      reader: 403,
      member: 403,
      admin: 202,
    });
    await until(target, 'in-use');
  });

  it('attach the volume of another project', async () => {
    const server = await cloud.newServer();
    const volume = await cloud.newVolume({ projectId: cloud.altProject.id });
    expect((await cloud.ask('member', 'POST', pathOf(server), wish(volume.id))).status).toBe(404);
    expect((await cloud.ask('admin', 'POST', pathOf(server), wish(volume.id))).status).toBe(200);
  });
});
