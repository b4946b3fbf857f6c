/**
 * The event `volume-extended` of a disk: its host shows the new size to the guest, and the action tells how that went.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServerRecord, VolumeRecord } from '~/db/factories';
import { planFault } from '~/server/services/simulated-faults';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

async function newDisk(given: Partial<ServerRecord> = {}) {
  const [server, volume] = [await cloud.newServer(given), await cloud.newVolume()];
  await cloud.ended((await cloud.attach(server, volume)).operationId);
  return { server, volume };
}

/** Tells the event, as a service of another project does. @returns the request id */
async function tell(server: ServerRecord, volume: VolumeRecord, name = 'volume-extended'): Promise<string> {
  const events = [{ name, server_uuid: server.id, tag: volume.id }];
  const told = await cloud.ask(
    'alt',
    'POST',
    '/compute/v2.1/os-server-external-events',
    { events },
    {
      microversion: '2.51',
      serviceToken: 'good',
    },
  );
  expect([told.status, told.body]).toEqual([
    200,
    { events: [{ ...events[0], status: 'completed', code: 200 }] },
  ]);
  return told.headers.get('x-compute-request-id') ?? '';
}

interface Action {
  action: string;
  message: string | null;
  events: { event: string; result: string | null; details?: string }[];
}

/** @returns the action that a request has led to, once it has ended */
function ended(server: ServerRecord, requestId: string): Promise<Action> {
  const path = `/compute/v2.1/servers/${server.id}/os-instance-actions/${requestId}`;
  return eventually(async () => {
    const { body } = await cloud.ask('admin', 'GET', path, undefined, { microversion: '2.84' });
    const { instanceAction } = body as { instanceAction: Action };
    return instanceAction.events[0]?.result === null ? undefined : instanceAction;
  }, `the end of ${requestId}`);
}

it('leads to the host, and is told as done', async () => {
  const { server, volume } = await newDisk();
  expect(await ended(server, await tell(server, volume))).toMatchObject({
    action: 'extend_volume',
    message: null,
    events: [{ event: 'compute_extend_volume', result: 'Success' }],
  });
  const { sql } = cloud.runtime.database;
  const [operation] = await sql`
    select action, (select message from operation_steps s where s.operation_id = o.id order by s.id desc limit 1) as last
    from operations o where server_id = ${server.id} order by started_at desc limit 1`;
  expect(operation).toEqual({
    action: 'attachment.tell-size',
    last: `${server.name} sees ${volume.name} with ${volume.sizeGib} GiB`,
  });
});

it('is told as failed where the host says no; the disk stays as it is', async () => {
  const { server, volume } = await newDisk();
  const fault = { volumeId: volume.id, serverId: null, retryable: false, times: 1 };
  await planFault(cloud.admin, { ...fault, call: 'extendDevice', message: 'The guest does not answer.' });
  expect(await ended(server, await tell(server, volume))).toMatchObject({
    action: 'extend_volume',
    message: 'Error',
    events: [{ result: 'Error', details: expect.stringContaining('The guest does not answer.') }],
  });
  const path = `/compute/v2.1/servers/${server.id}/os-volume_attachments/${volume.id}`;
  expect((await cloud.ask('member', 'GET', path, undefined, { microversion: '2.89' })).status).toBe(200);
});

it('is told as failed where the host is down', async () => {
  const { server, volume } = await newDisk();
  const { sql } = cloud.runtime.database;
  await sql`update hosts set up = false where name = ${cloud.host}`;
  const action = await ended(server, await tell(server, volume));
  await sql`update hosts set up = true where name = ${cloud.host}`;
  expect(action).toMatchObject({
    message: 'Error',
    events: [{ result: 'Error', details: expect.stringContaining(`${cloud.host} of server`) }],
  });
});

it('is done where the server does not have the volume, or has only reserved it', async () => {
  const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
  expect(await ended(server, await tell(server, volume))).toMatchObject({ events: [{ result: 'Success' }] });
});
