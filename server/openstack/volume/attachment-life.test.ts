/**
 * The life of an attachment over the volume API, and whom it goes to when many want it.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planFault } from '~/server/services/simulated-faults';
import { fault } from '~/server/testing/rest';
import { AT, ATTACHMENTS, CONNECTOR, idsOf, openAttachmentApi } from '~/server/testing/rest-attachments';

const here = openAttachmentApi();
const { complete, create, list, statusOf } = here;

function update(id: string) {
  return here.cloud.ask(
    'member',
    'PUT',
    `${ATTACHMENTS}/${id}`,
    { attachment: { connector: CONNECTOR } },
    AT,
  );
}

describe('the life of an attachment', () => {
  it('goes from reserved over connected to complete, and leaves the volume available', async () => {
    const volume = await here.cloud.newVolume();
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

    const gone = await here.cloud.ask('member', 'DELETE', `${ATTACHMENTS}/${id}`, undefined, AT);
    expect([gone.status, gone.body]).toEqual([200, { attachments: [] }]);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
    expect(fault(await here.cloud.ask('member', 'GET', `${ATTACHMENTS}/${id}`, undefined, AT))).toEqual([
      404,
      'itemNotFound',
    ]);
  });

  it('is connected at once when it is created with a connector, and tells the mode that was asked for', async () => {
    const volume = await here.cloud.newVolume();
    const { body } = await create(volume, { instance_uuid: randomUUID(), connector: CONNECTOR, mode: 'ro' });
    expect(body).toMatchObject({
      attachment: { status: 'attaching', attach_mode: 'ro', connection_info: { access_mode: 'rw' } },
    });
    const [row] = await here.cloud.runtime.database.sql`
      select mountpoint, connector, connection_info from attachments where volume_id = ${volume.id}`;
    expect(row?.mountpoint).toBe('/dev/vdb');
    // Sealed at rest. No sealed text holds these by chance, as it would a word of three letters before a dot.
    expect(row?.connector).not.toContain('iqn.1993-08');
    expect(row?.connection_info).not.toContain('auth_password');
  });

  it('is read-only on a volume that is', async () => {
    const volume = await here.cloud.newVolume({ readonly: true });
    const { body } = await create(volume, { connector: CONNECTOR, mode: 'rw' });
    expect(body).toMatchObject({ attachment: { attach_mode: 'ro', connection_info: { access_mode: 'ro' } } });
  });

  it('completed without a connector has no time and no connection', async () => {
    const volume = await here.cloud.newVolume();
    const id = (await create(volume)).textAt('attachment', 'id');
    expect((await complete(id)).status).toBe(204);
    expect((await here.cloud.ask('reader', 'GET', `${ATTACHMENTS}/${id}`, undefined, AT)).body).toMatchObject(
      {
        attachment: { status: 'attached', instance: null, attached_at: '', connection_info: {} },
      },
    );
  });

  it('answers a deletion with those that are left', async () => {
    const volume = await here.cloud.newVolume({ multiattach: true });
    const first = (await create(volume, { instance_uuid: randomUUID() })).textAt('attachment', 'id');
    expect((await create(volume, { instance_uuid: randomUUID() })).status).toBe(400);
    await complete(first);
    const instance = randomUUID();
    const second = (await create(volume, { instance_uuid: instance })).textAt('attachment', 'id');
    expect(await statusOf(volume)).toEqual(['reserved', 'attached']);
    const gone = await here.cloud.ask('member', 'DELETE', `${ATTACHMENTS}/${first}`, undefined, AT);
    expect(gone.body).toEqual({
      attachments: [{ id: second, status: 'reserved', instance, volume_id: volume.id }],
    });
    expect(await statusOf(volume)).toEqual(['reserved', 'reserved']);
  });

  it('goes to one of many who want it at once', async () => {
    const volume = await here.cloud.newVolume();
    const wishes = Array.from({ length: 8 }, () =>
      create(volume, { instance_uuid: randomUUID(), connector: CONNECTOR }),
    );
    const codes = (await Promise.all(wishes)).map(({ status }) => status).sort();
    expect(codes).toEqual([200, ...Array(7).fill(400)]);
    expect(await statusOf(volume)).toEqual(['attaching', 'attaching']);
  });

  it('is taken away once, by whoever of many is first', async () => {
    const volume = await here.cloud.newVolume();
    const id = (await create(volume, { connector: CONNECTOR })).textAt('attachment', 'id');
    const away = () => here.cloud.ask('member', 'DELETE', `${ATTACHMENTS}/${id}`, undefined, AT);
    const codes = (await Promise.all([away(), away(), away()])).map(({ status }) => status).sort();
    expect(codes[0]).toBe(200);
    expect(codes.slice(1).every((code) => [404, 409].includes(code))).toBe(true);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
  });

  it('tells why storage could not connect it, and keeps the reservation', async () => {
    const volume = await here.cloud.newVolume();
    await planFault(here.cloud.admin, {
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
    const gone = await here.cloud.ask('member', 'DELETE', `${ATTACHMENTS}/${left}`, undefined, AT);
    expect(gone.status).toBe(200);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
  });
});
