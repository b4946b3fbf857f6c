/**
 * Attachments over the volume API: their life, their shapes, who may, and what is protected.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, makeServer, makeVolume, type VolumeRecord } from '~/db/factories';
import { planFault } from '~/server/services/simulated-faults';
import { openRestCloud, type RestCloud, type Told } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const NOWHERE = '00000000-0000-0000-0000-000000000404';
const ROOT = '/volume/v3/attachments';
const AT = { microversion: '3.54' };
const CONNECTOR = {
  initiator: 'iqn.1993-08.org.debian:01:cad181614cec',
  ip: '192.168.1.20',
  host: 'tempest-1',
  multipath: false,
  mountpoint: '/dev/vdb',
  mode: 'rw',
};

const fault = ({ status, body }: Told) => [status, Object.keys(body as object)[0]];

function create(volume: Pick<VolumeRecord, 'id'>, more: object = {}) {
  return cloud.ask('member', 'POST', ROOT, { attachment: { volume_uuid: volume.id, ...more } }, AT);
}

function update(id: string, connector: object = CONNECTOR) {
  return cloud.ask('member', 'PUT', `${ROOT}/${id}`, { attachment: { connector } }, AT);
}

function complete(id: string) {
  return cloud.ask('member', 'POST', `${ROOT}/${id}/action`, { 'os-complete': {} }, AT);
}

function list(query: string, microversion = '3.70', person: 'member' | 'alt' | 'admin' = 'member') {
  return cloud.ask(person, 'GET', `${ROOT}?${query}`, undefined, { microversion });
}

async function idsOf(told: Promise<Told>): Promise<string[]> {
  const { status, body } = await told;
  expect(status).toBe(200);
  return (body as { attachments: { id: string }[] }).attachments.map((each) => each.id);
}

async function statusOf(volume: Pick<VolumeRecord, 'id'>) {
  const [row] = await cloud.runtime.database.sql`
    select status, attach_status from volumes where id = ${volume.id}`;
  return [row?.status, row?.attach_status];
}

/** A server with a volume, as the compute side gave it to it. */
async function diskOfServer() {
  const { database } = cloud.runtime;
  const { projectId, host } = cloud;
  const server = await makeServer(database, { projectId, host });
  const volume = await makeVolume(database, { projectId });
  const { id } = await makeAttachment(database, volume, { serverId: server.id, device: '/dev/vdb' });
  // As a host would have connected it.
  const connected = await cloud.ask(
    'admin',
    'PUT',
    `${ROOT}/${id}`,
    { attachment: { connector: CONNECTOR } },
    AT,
  );
  expect(connected.status).toBe(200);
  expect((await complete(id)).status).toBe(204);
  return { server, volume, attachmentId: id };
}

describe('the life of an attachment', () => {
  it('goes from reserved over connected to complete, and leaves the volume available', async () => {
    const volume = await cloud.newVolume();
    const instance = randomUUID();
    const created = await create(volume, { instance_uuid: instance });
    const id = created.textAt('attachment', 'id');
    expect([created.status, created.body]).toEqual([
      200,
      {
        attachment: {
          id,
          status: 'reserved',
          instance,
          volume_id: volume.id,
          attached_at: '',
          detached_at: '',
          attach_mode: 'null',
          connection_info: {},
        },
      },
    ]);
    expect(await statusOf(volume)).toEqual(['reserved', 'detached']);

    const updated = await update(id);
    expect(updated.status).toBe(200);
    expect(updated.body).toMatchObject({
      attachment: {
        status: 'attaching',
        attach_mode: 'rw',
        attached_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
        connection_info: {
          driver_volume_type: 'iscsi',
          attachment_id: id,
          target_portal: expect.any(String),
          auth_password: expect.any(String),
          access_mode: 'rw',
          encrypted: false,
          cacheable: false,
          qos_specs: null,
        },
      },
    });
    expect(await statusOf(volume)).toEqual(['attaching', 'attaching']);

    expect(await complete(id)).toMatchObject({ status: 204, body: null });
    expect(await complete(id)).toMatchObject({ status: 204, body: null });
    expect(await statusOf(volume)).toEqual(['in-use', 'attached']);

    const again = await update(id);
    expect(again.body).toMatchObject({ attachment: { status: 'attaching' } });
    expect(await statusOf(volume)).toEqual(['attaching', 'attaching']);

    const gone = await cloud.ask('member', 'DELETE', `${ROOT}/${id}`, undefined, AT);
    expect([gone.status, gone.body]).toEqual([200, { attachments: [] }]);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
    expect(fault(await cloud.ask('member', 'GET', `${ROOT}/${id}`, undefined, AT))).toEqual([
      404,
      'itemNotFound',
    ]);
  });

  it('is connected at once when it is created with a connector, and tells the mode that was asked for', async () => {
    const volume = await cloud.newVolume();
    const { body } = await create(volume, { instance_uuid: randomUUID(), connector: CONNECTOR, mode: 'ro' });
    expect(body).toMatchObject({
      attachment: { status: 'attaching', attach_mode: 'ro', connection_info: { access_mode: 'rw' } },
    });
    const [row] = await cloud.runtime.database.sql`
      select mountpoint, connector, connection_info from attachments where volume_id = ${volume.id}`;
    expect(row?.mountpoint).toBe('/dev/vdb');
    // Sealed at rest. No sealed text holds these by chance, as it would a word of three letters before a dot.
    expect(row?.connector).not.toContain('iqn.1993-08');
    expect(row?.connection_info).not.toContain('auth_password');
  });

  it('is read-only on a volume that is', async () => {
    const volume = await cloud.newVolume({ readonly: true });
    const { body } = await create(volume, { connector: CONNECTOR, mode: 'rw' });
    expect(body).toMatchObject({ attachment: { attach_mode: 'ro', connection_info: { access_mode: 'ro' } } });
  });

  it('completed without a connector has no time and no connection', async () => {
    const volume = await cloud.newVolume();
    const id = (await create(volume)).textAt('attachment', 'id');
    expect((await complete(id)).status).toBe(204);
    expect((await cloud.ask('reader', 'GET', `${ROOT}/${id}`, undefined, AT)).body).toMatchObject({
      attachment: { status: 'attached', instance: null, attached_at: '', connection_info: {} },
    });
  });

  it('answers a deletion with those that are left', async () => {
    const volume = await cloud.newVolume({ multiattach: true });
    const first = (await create(volume, { instance_uuid: randomUUID() })).textAt('attachment', 'id');
    expect((await create(volume, { instance_uuid: randomUUID() })).status).toBe(400);
    await complete(first);
    const instance = randomUUID();
    const second = (await create(volume, { instance_uuid: instance })).textAt('attachment', 'id');
    expect(await statusOf(volume)).toEqual(['reserved', 'attached']);
    const gone = await cloud.ask('member', 'DELETE', `${ROOT}/${first}`, undefined, AT);
    expect(gone.body).toEqual({
      attachments: [{ id: second, status: 'reserved', instance, volume_id: volume.id }],
    });
    expect(await statusOf(volume)).toEqual(['reserved', 'reserved']);
  });

  it('goes to one of many who want it at once', async () => {
    const volume = await cloud.newVolume();
    const wishes = Array.from({ length: 8 }, () =>
      create(volume, { instance_uuid: randomUUID(), connector: CONNECTOR }),
    );
    const codes = (await Promise.all(wishes)).map(({ status }) => status).sort();
    expect(codes).toEqual([200, ...Array(7).fill(400)]);
    expect(await statusOf(volume)).toEqual(['attaching', 'attaching']);
  });

  it('is taken away once, by whoever of many is first', async () => {
    const volume = await cloud.newVolume();
    const id = (await create(volume, { connector: CONNECTOR })).textAt('attachment', 'id');
    const away = () => cloud.ask('member', 'DELETE', `${ROOT}/${id}`, undefined, AT);
    const codes = (await Promise.all([away(), away(), away()])).map(({ status }) => status).sort();
    expect(codes[0]).toBe(200);
    expect(codes.slice(1).every((code) => [404, 409].includes(code))).toBe(true);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
  });

  it('tells why storage could not connect it, and keeps the reservation', async () => {
    const volume = await cloud.newVolume();
    await planFault(cloud.admin, {
      call: 'initializeConnection',
      volumeId: volume.id,
      serverId: null,
      message: 'The target is full.',
      retryable: false,
      times: 1,
    });
    const told = await create(volume, { instance_uuid: randomUUID(), connector: CONNECTOR });
    expect([told.status, told.body]).toEqual([
      500,
      { computeFault: { code: 500, message: 'The target is full.' } },
    ]);
    expect(await statusOf(volume)).toEqual(['reserved', 'detached']);
    const [left] = await idsOf(list(`volume_id=${volume.id}`));
    const gone = await cloud.ask('member', 'DELETE', `${ROOT}/${left}`, undefined, AT);
    expect(gone.status).toBe(200);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
  });
});

describe('bodies of attachments', () => {
  it.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['null', { attachment: null }],
    ['a list', [1]],
    ['no volume', { attachment: {} }],
    ['a volume that is no UUID', { attachment: { volume_uuid: 'x' } }],
    ['an instance that is null', { attachment: { volume_uuid: NOWHERE, instance_uuid: null } }],
    ['a key too many', { attachment: { volume_uuid: NOWHERE, foo: 1 } }],
    ['a key too many outside', { attachment: { volume_uuid: NOWHERE }, foo: 1 }],
    ['a connector that is a text', { attachment: { volume_uuid: NOWHERE, connector: 'x' } }],
    ['a mode that there is not', { attachment: { volume_uuid: NOWHERE, mode: 'x' } }],
    ['a mode that is null', { attachment: { volume_uuid: NOWHERE, mode: null } }],
    ['no JSON', '{nope'],
  ])('of a creation are refused: %s', async (_what, body) => {
    expect(fault(await cloud.ask('member', 'POST', ROOT, body, AT))).toEqual([400, 'badRequest']);
  });

  it.each([
    ['nothing', undefined],
    ['no connector', { attachment: {} }],
    ['an empty connector', { attachment: { connector: {} } }],
    ['null', { attachment: { connector: null } }],
    ['a text', { attachment: { connector: 'x' } }],
    ['no host', { attachment: { connector: { initiator: 'x' } } }],
    ['a key too many', { attachment: { connector: CONNECTOR, x: 1 } }],
  ])('of an update are refused: %s', async (_what, body) => {
    const volume = await cloud.newVolume();
    const id = (await create(volume)).textAt('attachment', 'id');
    expect(fault(await cloud.ask('member', 'PUT', `${ROOT}/${id}`, body, AT))).toEqual([400, 'badRequest']);
    expect(await statusOf(volume)).toEqual(['reserved', 'detached']);
  });

  it('of completion say nothing', async () => {
    const id = (await create(await cloud.newVolume())).textAt('attachment', 'id');
    const action = `${ROOT}/${id}/action`;
    for (const body of [undefined, {}, { 'os-nope': {} }, { 'os-complete': {}, 'os-nope': {} }, 'x'])
      expect(fault(await cloud.ask('member', 'POST', action, body, AT))).toEqual([400, 'badRequest']);
    expect((await cloud.ask('member', 'POST', action, { 'os-complete': null }, AT)).status).toBe(204);
  });

  it('reserve with an empty connector', async () => {
    for (const connector of [{}, null]) {
      const { body } = await create(await cloud.newVolume(), { connector });
      expect(body).toMatchObject({ attachment: { status: 'reserved', connection_info: {} } });
    }
  });
});

describe('versions', () => {
  it('know no attachments before 3.27, no mode before 3.54, no completion before 3.44', async () => {
    const volume = await cloud.newVolume();
    const at = (minor: number) => ({ microversion: `3.${minor}` });
    const body = { attachment: { volume_uuid: volume.id, mode: 'rw' } };
    expect(fault(await cloud.ask('member', 'GET', ROOT, undefined, at(26)))).toEqual([404, 'itemNotFound']);
    expect(fault(await cloud.ask('member', 'POST', ROOT, body, at(26)))).toEqual([404, 'itemNotFound']);
    expect(fault(await cloud.ask('member', 'POST', ROOT, body, at(53)))).toEqual([400, 'badRequest']);
    const created = await cloud.ask('member', 'POST', ROOT, body, at(54));
    expect(created.body).toMatchObject({ attachment: { attach_mode: 'rw' } });
    const action = `${ROOT}/${created.textAt('attachment', 'id')}/action`;
    const done = { 'os-complete': {} };
    expect(fault(await cloud.ask('member', 'POST', action, done, at(43)))).toEqual([404, 'itemNotFound']);
    expect((await cloud.ask('member', 'POST', action, done, at(44))).status).toBe(204);
  });
});

describe('lists of attachments', () => {
  it('are filtered, paged and sorted', async () => {
    const volume = await cloud.newVolume({ multiattach: true });
    const instances = [randomUUID(), randomUUID()] as const;
    const first = (await create(volume, { instance_uuid: instances[0] })).textAt('attachment', 'id');
    await complete(first);
    const second = (await create(volume, { instance_uuid: instances[1], connector: CONNECTOR })).textAt(
      'attachment',
      'id',
    );
    const of = (query: string, minor?: string) => idsOf(list(`volume_id=${volume.id}&${query}`, minor));
    expect(await of('')).toEqual([second, first]);
    expect(await of(`instance_id=${instances[0]}`)).toEqual([first]);
    expect(await of('attach_status=attaching')).toEqual([second]);
    expect(await of('status=attached')).toEqual([first]);
    expect(await of('status=nonsense')).toEqual([]);
    expect(await of('limit=0')).toEqual([]);
    expect(await of('limit=1')).toEqual([second]);
    expect(await of(`limit=1&marker=${second}`)).toEqual([first]);
    expect(await of('offset=1')).toEqual([first]);
    expect(await of('sort=created_at:asc')).toEqual([first, second]);
    expect(await of('sort_key=attach_status&sort_dir=asc')).toEqual([first, second]);
    expect(await of('all_tenants=whatever')).toEqual([second, first]);
    expect(await of('nonsense=1', '3.30')).toEqual([second, first]);
    const { body } = await list(`volume_id=${volume.id}&limit=1`);
    expect(Object.keys(body as object)).toEqual(['attachments']);
    expect(body).toEqual({
      attachments: [{ id: second, status: 'attaching', instance: instances[1], volume_id: volume.id }],
    });
  });

  it('refuse what cannot be asked for', async () => {
    for (const query of [
      'limit=-1',
      'limit=abc',
      'offset=-1',
      'offset=x',
      'sort=nonsense:asc',
      'sort=id:sideways',
      'sort=id&sort_key=id',
      'nonsense=1',
      'with_count=true',
      'instance_uuid=x',
    ])
      expect([query, ...fault(await list(query))]).toEqual([query, 400, 'badRequest']);
    expect(fault(await list(`marker=${NOWHERE}`))).toEqual([404, 'itemNotFound']);
  });

  it('are of one project, unless an administrator asks for all', async () => {
    const { database } = cloud.runtime;
    const volume = await makeVolume(database, { projectId: cloud.altProject.id });
    const { id } = await makeAttachment(database, volume, { serverId: null });
    const query = `volume_id=${volume.id}`;
    expect(await idsOf(list(query))).toEqual([]);
    expect(await idsOf(list(`${query}&all_tenants=1`))).toEqual([]);
    expect(await idsOf(list(query, '3.70', 'alt'))).toEqual([id]);
    expect(await idsOf(list(query, '3.70', 'admin'))).toEqual([]);
    expect(await idsOf(list(`${query}&all_tenants=1`, '3.70', 'admin'))).toEqual([id]);
    const project = `all_tenants=1&project_id=${cloud.altProject.id}`;
    expect(await idsOf(list(project, '3.70', 'admin'))).toEqual([id]);
    expect(await idsOf(list(`${project}&volume_id~=${volume.id.slice(0, 8)}`, '3.70', 'admin'))).toEqual([
      id,
    ]);
    expect(await idsOf(list(`${project}&nonsense=1`, '3.70', 'admin'))).toEqual([]);
    expect(fault(await list(`volume_id~=${volume.id.slice(0, 8)}`))).toEqual([400, 'badRequest']);
  });
});

describe('detach protection', () => {
  it('keeps a disk of a server from members and administrators, and lets a service pass', async () => {
    const { volume, attachmentId } = await diskOfServer();
    const path = `${ROOT}/${attachmentId}`;
    const protectedFrom = async (person: 'member' | 'admin') => {
      const { status, body } = await cloud.ask(person, 'DELETE', path, undefined, AT);
      return [status, body];
    };
    const conflict = [409, { conflictingRequest: { code: 409, message: expect.any(String) } }];
    expect(await protectedFrom('member')).toEqual(conflict);
    expect(await protectedFrom('admin')).toEqual(conflict);
    expect(await statusOf(volume)).toEqual(['in-use', 'attached']);
    const action = `/volume/v3/volumes/${volume.id}/action`;
    for (const body of [
      { 'os-detach': { attachment_id: attachmentId } },
      { 'os-detach': {} },
      { 'os-terminate_connection': { connector: CONNECTOR } },
    ])
      expect(fault(await cloud.ask('member', 'POST', action, body))).toEqual([409, 'conflictingRequest']);
    const force = { 'os-force_detach': { attachment_id: attachmentId, connector: null } };
    expect(fault(await cloud.ask('member', 'POST', action, force))).toEqual([403, 'forbidden']);
    expect(fault(await cloud.ask('admin', 'POST', action, force))).toEqual([409, 'conflictingRequest']);

    const forged = await cloud.ask('member', 'DELETE', path, undefined, { ...AT, serviceToken: 'forged' });
    const roleless = await cloud.ask('member', 'DELETE', path, undefined, {
      ...AT,
      serviceToken: 'roleless',
    });
    expect([forged.status, roleless.status]).toEqual([401, 401]);
    const good = await cloud.ask('member', 'DELETE', path, undefined, { ...AT, serviceToken: 'good' });
    expect([good.status, good.body]).toEqual([200, { attachments: [] }]);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
  });

  it('lets go what no server has: recorded by os-attach, or of an instance that is not known', async () => {
    const recorded = await cloud.newVolume();
    const action = `/volume/v3/volumes/${recorded.id}/action`;
    const mark = { 'os-attach': { instance_uuid: randomUUID(), mountpoint: '/dev/vdc' } };
    expect((await cloud.ask('member', 'POST', action, mark)).status).toBe(202);
    const [row] = ((await list(`volume_id=${recorded.id}`)).body as { attachments: { id: string }[] })
      .attachments;
    const path = `${ROOT}/${row?.id}`;
    expect((await cloud.ask('member', 'GET', path, undefined, AT)).body).toMatchObject({
      attachment: { status: 'attached', attach_mode: 'rw', connection_info: null },
    });
    expect((await cloud.ask('member', 'DELETE', path, undefined, AT)).status).toBe(200);

    const foreign = await cloud.newVolume();
    const id = (await create(foreign, { instance_uuid: randomUUID(), connector: CONNECTOR })).textAt(
      'attachment',
      'id',
    );
    await complete(id);
    expect((await cloud.ask('member', 'DELETE', `${ROOT}/${id}`, undefined, AT)).status).toBe(200);
  });
});
