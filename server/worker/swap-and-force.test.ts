/**
 * Disks are swapped, protected, and taken by force, on a real database.
 */
import { describe, expect, it } from 'vitest';
import { makeVolume } from '~/db/factories';
import type { DriverCall } from '~/server/domain/driver-call';
import type { VerbName } from '~/server/domain/verb-catalogue';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import { lost, openAttachments, statesOf } from '~/server/testing/attachment-scene';
import {
  attach,
  attached,
  detach,
  makeScene,
  operationOf,
  realityOf,
  rowsOf,
  runToEnd,
  type Scene,
} from '~/server/testing/scene';

const here = openAttachments();
const { admin, run } = here;

function service(): Context {
  const context = admin();
  return { ...context, actor: { ...context.actor, service: true } };
}

/** A server has data-1 as a disk; another volume is free. */
async function readyToSwap() {
  const scene = await attached(await makeScene(here.stage));
  const { database } = here.stage.cloud.runtime;
  const target = await makeVolume(database, { projectId: here.stage.projectId, sizeGib: 50 });
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
    await here.stage.cloud.runtime.database
      .sql`update volumes set status = 'in-use' where id = ${scene.volumeId}`;
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
    const scene = await attached(await makeScene(here.stage));
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
    const scene = await makeScene(here.stage);
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
