/**
 * A worker is gone between two steps: another one takes the operation up and ends it. And when the first one was only
 * slow, its late answers change nothing any more.
 */
import { describe, expect, it } from 'vitest';
import type { DriverCall } from '~/server/domain/driver-call';
import type { OperationPhase } from '~/server/domain/operation';
import { perform } from '~/server/services/perform';
import { loadVerbWork } from '~/server/services/verb-work';
import { openAttachments } from '~/server/testing/attachment-scene';
import type { Trouble } from '~/server/testing/model-cloud';
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
import { runOperation, runPhase } from './run-operation';

const here = openAttachments();

const MOMENTS: Trouble['moment'][] = ['before', 'after'];

function eachMoment(calls: readonly DriverCall[]): [DriverCall, Trouble['moment']][] {
  return calls.flatMap((call) => MOMENTS.map((moment): [DriverCall, Trouble['moment']] => [call, moment]));
}

/**
 * A worker takes the operation up and gives no sign of life any more, in the middle of a call.
 * @returns in a box, so that awaiting the box is not awaiting that worker
 */
async function crashIn(
  { model }: Scene,
  operationId: string,
  call: DriverCall,
  moment: Trouble['moment'],
): Promise<{ run: Promise<void> }> {
  model.plan({ call, moment, kind: 'hang' });
  const run = runOperation({ runtime: here.stage.cloud.runtime, drivers: model }, operationId, false);
  await model.hanging();
  return { run };
}

/** @returns the calls that the worker makes that was thought dead */
async function rise(scene: Scene, ghost: { run: Promise<void> }): Promise<DriverCall[]> {
  const heard = scene.model.calls.length;
  scene.model.wake();
  await ghost.run;
  return scene.model.calls.slice(heard);
}

async function expectDone(scene: Scene, operationId: string, after: object, disks: string[]): Promise<void> {
  expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded', phase: null });
  expect(await rowsOf(scene)).toMatchObject(after);
  expect([...scene.model.exported]).toEqual(disks);
  expect([...scene.model.guestDisks]).toEqual(disks);
}

const IN_USE = {
  volume: { status: 'in-use', attach_status: 'attached' },
  attachments: [{ attach_status: 'attached' }],
};
const AVAILABLE = { volume: { status: 'available', attach_status: 'detached' }, attachments: [] };

describe('a worker dies', () => {
  it.each(eachMoment(['getConnector', 'initializeConnection', 'attachDevice']))(
    'during an attach, in %s, %s its effect',
    async (call, moment) => {
      const scene = await makeScene(here.stage);
      const { operationId, attachmentId } = await attach(scene);
      const ghost = await crashIn(scene, operationId, call, moment);
      await runToEnd(scene, operationId);
      await expectDone(scene, operationId, IN_USE, [attachmentId]);

      const [rows, operation] = [await rowsOf(scene), await operationOf(scene, operationId)];
      expect(await rise(scene, ghost)).toEqual([]);
      expect(await rowsOf(scene)).toEqual(rows);
      expect(await operationOf(scene, operationId)).toEqual(operation);
    },
  );

  it.each(eachMoment(['detachDevice', 'terminateConnection']))(
    'during a detach, in %s, %s its effect',
    async (call, moment) => {
      const scene = await attached(await makeScene(here.stage));
      const { operationId } = await detach(scene);
      const ghost = await crashIn(scene, operationId, call, moment);
      await runToEnd(scene, operationId);
      await expectDone(scene, operationId, AVAILABLE, []);

      const [rows, operation] = [await rowsOf(scene), await operationOf(scene, operationId)];
      expect(await rise(scene, ghost)).toEqual([]);
      expect(await rowsOf(scene)).toEqual(rows);
      expect(await operationOf(scene, operationId)).toEqual(operation);
    },
  );

  it.each(eachMoment(['detachDevice', 'terminateConnection']))(
    'on the way back of an attach, in %s, %s its effect',
    async (call, moment) => {
      const scene = await makeScene(here.stage);
      const before = await rowsOf(scene);
      const { operationId } = await attach(scene);
      scene.model.plan({ call: 'attachDevice', moment: 'after', kind: 'fails' });
      const ghost = await crashIn(scene, operationId, call, moment);
      await runToEnd(scene, operationId);
      expect(await rowsOf(scene)).toEqual(before);
      const nothing = { exported: new Set(), guestDisks: new Set() };
      expect(realityOf(scene)).toEqual(nothing);
      await rise(scene, ghost);
      expect(await rowsOf(scene)).toEqual(before);
      expect(realityOf(scene)).toEqual(nothing);
    },
  );

  it.each(eachMoment(['initializeConnection', 'attachDevice']))(
    'on the way back of a detach, in %s, %s its effect',
    async (call, moment) => {
      const scene = await attached(await makeScene(here.stage));
      const [before, reality] = [await rowsOf(scene), realityOf(scene)];
      const { operationId } = await detach(scene);
      scene.model.plan({ call: 'terminateConnection', moment: 'after', kind: 'fails' });
      const ghost = await crashIn(scene, operationId, call, moment);
      await runToEnd(scene, operationId);
      expect(await rowsOf(scene)).toEqual(before);
      expect(realityOf(scene)).toEqual(reality);
      await rise(scene, ghost);
      expect(await rowsOf(scene)).toEqual(before);
      expect(realityOf(scene)).toEqual(reality);
    },
  );
});

describe('a worker was only slow', () => {
  it('an attach of long ago does not touch a volume that has been detached since', async () => {
    const scene = await makeScene(here.stage);
    const first = await attach(scene);
    const ghost = await crashIn(scene, first.operationId, 'getConnector', 'after');
    await runToEnd(scene, first.operationId);
    const { operationId } = await detach(scene);
    await runToEnd(scene, operationId);
    await expectDone(scene, operationId, AVAILABLE, []);

    expect(await rise(scene, ghost)).toEqual([]);
    await expectDone(scene, operationId, AVAILABLE, []);
  });

  it('a detach of long ago does not take a volume from its next server', async () => {
    const scene = await attached(await makeScene(here.stage));
    const first = await detach(scene);
    const ghost = await crashIn(scene, first.operationId, 'terminateConnection', 'after');
    await runToEnd(scene, first.operationId);
    const next = await attached(scene);

    expect(await rise(scene, ghost)).toEqual([]);
    await expectDone(next, first.operationId, IN_USE, [next.attachmentId]);
  });

  it('two workers at the same operation at the same time end it once', async () => {
    const scene = await makeScene(here.stage);
    const { operationId, attachmentId } = await attach(scene);
    const { runtime } = here.stage.cloud;
    const workers = [runtime, here.stage.cloud.anotherRuntime(), here.stage.cloud.anotherRuntime()];
    await Promise.all(
      workers.map((each) => runOperation({ runtime: each, drivers: scene.model }, operationId, false)),
    );
    await expectDone(scene, operationId, IN_USE, [attachmentId]);
    const { steps } = await operationOf(scene, operationId);
    expect(steps.filter((step) => step === 'complete succeeded')).toHaveLength(1);
  });

  it('does not take for the answer about the next disk what was answered about the one before', async () => {
    const scene = await attached(await makeScene(here.stage));
    await attached({ ...(await makeScene(here.stage)), serverId: scene.serverId, model: scene.model });
    const { model, serverId } = scene;
    const dependencies = { runtime: here.stage.cloud.runtime, drivers: model };
    const call = { action: 'server.delete', id: serverId, input: {} } as const;
    const { operationId } = await perform(here.stage.member, call);
    let work = await loadVerbWork(dependencies.runtime, operationId);
    while (work !== null && work.phase !== 'disconnect') work = await runPhase(dependencies, work);
    if (work === null) throw new Error('no disk was let go');

    model.plan({ call: 'terminateConnection', moment: 'after', kind: 'hang' });
    const ghost = runPhase(dependencies, work);
    await model.hanging();
    const next = await runPhase(dependencies, work);
    expect(next?.operation.carry).not.toEqual(work.operation.carry);
    model.wake();
    expect((await ghost)?.operation).toEqual(next?.operation);
    expect(model.exported.size).toBe(1);

    await runToEnd(scene, operationId);
    expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(model.exported.size).toBe(0);
  });
});

describe('every handler may run twice', () => {
  async function twice(scene: Scene, operationId: string, phases: readonly OperationPhase[]): Promise<void> {
    const dependencies = { runtime: here.stage.cloud.runtime, drivers: scene.model };
    for (const phase of phases) {
      const work = await loadVerbWork(dependencies.runtime, operationId);
      expect(work?.phase).toBe(phase);
      if (work === null) throw new Error(`nothing to do in ${phase}`);
      await runPhase(dependencies, work);
      await runPhase(dependencies, work);
    }
    expect(await loadVerbWork(dependencies.runtime, operationId)).toBeNull();
  }

  it('forward', async () => {
    const scene = await makeScene(here.stage);
    const there = await attach(scene);
    await twice(scene, there.operationId, ['connect', 'export', 'complete']);
    await expectDone(scene, there.operationId, IN_USE, [there.attachmentId]);
    const back = await detach(scene);
    await twice(scene, back.operationId, ['disconnect', 'finish']);
    await expectDone(scene, back.operationId, AVAILABLE, []);
    expect((await operationOf(scene, there.operationId)).steps).toEqual([
      'connect started',
      'connect succeeded',
      'export succeeded',
      'complete succeeded',
    ]);
    expect((await operationOf(scene, back.operationId)).steps).toEqual([
      'disconnect started',
      'disconnect succeeded',
      'finish succeeded',
    ]);
  });

  it('and back', async () => {
    const scene = await makeScene(here.stage);
    const { operationId } = await attach(scene);
    scene.model.plan({ call: 'attachDevice', moment: 'after', kind: 'fails' });
    // The way back waits for the next attempt, so that it can be taken by hand.
    scene.model.plan({ call: 'detachDevice', moment: 'before', kind: 'fails for now' });
    await runOperation({ runtime: here.stage.cloud.runtime, drivers: scene.model }, operationId, false).catch(
      () => undefined,
    );
    await twice(scene, operationId, ['roll-back']);
    expect(await rowsOf(scene)).toMatchObject(AVAILABLE);
    expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'failed' });
  });
});
