/** How much an attach asks of the database: each statement is a turn of its, and of whoever waits for the same rows. */
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { socketOptions } from '~/db/socket-url';
import { attach, attached, makeScene, openStage, operationOf, type Stage } from '~/server/testing/scene';
import { runOperation } from './run-operation';

let stage: Stage;
let watched: Stage;
const sent: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  const { runtime } = stage.cloud;
  const { url } = runtime.database;
  const sql = postgres(url, {
    ...socketOptions(url),
    max: 1,
    debug: (_connection, text) => sent.push(text.trim()),
  });
  const observed = { ...runtime, database: { ...runtime.database, sql } };
  watched = {
    ...stage,
    cloud: { ...stage.cloud, runtime: observed },
    member: { ...stage.member, runtime: observed },
  };
});

afterAll(async () => {
  await watched.cloud.runtime.database.sql.end();
  await stage.cloud.close();
});

test('an attach takes five transactions, none of them of many statements', async () => {
  // A new connection asks for the types of the database first.
  await attached(await makeScene(watched));
  const scene = await makeScene(watched);
  sent.length = 0;
  const { operationId } = await attach(scene);
  const accepted = sent.length;
  await runOperation({ runtime: watched.cloud.runtime, drivers: scene.model }, operationId, false);
  const all = [...sent];
  expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded' });
  expect(all.filter((text) => text.startsWith('begin'))).toHaveLength(5);
  expect(all.filter((text) => text === 'commit')).toHaveLength(5);
  expect(accepted).toBeLessThanOrEqual(9);
  expect(all.length).toBeLessThanOrEqual(46);
});
