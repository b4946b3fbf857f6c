/**
 * The whole life of an attachment, with the queue and the worker of the product and the simulated cloud behind them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGES_CHANNEL } from '~/db/schema/operation';
import { openConnectionInfo, openConnector } from '~/server/services/connection-schema';
import { planFault } from '~/server/services/simulated-faults';
import {
  attachmentNow,
  openRunningCloud,
  type RunningCloud,
  volumeNow,
} from '~/server/testing/running-cloud';
import { eventually } from '~/server/testing/test-cloud';
import { queueReachable } from './run';

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await openRunningCloud();
});

afterAll(() => cloud.close());

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const { sql } = cloud.runtime.database;
  const tables = await sql<{ name: string }[]>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker')`;
  const texts = await Promise.all(
    tables.map(({ name }) =>
      sql.unsafe(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`),
    ),
  );
  return texts.map(([row]) => String(row?.text)).join('\n');
}

describe('one volume, one server', () => {
  it('is attached, with everything that belongs to it, and detached, with nothing left', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const { operationId, attachmentId, device } = await cloud.attach(server, volume, { tag: 'database' });
    expect(device).toBe('/dev/vdb');
    expect(await cloud.ended(operationId)).toEqual({
      outcome: 'succeeded',
      cause: null,
      reason: null,
      steps: [
        `connect started: ${volume.name} is reserved for ${server.name} as /dev/vdb, rw`,
        `connect succeeded: ${cloud.host} asks for ${volume.name}`,
        `export succeeded: ${volume.name} is exported`,
        `complete succeeded: ${server.name} has ${volume.name} as /dev/vdb`,
      ],
    });
    expect(await volumeNow(cloud, volume)).toEqual({
      status: 'in-use',
      attach_status: 'attached',
      attachments: 1,
    });
    const attachment = await attachmentNow(cloud, attachmentId);
    expect(attachment).toMatchObject({
      attach_status: 'attached',
      mode: 'rw',
      device: '/dev/vdb',
      tag: 'database',
      attached_host: cloud.host,
    });
    const { secretKey } = cloud.runtime;
    const connector = await openConnector(secretKey, attachment.connector);
    const info = await openConnectionInfo(secretKey, attachment.connection_info);
    expect(connector).toMatchObject({ host: cloud.host });
    expect(info).toMatchObject({ driverVolumeType: 'iscsi', data: { auth_method: 'CHAP' } });
    const secrets = [connector?.initiator, info?.data.auth_username, info?.data.auth_password];
    const everything = await dump();
    for (const secret of secrets) expect(everything).not.toContain(String(secret));

    const gone = await cloud.detach(server, volume);
    expect(await cloud.ended(gone.operationId)).toEqual({
      outcome: 'succeeded',
      cause: null,
      reason: null,
      steps: [
        `disconnect started: ${volume.name} is marked to leave ${server.name}`,
        `disconnect succeeded: ${server.name} has let ${volume.name} go`,
        `finish succeeded: ${volume.name} is available`,
      ],
    });
    expect(await volumeNow(cloud, volume)).toEqual({
      status: 'available',
      attach_status: 'detached',
      attachments: 0,
    });
    expect(await attachmentNow(cloud, attachmentId)).toMatchObject({
      attach_status: 'detached',
      connector: null,
      connection_info: null,
    });
  });

  it('every open browser hears of each step', async () => {
    const heard: string[] = [];
    const { sql } = cloud.runtime.database;
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const listening = await sql.listen(CHANGES_CHANNEL, (text) => {
      const changes: { kind: string; id: string; projectId: string }[] = JSON.parse(text);
      for (const each of changes)
        if (each.projectId === cloud.projectId) heard.push(`${each.kind} ${each.id}`);
    });
    const { operationId, attachmentId } = await cloud.attach(server, volume);
    await cloud.ended(operationId);
    const objects = [
      `volume ${volume.id}`,
      `server ${server.id}`,
      `attachment ${attachmentId}`,
      `operation ${operationId}`,
    ];
    // Reserved, asked for, exported, complete.
    const four = async () =>
      objects.every((object) => heard.filter((each) => each === object).length === 4) || undefined;
    await eventually(four, 'four changes of each');
    await listening.unlisten();
    const [kept] = await sql`select count(*)::int from changes where object_id = ${operationId}`;
    expect(kept).toEqual({ count: 4 });
  });

  it('may be attached again at once', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    for (let round = 0; round < 3; round += 1) {
      await cloud.ended((await cloud.attach(server, volume, { device: '/dev/vdq' })).operationId);
      await cloud.ended((await cloud.detach(server, volume)).operationId);
    }
    expect(await volumeNow(cloud, volume)).toMatchObject({ status: 'available', attachments: 0 });
  });

  it('a fault that an administrator has planned comes to pass, once', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const plan = {
      call: 'attachDevice' as const,
      volumeId: volume.id,
      serverId: null,
      message: 'The guest is deaf.',
      times: 1,
    };
    await planFault(cloud.admin, { ...plan, retryable: false });
    expect(await cloud.ended((await cloud.attach(server, volume)).operationId)).toMatchObject({
      outcome: 'failed',
      reason: 'The guest is deaf.',
    });
    expect(await volumeNow(cloud, volume)).toEqual({
      status: 'available',
      attach_status: 'detached',
      attachments: 0,
    });
    expect(await cloud.ended((await cloud.attach(server, volume)).operationId)).toMatchObject({
      outcome: 'succeeded',
    });
  });
});

it('the queue can be reached', async () => {
  expect(await queueReachable(cloud.runtime)).toBe(true);
});
