/**
 * The verbs on attachments on a real database, with a worker and a cloud that remembers what it exports and which guest
 * has which disk.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DriverCall } from '~/server/domain/driver-call';
import { openConnectionInfo } from '~/server/services/connection-schema';
import { perform } from '~/server/services/perform';
import { lost, openAttachments, statesOf } from '~/server/testing/attachment-scene';
import { anotherServer, attach, attached, makeScene, rowsOf } from '~/server/testing/scene';

const here = openAttachments();
const { admin, run } = here;

const CONNECTOR = { host: 'cmp-foreign', initiator: 'iqn.2026-01.test:foreign' };

describe('the life of an attachment through the Block Storage API', () => {
  it('is reserved, connected, completed and deleted', async () => {
    const scene = await makeScene(here.stage);
    const instanceId = randomUUID();
    const created = await run(scene, 'attachment.create', scene.volumeId, { instanceId }, here.stage.member);
    const id = String(created.answer.attachmentId);
    expect(await statesOf(scene)).toEqual({ volume: 'reserved detached', attachments: ['reserved -'] });
    await run(scene, 'attachment.update', id, { connector: CONNECTOR }, here.stage.member);
    expect(await statesOf(scene)).toEqual({ volume: 'attaching attaching', attachments: ['attaching -'] });
    expect(scene.model.exported).toEqual(new Set([id]));
    await run(scene, 'attachment.complete', id, {}, here.stage.member);
    expect(await statesOf(scene)).toEqual({ volume: 'in-use attached', attachments: ['attached -'] });
    const deleted = await run(scene, 'attachment.delete', id, {}, here.stage.member);
    expect(deleted.answer).toEqual({ attachments: [] });
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
    expect(scene.model.exported).toEqual(new Set());
  });

  it('keeps its connection sealed, and its connector out of the audit trail', async () => {
    const scene = await makeScene(here.stage);
    const { answer, operationId } = await run(scene, 'attachment.create', scene.volumeId, {
      connector: CONNECTOR,
    });
    const { sql, runtime } = {
      sql: here.stage.cloud.runtime.database.sql,
      runtime: here.stage.cloud.runtime,
    };
    const [row] = await sql<{ connector: string; connection_info: string; input: object; carry: object }[]>`
      select a.connector, a.connection_info, o.input, o.carry from attachments a, operations o
      where a.id = ${String(answer.attachmentId)} and o.id = ${operationId}`;
    // No sealed text holds these by chance, as it would a word of three letters before a dot.
    expect(JSON.stringify(row)).not.toMatch(/open sesame|iqn\.2026-01/);
    expect(row?.input).toEqual({});
    expect(await openConnectionInfo(runtime.secretKey, row?.connection_info ?? null)).toMatchObject({
      driverVolumeType: 'iscsi',
    });
  });

  it.each<[DriverCall[], string, string[]]>([
    [['initializeConnection'], 'reserved detached', ['reserved -']],
    [['initializeConnection', 'terminateConnection'], 'error detached', ['error_attaching -']],
  ])('%o fails while it is connected', async (calls, volume, attachments) => {
    const scene = await makeScene(here.stage);
    scene.model.plan(...calls.map((call) => ({ call, ...lost })));
    const ended = await run(scene, 'attachment.create', scene.volumeId, { connector: CONNECTOR });
    expect(ended.outcome).toBe('failed');
    expect(await statesOf(scene)).toEqual({ volume, attachments });
    await run(scene, 'volume.force-detach', scene.volumeId);
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
  });

  it('storage does not take it back: nothing changes, and a second try succeeds', async () => {
    const scene = await makeScene(here.stage);
    const { answer } = await run(scene, 'attachment.create', scene.volumeId, { connector: CONNECTOR });
    const before = await rowsOf(scene);
    scene.model.plan({ call: 'terminateConnection', ...lost });
    expect((await run(scene, 'attachment.delete', String(answer.attachmentId))).outcome).toBe('failed');
    expect(await rowsOf(scene)).toEqual(before);
    expect((await run(scene, 'attachment.delete', String(answer.attachmentId))).outcome).toBe('succeeded');
  });

  it('one of many at once gets the volume', async () => {
    const scene = await makeScene(here.stage);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        run(scene, 'attachment.create', scene.volumeId, { instanceId: randomUUID() }),
      ),
    );
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(await statesOf(scene)).toEqual({ volume: 'reserved detached', attachments: ['reserved -'] });
  });
});

describe('older clients', () => {
  it('reserve, connect, mark, begin, terminate, detach', async () => {
    const scene = await makeScene(here.stage);
    const { volumeId } = scene;
    await run(scene, 'volume.reserve', volumeId);
    const { operationId } = await run(scene, 'volume.initialize-connection', volumeId, {
      connector: CONNECTOR,
    });
    const [row] = await here.stage.cloud.runtime.database.sql<{ carry: { connectionInfo: string } }[]>`
      select carry from operations where id = ${operationId}`;
    const info = await openConnectionInfo(
      here.stage.cloud.runtime.secretKey,
      row?.carry.connectionInfo ?? null,
    );
    expect(info?.driverVolumeType).toBe('iscsi');
    await run(scene, 'volume.mark-attached', volumeId, { mountpoint: '/dev/vdc', hostName: 'cmp-foreign' });
    expect(await statesOf(scene)).toEqual({ volume: 'in-use attached', attachments: ['attached -'] });
    await run(scene, 'volume.begin-detaching', volumeId);
    await run(scene, 'volume.terminate-connection', volumeId, { connector: CONNECTOR });
    expect(scene.model.exported).toEqual(new Set());
    expect((await statesOf(scene)).volume).toBe('detaching attached');
    await run(scene, 'volume.mark-detached', volumeId);
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
  });
});

describe('the fate of a disk', () => {
  it('is changed at once', async () => {
    const scene = await attached(await makeScene(here.stage));
    const input = { deleteOnTermination: true };
    await run(scene, 'attachment.set-delete-on-termination', scene.attachmentId, input, here.stage.member);
    expect((await rowsOf(scene)).attachments).toEqual([
      expect.objectContaining({ delete_on_termination: true }),
    ]);
  });
});

it('a dry run changes nothing', async () => {
  const scene = await makeScene(here.stage);
  const before = await rowsOf(scene);
  const call = { action: 'attachment.create', id: scene.volumeId, input: {} } as const;
  const { effects } = await perform(admin(), call, { dryRun: true });
  expect(effects.map(({ table, op }) => `${op} ${table}`)).toEqual(['insert attachment', 'update volume']);
  expect(await rowsOf(scene)).toEqual(before);
});

it('a server cannot be given a volume that another instance has reserved', async () => {
  const scene = await makeScene(here.stage);
  await run(scene, 'attachment.create', scene.volumeId, { instanceId: await anotherServer(here.stage) });
  await expect(attach(scene)).rejects.toMatchObject({
    refusals: expect.arrayContaining([expect.objectContaining({ rule: 'volume.attach.held' })]),
  });
});
