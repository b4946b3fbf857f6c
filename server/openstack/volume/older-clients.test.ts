/**
 * How clients of before attachments give a volume to an instance: reserve, connect, record.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planFault } from '~/server/services/simulated-faults';
import { fault } from '~/server/testing/rest';
import { CONNECTOR, openActionApi } from '~/server/testing/rest-volume-actions';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openActionApi();
const { act, newVolume, shown } = here;

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
    await planFault(here.cloud.admin, {
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
