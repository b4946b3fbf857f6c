/**
 * An operation that cannot even fail in order ends all the same, and leaves its object to a person.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '~/server/services/perform';
import { MAX_ATTEMPTS } from '~/server/services/queue';
import {
  attach,
  detach,
  makeScene,
  openStage,
  operationOf,
  rowsOf,
  runToEnd,
  type Stage,
} from '~/server/testing/scene';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.cloud.close());

it('is given up when the database does not take what its failure would leave', async () => {
  const { sql } = stage.cloud.runtime.database;
  await sql`
    alter table attachments add constraint no_errors check (attach_status is distinct from 'error_attaching')`;
  const scene = await makeScene(stage);
  const { operationId } = await attach(scene);
  const always = (call: 'attachDevice' | 'terminateConnection') =>
    Array.from({ length: MAX_ATTEMPTS }, () => ({ call, moment: 'before', kind: 'fails for now' }) as const);
  scene.model.plan(...always('attachDevice'), ...always('terminateConnection'));
  await runToEnd(scene, operationId);
  await sql`alter table attachments drop constraint no_errors`;

  expect(await operationOf(scene, operationId)).toMatchObject({
    outcome: 'failed',
    reason: 'terminateConnection did not work.',
  });
  expect(await rowsOf(scene)).toMatchObject({ volume: { status: 'attaching' } });
  // Nobody is at work on it any more: it may be set to what it is.
  const admin = { ...stage.member, actor: { ...stage.member.actor, roles: ['admin' as const] } };
  const input = { status: 'in-use', attachStatus: 'attached' };
  await perform(admin, { action: 'volume.reset-status', id: scene.volumeId, input });
  const back = await detach(scene);
  await runToEnd(scene, back.operationId);
  expect(await rowsOf(scene)).toMatchObject({ volume: { status: 'available' }, attachments: [] });
});
