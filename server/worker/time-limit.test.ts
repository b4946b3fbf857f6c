/**
 * Silence of a host ends an operation like a failure does: everything becomes what it was.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DriverError } from '~/server/drivers/driver';
import { singleDriver } from '~/server/drivers/registry';
import { MAX_ATTEMPTS } from '~/server/services/queue';
import { modelCloud } from '~/server/testing/model-cloud';
import {
  attach,
  makeScene,
  openStage,
  operationOf,
  realityOf,
  rowsOf,
  runToEnd,
  type Stage,
} from '~/server/testing/scene';
import { withTimeLimit } from './time-limit';

const volume = { id: 'volume-1', name: 'data-1', sizeGib: 1, pool: 'stor@lvm#pool' };

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.cloud.close());

it('rolls back what a host never answers to', async () => {
  const scene = await makeScene(stage);
  const before = { rows: await rowsOf(scene), reality: realityOf(scene) };
  // The first attempt waits in vain, the others fail.
  const silent = { call: 'attachDevice', moment: 'before', kind: 'hang' } as const;
  const failing = { call: 'attachDevice', moment: 'before', kind: 'fails for now' } as const;
  scene.model.plan(silent, ...Array.from({ length: MAX_ATTEMPTS - 1 }, () => failing));
  const { operationId } = await attach(scene);
  await runToEnd(scene, operationId, withTimeLimit(scene.model, { prompt: 1000, 'moves data': 1000 }));

  expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'failed' });
  expect({ rows: await rowsOf(scene), reality: realityOf(scene) }).toEqual(before);
  scene.model.wake();
});

it('names who is silent, and lets it be asked again', async () => {
  const silent = { ...modelCloud().driver, changeVolume: () => new Promise<never>(() => undefined) };
  const { driverOfPool } = withTimeLimit(singleDriver(silent), { prompt: 1, 'moves data': 1 });
  await expect(driverOfPool('stor@lvm#pool').changeVolume(volume, 'extendVolume', {})).rejects.toEqual(
    new DriverError('Backend stor@lvm#pool gave no answer to extendVolume in time.', { retryable: true }),
  );
});

it('hands on what is answered in time', async () => {
  const prompt = { ...modelCloud().driver, changeVolume: async () => ({ size: 3 }) };
  const { driverOfPool } = withTimeLimit(singleDriver(prompt));
  expect(await driverOfPool('stor@lvm#pool').changeVolume(volume, 'extendVolume', {})).toEqual({ size: 3 });
});
