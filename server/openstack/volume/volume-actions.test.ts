/**
 * The actions on a volume over the volume API: bodies, shapes, and what comes of them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { makeAttachment, type VolumeRecord } from '~/db/factories';
import { planFault } from '~/server/services/simulated-faults';
import { type Asking, openRestCloud, type Person, type RestCloud, type Told } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const NOWHERE = '00000000-0000-0000-0000-000000000404';
const CONNECTOR = { host: 'tempest-1', initiator: 'iqn.1993-08.org.debian:01:cad181614cec' };
const POOL = 'a@usual#pool';

const newVolume = (given: Partial<VolumeRecord> = {}) => cloud.newVolume({ pool: POOL, ...given });
const fault = ({ status, body }: Told) => [status, Object.keys(body as object)[0]];

function act({ id }: { id: string }, body: unknown, person: Person = 'member', asking: Asking = {}) {
  return cloud.ask(person, 'POST', `/volume/v3/volumes/${id}/action`, body, {
    microversion: '3.71',
    ...asking,
  });
}

async function shown({ id }: { id: string }, person: Person = 'admin') {
  const { body } = await cloud.ask(person, 'GET', `/volume/v3/volumes/${id}`, undefined, {
    microversion: '3.71',
  });
  return (body as { volume: Record<string, unknown> }).volume;
}

function until(volume: { id: string }, wanted: Record<string, unknown>) {
  return eventually(
    async () => {
      const now = await shown(volume);
      return Object.entries(wanted).every(([key, value]) => now?.[key] === value) ? now : undefined;
    },
    `volume to be ${JSON.stringify(wanted)}`,
  );
}

describe('a quota', () => {
  it('that is full is told with 413, and when to try again', async () => {
    const told = await act(await newVolume(), { 'os-extend': { new_size: 100_000 } });
    expect([told.status, told.body, told.headers.get('retry-after')]).toEqual([
      413,
      { overLimit: { code: 413, message: expect.any(String), retryAfter: '0' } },
      '0',
    ]);
  });
});

describe('what a volume says of its image', () => {
  it('is set, shown, and removed one by one', async () => {
    const volume = await newVolume();
    const show = () => act(volume, { 'os-show_image_metadata': null }, 'reader');
    const unset = (key: string) => act(volume, { 'os-unset_image_metadata': { key } });
    expect(fault(await show())).toEqual([404, 'itemNotFound']);
    expect(fault(await unset('a'))).toEqual([404, 'itemNotFound']);
    const set = (metadata: object) => act(volume, { 'os-set_image_metadata': { metadata } });
    expect(await set({ a: '1', b: '2' })).toMatchObject({
      status: 200,
      body: { metadata: { a: '1', b: '2' } },
    });
    expect((await set({ b: '3', c: '4' })).body).toEqual({ metadata: { a: '1', b: '3', c: '4' } });
    expect(await unset('a')).toMatchObject({ status: 200, body: null });
    expect(fault(await unset('a'))).toEqual([404, 'itemNotFound']);
    expect((await show()).body).toEqual({ metadata: { b: '3', c: '4' } });
    expect((await set({})).body).toEqual({ metadata: { b: '3', c: '4' } });
  });
});

describe('flags', () => {
  it('are set by any word for yes and no', async () => {
    const volume = await newVolume();
    expect((await act(volume, { 'os-set_bootable': { bootable: 'Yes' } })).status).toBe(200);
    expect((await act(volume, { 'os-update_readonly_flag': { readonly: 'on' } })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ bootable: 'true', metadata: { readonly: 'True' } });
    expect((await act(volume, { 'os-set_bootable': { bootable: false } })).status).toBe(200);
    expect((await act(volume, { 'os-update_readonly_flag': { readonly: 'off' } })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ bootable: 'false', metadata: { readonly: 'False' } });
  });
});

describe('the way of older clients', () => {
  it('reserves, connects, records, claims back, disconnects and forgets', async () => {
    const volume = await newVolume();
    const instance = randomUUID();
    expect((await act(volume, { 'os-reserve': {} })).status).toBe(202);
    expect((await act(volume, { 'os-reserve': {} })).status).toBe(400);
    const connected = await act(volume, { 'os-initialize_connection': { connector: CONNECTOR } });
    expect([connected.status, connected.body]).toEqual([
      200,
      {
        connection_info: {
          driver_volume_type: 'iscsi',
          data: expect.objectContaining({
            target_iqn: expect.any(String),
            auth_password: expect.any(String),
            access_mode: 'rw',
            encrypted: false,
            qos_specs: null,
          }),
        },
      },
    ]);
    expect((await shown(volume)).status).toBe('attaching');
    const mark = (instance_uuid: string) =>
      act(volume, { 'os-attach': { instance_uuid, mountpoint: '/dev/vdc' } });
    expect(await mark(instance)).toMatchObject({ status: 202, body: null });
    expect(await shown(volume)).toMatchObject({
      status: 'in-use',
      metadata: { readonly: 'False', attached_mode: 'rw' },
      attachments: [{ server_id: instance, device: '/dev/vdc' }],
    });
    // Recorded was an internal error for the same instance.
    expect((await mark(instance)).status).toBe(400);
    expect((await mark(randomUUID())).status).toBe(400);
    expect((await act(volume, { 'os-begin_detaching': {} })).status).toBe(202);
    expect((await act(volume, { 'os-roll_detaching': {} })).status).toBe(202);
    expect((await act(volume, { 'os-begin_detaching': {} })).status).toBe(202);
    expect((await act(volume, { 'os-terminate_connection': { connector: CONNECTOR } })).status).toBe(202);
    expect(fault(await act(volume, { 'os-detach': { attachment_id: NOWHERE } }))).toEqual([
      409,
      'conflictingRequest',
    ]);
    expect((await act(volume, { 'os-detach': null })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({
      status: 'available',
      attachments: [],
      metadata: { readonly: 'False' },
    });
  });

  it.each([{}, 'x', CONNECTOR])('takes whatever connector storage takes: %o', async (connector) => {
    const volume = await newVolume();
    expect((await act(volume, { 'os-initialize_connection': { connector } })).status).toBe(200);
    expect((await act(volume, { 'os-terminate_connection': { connector } })).status).toBe(202);
    expect((await act(volume, { 'os-terminate_connection': { connector: null } })).status).toBe(202);
  });

  it('does not record as writable what may only be read', async () => {
    const volume = await newVolume({ readonly: true });
    const mark = (mode?: string) =>
      act(volume, { 'os-attach': { host_name: 'h', mountpoint: '/mnt', ...(mode && { mode }) } });
    expect((await mark()).status).toBe(400);
    expect((await mark('rw')).status).toBe(400);
    expect((await mark('ro')).status).toBe(202);
  });

  it('has to say which of several attachments has ended', async () => {
    const volume = await newVolume({ multiattach: true });
    for (const instance_uuid of [randomUUID(), randomUUID()]) {
      const told = await act(volume, { 'os-attach': { instance_uuid, mountpoint: '/dev/vdc' } });
      expect(told.status).toBe(202);
    }
    expect((await act(volume, { 'os-detach': {} })).status).toBe(400);
    expect((await act(volume, { 'os-detach': null })).status).toBe(400);
    expect((await act(volume, { 'os-force_detach': {} }, 'admin')).status).toBe(409);
    const { attachments } = (await shown(volume)) as { attachments: { attachment_id: string }[] };
    const [first] = attachments;
    expect((await act(volume, { 'os-detach': { attachment_id: first?.attachment_id } })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'in-use', attachments: [{}] });
  });

  it('is told why storage did not connect it, and nothing is lost', async () => {
    const volume = await newVolume({ status: 'attaching' });
    await planFault(cloud.admin, {
      call: 'initializeConnection',
      volumeId: volume.id,
      serverId: null,
      message: 'The portal is closed.',
      retryable: false,
      times: 1,
    });
    const ask = () => act(volume, { 'os-initialize_connection': { connector: CONNECTOR } });
    expect(await ask()).toMatchObject({
      status: 500,
      body: { computeFault: { message: 'The portal is closed.' } },
    });
    expect((await shown(volume)).status).toBe('attaching');
    expect((await ask()).status).toBe(200);
  });
});

describe('an administrator', () => {
  it('resets statuses, in any case, and so forgets attachments', async () => {
    const volume = await newVolume();
    const reset = (value: object) => act(volume, { 'os-reset_status': value }, 'admin');
    expect((await reset({ status: 'In-Use' })).status).toBe(400);
    expect((await reset({ status: 'ERROR_extending', attach_status: '' })).status).toBe(202);
    expect((await shown(volume)).status).toBe('error_extending');
    expect((await reset({ migration_status: 'migrating' })).status).toBe(202);
    expect((await shown(volume)).migration_status).toBe('migrating');
    const all = { status: 'available', attach_status: 'detached', migration_status: 'none' };
    expect((await reset(all)).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', migration_status: null });

    await makeAttachment(cloud.runtime.database, volume, { serverId: null, attachStatus: 'attached' });
    expect((await reset({ status: 'available' })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', attachments: [{}] });
    expect((await reset({ attach_status: 'detached' })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', attachments: [] });
  });

  it('detaches by force, and waits until storage has taken the export back', async () => {
    const volume = await newVolume();
    const attachment = { volume_uuid: volume.id, instance_uuid: randomUUID(), connector: CONNECTOR };
    const created = await cloud.ask(
      'member',
      'POST',
      '/volume/v3/attachments',
      { attachment },
      {
        microversion: '3.70',
      },
    );
    const id = created.textAt('attachment', 'id');
    for (const unknown of ['x', NOWHERE]) {
      const body = { 'os-force_detach': { attachment_id: unknown, connector: null } };
      expect(fault(await act(volume, body, 'admin'))).toEqual([409, 'conflictingRequest']);
    }
    const body = { 'os-force_detach': { attachment_id: id, connector: CONNECTOR } };
    expect((await act(volume, body, 'admin')).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', attachments: [] });
  });

  it('migrates to a pool, or to a backend', async () => {
    for (const host of ['b@other#pool', 'b@other']) {
      const volume = await newVolume();
      expect((await act(volume, { 'os-migrate_volume': { host } }, 'admin')).status).toBe(202);
      const now = await until(volume, { status: 'available', migration_status: 'success' });
      expect(now['os-vol-host-attr:host']).toBe('b@other#pool');
    }
  });

  it('completes a migration, and is told the volume that stays', async () => {
    const [volume, other] = [await newVolume(), await newVolume()];
    const complete = (new_volume: string) =>
      act(volume, { 'os-migrate_volume_completion': { new_volume } }, 'admin');
    expect(await complete(other.id)).toMatchObject({ status: 200, body: { save_volume_id: other.id } });
    expect((await complete(NOWHERE)).status).toBe(404);
  });

  it('forgets a volume, or deletes it by force', async () => {
    for (const action of ['os-unmanage', 'os-force_delete']) {
      const volume = await newVolume();
      expect((await act(volume, { [action]: {} }, 'admin')).status).toBe(202);
      await eventually(async () => ((await shown(volume)) === undefined ? true : undefined), 'it to be gone');
    }
  });
});

test('an upload tells of volume, type and image, and is queued for the project', async () => {
  const volume = await newVolume({ description: 'logs' });
  const told = await act(
    volume,
    { 'os-volume_upload_image': { image_name: 'up', force: 'true' } },
    'member',
    {
      microversion: '3.0',
    },
  );
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  expect([told.status, told.body]).toEqual([
    202,
    {
      'os-volume_upload_image': {
        id: volume.id,
        updated_at: time,
        status: 'uploading',
        display_description: 'logs',
        size: 1,
        volume_type: {
          id: volume.volumeTypeId,
          name: 'plain',
          description: null,
          is_public: true,
          extra_specs: {},
          qos_specs_id: null,
          created_at: time,
          updated_at: null,
          deleted_at: null,
          deleted: false,
        },
        image_id: expect.any(String),
        container_format: 'bare',
        disk_format: 'raw',
        image_name: 'up',
        protected: false,
        visibility: 'shared',
      },
    },
  ]);
  await until(volume, { status: 'available' });
  const image = await cloud.ask(
    'member',
    'GET',
    `/image/v2/images/${told.textAt('os-volume_upload_image', 'image_id')}`,
  );
  expect(image.body).toMatchObject({ status: 'active', name: 'up' });
});

test('a volume gets the data of its latest snapshot back, or those of an image', async () => {
  const volume = await newVolume();
  expect((await act(volume, { 'os-reimage': { image_id: NOWHERE } })).status).toBe(404);
  expect((await act(volume, { 'os-reimage': { image_id: cloud.shared.imageId } })).status).toBe(202);
  expect(await until(volume, { status: 'available' })).toMatchObject({
    bootable: 'true',
    volume_image_metadata: { image_name: 'image', min_ram: '0' },
  });
});

test('a type changes in place, and not to another backend unless that is wanted', async () => {
  const volume = await newVolume();
  const retype = (value: object) => act(volume, { 'os-retype': value });
  expect((await retype({ new_type: 'nope' })).status).toBe(404);
  expect((await retype({ new_type: 'plain' })).status).toBe(400);
  expect((await retype({ new_type: cloud.shared.typeIds.multi })).status).toBe(202);
  await until(volume, { status: 'available', volume_type: 'multi', multiattach: true });
  expect((await retype({ new_type: 'elsewhere' })).status).toBe(202);
  await until(volume, { status: 'available', volume_type: 'multi' });
  expect((await retype({ new_type: 'elsewhere', migration_policy: 'on-demand' })).status).toBe(202);
  await until(volume, { status: 'available', volume_type: 'elsewhere', migration_status: 'success' });
});
