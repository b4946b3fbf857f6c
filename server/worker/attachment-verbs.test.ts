/**
 * The verbs on attachments on a real database, with a worker and a cloud that remembers what it exports and which guest
 * has which disk.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVolume } from '~/db/factories';
import type { DriverCall } from '~/server/domain/driver-call';
import type { VerbName } from '~/server/domain/verb-catalogue';
import { openConnectionInfo } from '~/server/services/connection-schema';
import type { Context } from '~/server/services/context';
import { type Performed, perform } from '~/server/services/perform';
import {
  anotherServer,
  attach,
  attached,
  detach,
  makeScene,
  openStage,
  operationOf,
  realityOf,
  rowsOf,
  runToEnd,
  type Scene,
  type Stage,
} from '~/server/testing/scene';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.cloud.close());

const CONNECTOR = { host: 'cmp-foreign', initiator: 'iqn.2026-01.test:foreign' };

function admin(): Context {
  return { ...stage.member, actor: { ...stage.member.actor, roles: ['admin'] } };
}

function service(): Context {
  const context = admin();
  return { ...context, actor: { ...context.actor, service: true } };
}

/** Performs it as an administrator, and lets the worker finish it. */
async function run(
  scene: Scene,
  action: VerbName,
  id: string,
  input: Readonly<Record<string, unknown>> = {},
  context: Context = admin(),
): Promise<Performed & { outcome: string; reason: string | null }> {
  const performed = await perform(context, { action, id, input });
  if (performed.running) await runToEnd(scene, performed.operationId);
  const { outcome, reason } = await operationOf(scene, performed.operationId);
  return { ...performed, outcome, reason };
}

async function statesOf(scene: Scene) {
  const { volume, attachments } = await rowsOf(scene);
  return {
    volume: pick(volume, ['status', 'attach_status']),
    attachments: attachments.map((each) => pick(each, ['attach_status', 'device'])),
  };
}

function pick(row: object, keys: readonly string[]): string {
  const values = row as Record<string, unknown>;
  return keys.map((key) => String(values[key] ?? '-')).join(' ');
}

const lost = { moment: 'before', kind: 'fails' } as const;

describe('the life of an attachment through the Block Storage API', () => {
  it('is reserved, connected, completed and deleted', async () => {
    const scene = await makeScene(stage);
    const instanceId = randomUUID();
    const created = await run(scene, 'attachment.create', scene.volumeId, { instanceId }, stage.member);
    const id = String(created.answer.attachmentId);
    expect(await statesOf(scene)).toEqual({ volume: 'reserved detached', attachments: ['reserved -'] });
    await run(scene, 'attachment.update', id, { connector: CONNECTOR }, stage.member);
    expect(await statesOf(scene)).toEqual({ volume: 'attaching attaching', attachments: ['attaching -'] });
    expect(scene.model.exported).toEqual(new Set([id]));
    await run(scene, 'attachment.complete', id, {}, stage.member);
    expect(await statesOf(scene)).toEqual({ volume: 'in-use attached', attachments: ['attached -'] });
    const deleted = await run(scene, 'attachment.delete', id, {}, stage.member);
    expect(deleted.answer).toEqual({ attachments: [] });
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
    expect(scene.model.exported).toEqual(new Set());
  });

  it('keeps its connection sealed, and its connector out of the audit trail', async () => {
    const scene = await makeScene(stage);
    const { answer, operationId } = await run(scene, 'attachment.create', scene.volumeId, {
      connector: CONNECTOR,
    });
    const { sql, runtime } = { sql: stage.cloud.runtime.database.sql, runtime: stage.cloud.runtime };
    const [row] = await sql<{ connector: string; connection_info: string; input: object; carry: object }[]>`
      select a.connector, a.connection_info, o.input, o.carry from attachments a, operations o
      where a.id = ${String(answer.attachmentId)} and o.id = ${operationId}`;
    expect(JSON.stringify(row)).not.toMatch(/open sesame|iqn\./);
    expect(row?.input).toEqual({});
    expect(await openConnectionInfo(runtime.secretKey, row?.connection_info ?? null)).toMatchObject({
      driverVolumeType: 'iscsi',
    });
  });

  it.each<[DriverCall[], string, string[]]>([
    [['initializeConnection'], 'reserved detached', ['reserved -']],
    [['initializeConnection', 'terminateConnection'], 'error detached', ['error_attaching -']],
  ])('%o fails while it is connected', async (calls, volume, attachments) => {
    const scene = await makeScene(stage);
    scene.model.plan(...calls.map((call) => ({ call, ...lost })));
    const ended = await run(scene, 'attachment.create', scene.volumeId, { connector: CONNECTOR });
    expect(ended.outcome).toBe('failed');
    expect(await statesOf(scene)).toEqual({ volume, attachments });
    await run(scene, 'volume.force-detach', scene.volumeId);
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
  });

  it('storage does not take it back: nothing changes, and a second try succeeds', async () => {
    const scene = await makeScene(stage);
    const { answer } = await run(scene, 'attachment.create', scene.volumeId, { connector: CONNECTOR });
    const before = await rowsOf(scene);
    scene.model.plan({ call: 'terminateConnection', ...lost });
    expect((await run(scene, 'attachment.delete', String(answer.attachmentId))).outcome).toBe('failed');
    expect(await rowsOf(scene)).toEqual(before);
    expect((await run(scene, 'attachment.delete', String(answer.attachmentId))).outcome).toBe('succeeded');
  });

  it('one of many at once gets the volume', async () => {
    const scene = await makeScene(stage);
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
    const scene = await makeScene(stage);
    const { volumeId } = scene;
    await run(scene, 'volume.reserve', volumeId);
    const { operationId } = await run(scene, 'volume.initialize-connection', volumeId, {
      connector: CONNECTOR,
    });
    const [row] = await stage.cloud.runtime.database.sql<{ carry: { connectionInfo: string } }[]>`
      select carry from operations where id = ${operationId}`;
    const info = await openConnectionInfo(stage.cloud.runtime.secretKey, row?.carry.connectionInfo ?? null);
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

/** A server has data-1 as a disk; another volume is free. */
async function readyToSwap() {
  const scene = await attached(await makeScene(stage));
  const { database } = stage.cloud.runtime;
  const target = await makeVolume(database, { projectId: stage.projectId, sizeGib: 50 });
  const other: Scene = { ...scene, volumeId: target.id };
  const swap = () => run(scene, 'attachment.swap', scene.attachmentId, { volumeId: target.id });
  return { scene, other, swap };
}

describe('swap', () => {
  it('moves the disk', async () => {
    const { scene, other, swap } = await readyToSwap();
    const { outcome, answer } = await swap();
    expect(outcome).toBe('succeeded');
    const id = String(answer.attachmentId);
    expect(realityOf(scene)).toEqual({ exported: new Set([id]), guestDisks: new Set([id]) });
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
    expect(await statesOf(other)).toEqual({ volume: 'in-use attached', attachments: ['attached /dev/vdb'] });
    // It is a disk like any other.
    const { operationId } = await detach(other);
    await runToEnd(other, operationId);
    expect(await statesOf(other)).toEqual({ volume: 'available detached', attachments: [] });
  });

  it.each<[DriverCall, 'before' | 'after']>([
    ['getConnector', 'before'],
    ['initializeConnection', 'before'],
    ['initializeConnection', 'after'],
    ['swapDevice', 'before'],
    ['swapDevice', 'after'],
  ])('%s fails, %s its effect: everything is what it was', async (call, moment) => {
    const { scene, other, swap } = await readyToSwap();
    const before = [await rowsOf(scene), await rowsOf(other), realityOf(scene)];
    scene.model.plan({ call, moment, kind: 'fails' });
    expect(await swap()).toMatchObject({ outcome: 'failed', reason: `${call} did not work.` });
    expect([await rowsOf(scene), await rowsOf(other), realityOf(scene)]).toEqual(before);
  });

  it('the old volume cannot be let go; force frees it', async () => {
    const { scene, other, swap } = await readyToSwap();
    scene.model.plan({ call: 'terminateConnection', ...lost });
    expect((await swap()).outcome).toBe('failed');
    expect(await statesOf(other)).toEqual({ volume: 'in-use attached', attachments: ['attached /dev/vdb'] });
    expect(await statesOf(scene)).toEqual({ volume: 'error detached', attachments: ['error_detaching -'] });
    await run(scene, 'volume.force-detach', scene.volumeId);
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
    expect(scene.model.exported.size).toBe(1);
  });

  it('the way back fails as well: a service frees the new volume, an administrator saves the old disk', async () => {
    const { scene, other, swap } = await readyToSwap();
    scene.model.plan({ call: 'swapDevice', ...lost }, { call: 'swapDevice', ...lost });
    expect((await swap()).outcome).toBe('failed');
    expect(await statesOf(scene)).toEqual({
      volume: 'error detached',
      attachments: ['error_detaching /dev/vdb'],
    });
    expect(await statesOf(other)).toEqual({ volume: 'error detached', attachments: ['error_attaching -'] });
    await run(other, 'volume.force-detach', other.volumeId, {}, service());
    expect(await statesOf(other)).toEqual({ volume: 'available detached', attachments: [] });
    await run(scene, 'volume.reset-status', scene.volumeId, { status: 'in-use', attachStatus: 'attached' });
    const { operationId } = await detach(scene);
    await runToEnd(scene, operationId);
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
    expect(realityOf(scene)).toEqual({ exported: new Set(), guestDisks: new Set() });
  });

  it('a detach meanwhile is refused, whatever an operator says of the status', async () => {
    const { scene, other } = await readyToSwap();
    const { operationId } = await perform(admin(), {
      action: 'attachment.swap',
      id: scene.attachmentId,
      input: { volumeId: other.volumeId },
    });
    await stage.cloud.runtime.database.sql`update volumes set status = 'in-use' where id = ${scene.volumeId}`;
    await expect(detach(scene)).rejects.toMatchObject({
      refusals: [expect.objectContaining({ rule: 'volume.detach.operation-in-progress' })],
    });
    await runToEnd(scene, operationId);
    expect(await statesOf(scene)).toEqual({ volume: 'in-use attached', attachments: ['attached /dev/vdb'] });
    expect(await statesOf(other)).toEqual({ volume: 'available detached', attachments: [] });
  });
});

describe('detach protection', () => {
  it('keeps administrators from a disk, and lets a service token through', async () => {
    const scene = await attached(await makeScene(stage));
    const before = await rowsOf(scene);
    const calls: [VerbName, string][] = [
      ['attachment.delete', scene.attachmentId],
      ['volume.mark-detached', scene.volumeId],
      ['volume.terminate-connection', scene.volumeId],
      ['volume.force-detach', scene.volumeId],
    ];
    for (const [action, id] of calls) {
      await expect(perform(admin(), { action, id, input: {} })).rejects.toMatchObject({
        refusals: [expect.objectContaining({ rule: `${action}.used-by-compute`, code: 'conflict' })],
      });
    }
    expect(await rowsOf(scene)).toEqual(before);
    scene.model.guestDisks.clear();
    await run(scene, 'attachment.delete', scene.attachmentId, {}, service());
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
  });
});

describe('by force', () => {
  it('relieves an attach that hangs, which then leaves everything alone', async () => {
    const scene = await makeScene(stage);
    const { operationId } = await attach(scene);
    scene.model.plan({ call: 'attachDevice', moment: 'before', kind: 'hang' });
    const running = runToEnd(scene, operationId);
    await scene.model.hanging();
    await run(scene, 'volume.force-detach', scene.volumeId, {}, service());
    expect((await operationOf(scene, operationId)).outcome).toBe('failed');
    scene.model.wake();
    await running;
    expect(await statesOf(scene)).toEqual({ volume: 'available detached', attachments: [] });
  });
});

describe('the fate of a disk', () => {
  it('is changed at once', async () => {
    const scene = await attached(await makeScene(stage));
    const input = { deleteOnTermination: true };
    await run(scene, 'attachment.set-delete-on-termination', scene.attachmentId, input, stage.member);
    expect((await rowsOf(scene)).attachments).toEqual([
      expect.objectContaining({ delete_on_termination: true }),
    ]);
  });
});

it('a dry run changes nothing', async () => {
  const scene = await makeScene(stage);
  const before = await rowsOf(scene);
  const call = { action: 'attachment.create', id: scene.volumeId, input: {} } as const;
  const { effects } = await perform(admin(), call, { dryRun: true });
  expect(effects.map(({ table, op }) => `${op} ${table}`)).toEqual(['insert attachment', 'update volume']);
  expect(await rowsOf(scene)).toEqual(before);
});

it('a server cannot be given a volume that another instance has reserved', async () => {
  const scene = await makeScene(stage);
  await run(scene, 'attachment.create', scene.volumeId, { instanceId: await anotherServer(stage) });
  await expect(attach(scene)).rejects.toMatchObject({
    refusals: expect.arrayContaining([expect.objectContaining({ rule: 'volume.attach.held' })]),
  });
});
