/**
 * When the way back fails as well, the volume goes to nobody before a person has looked, and the operation ends.
 */
import { describe, expect, it } from 'vitest';
import type { DriverCall } from '~/server/domain/driver-call';
import type { VolumeStatus } from '~/server/domain/volume';
import { RefusedError } from '~/server/services/refused';
import { lost, openAttachments } from '~/server/testing/attachment-scene';
import {
  anotherServer,
  attach,
  attached,
  detach,
  expectLeft,
  heldByAnother,
  makeScene,
  operationOf,
  runToEnd,
  type Scene,
} from '~/server/testing/scene';

const here = openAttachments();

const SCENES: Record<'single' | 'downloading' | 'multiattach' | 'shared', () => Promise<Scene>> = {
  single: () => makeScene(here.stage),
  downloading: () => makeScene(here.stage, { status: 'downloading' }),
  multiattach: () => makeScene(here.stage, { multiattach: true }),
  shared: async () => {
    const scene = await makeScene(here.stage, { multiattach: true });
    await heldByAnother(scene);
    return scene;
  },
};

/** Volume, call of the way there, call of the way back, what the volume is then. */
type Row = [keyof typeof SCENES, DriverCall, DriverCall, VolumeStatus];

const ATTACHES: Row[] = [
  ['single', 'initializeConnection', 'terminateConnection', 'error'],
  ['single', 'attachDevice', 'detachDevice', 'error'],
  ['single', 'attachDevice', 'terminateConnection', 'error'],
  ['downloading', 'attachDevice', 'detachDevice', 'error'],
  ['multiattach', 'attachDevice', 'detachDevice', 'error'],
  // The other server's disk is as good as before.
  ['shared', 'attachDevice', 'detachDevice', 'in-use'],
];

const DETACHES: Row[] = [
  ['single', 'detachDevice', 'attachDevice', 'error'],
  ['single', 'terminateConnection', 'attachDevice', 'error'],
  ['single', 'terminateConnection', 'initializeConnection', 'error'],
  ['multiattach', 'terminateConnection', 'attachDevice', 'error'],
  ['shared', 'detachDevice', 'attachDevice', 'in-use'],
];

describe('the way back fails as well', () => {
  it.each(ATTACHES)('attach, %s: %s, then %s', async (kind, there, back, status) => {
    const scene = await SCENES[kind]();
    const { operationId, attachmentId } = await attach(scene);
    scene.model.plan({ call: there, ...lost }, { call: back, ...lost });
    await runToEnd(scene, operationId);
    await expectGivenUp(scene, operationId, { there, back });
    await expectLeft(scene, attachmentId, 'error_attaching', status);
  });

  it.each(DETACHES)('detach, %s: %s, then %s', async (kind, there, back, status) => {
    const scene = await attached(await SCENES[kind]());
    const { operationId } = await detach(scene);
    scene.model.plan({ call: there, ...lost }, { call: back, ...lost });
    await runToEnd(scene, operationId);
    await expectGivenUp(scene, operationId, { there, back });
    await expectLeft(scene, scene.attachmentId, 'error_detaching', status);
  });

  it('nobody gets such a volume, not even when an operator says it were available', async () => {
    const scene = await makeScene(here.stage);
    const { operationId } = await attach(scene);
    scene.model.plan({ call: 'attachDevice', ...lost }, { call: 'detachDevice', ...lost });
    await runToEnd(scene, operationId);
    const elsewhere = { ...scene, serverId: await anotherServer(here.stage) };
    const again = () => attach(elsewhere).catch((error: unknown) => error);
    expect(await again()).toBeInstanceOf(RefusedError);
    await here.stage.cloud.runtime.database.sql`
      update volumes set status = 'available' where id = ${scene.volumeId}`;
    expect(await again()).toMatchObject({
      refusals: [expect.objectContaining({ rule: 'volume.attach.already-attached' })],
    });
  });
});

async function expectGivenUp(
  scene: Scene,
  operationId: string,
  { there, back }: { there: DriverCall; back: DriverCall },
): Promise<void> {
  const operation = await operationOf(scene, operationId);
  expect(operation).toMatchObject({
    outcome: 'failed',
    phase: null,
    reason: `${there} did not work. The way back failed as well: ${back} did not work.`,
  });
  expect(operation.steps.at(-1)).toBe('roll-back failed');
}
