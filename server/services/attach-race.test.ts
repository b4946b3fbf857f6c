/**
 * Two clients want the same thing at the same moment: exactly one gets it, and the other learns why not.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  makeAttachment,
  makeHost,
  makeProject,
  makeServer,
  makeVolume,
  type ProjectRecord,
  type ServerRecord,
  type VolumeRecord,
} from '~/db/factories';
import { modelCloud } from '~/server/testing/model-cloud';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { runOperation } from '~/server/worker/run-operation';
import { attachVolume } from './attach-volume';
import type { Context } from './context';
import { detachVolume } from './detach-volume';
import { RefusedError } from './refused';

const ROUNDS = 500;
/** How many moments during a detach are tried. */
const STEPS = 20;

let cloud: TestCloud;
let project: ProjectRecord;
let web1: ServerRecord;
let web2: ServerRecord;
let data1: VolumeRecord;
let data2: VolumeRecord;
/** Two processes, so that nothing but the database can keep them apart. */
let clients: [Context, Context];

beforeAll(async () => {
  cloud = await openTestCloud();
  const { database } = cloud.runtime;
  project = await makeProject(database);
  const host = (await makeHost(database)).name;
  web1 = await makeServer(database, { projectId: project.id, host });
  web2 = await makeServer(database, { projectId: project.id, host });
  data1 = await makeVolume(database, { projectId: project.id });
  data2 = await makeVolume(database, { projectId: project.id });
  clients = [as('member', project, cloud.runtime), as('member', project, cloud.anotherRuntime())];
});

afterAll(() => cloud.close());

beforeEach(reset);

/** Everything free again. */
async function reset(): Promise<void> {
  const { sql } = cloud.runtime.database;
  await sql.unsafe(`
    delete from attachments;
    delete from operations;
    delete from graphile_worker._private_jobs;
    update volumes set status = 'available', attach_status = 'detached' where status <> 'available'`);
}

function attach(client: Context, server: ServerRecord, volume: VolumeRecord, device: string | null = null) {
  const request = { device, mode: null, tag: null, deleteOnTermination: false };
  return attachVolume(client, { serverId: server.id, volumeId: volume.id, request });
}

/** @returns the rule that refused; throws what was no refusal */
function ruleOf(outcome: PromiseSettledResult<unknown>): string | null {
  if (outcome.status === 'fulfilled') return null;
  if (outcome.reason instanceof RefusedError) return outcome.reason.refusals[0].rule;
  throw outcome.reason;
}

/** Starts both in one go, each of them first every other round; in two rounds, one surely before the other. */
async function atOnce(round: number, one: () => Promise<unknown>, two: () => Promise<unknown>) {
  if (round === 0) return [...(await Promise.allSettled([one()])), ...(await Promise.allSettled([two()]))];
  if (round === 1) {
    const first = await Promise.allSettled([two()]);
    return [...(await Promise.allSettled([one()])), ...first];
  }
  if (round % 2 === 0) return await Promise.allSettled([one(), two()]);
  const second = two();
  const [first, last] = await Promise.allSettled([one(), second]);
  return [first, last] as const;
}

/** @returns how many of each kind of row there are */
async function count() {
  const [row] = await cloud.runtime.database.sql<{ attachments: number; operations: number; jobs: number }[]>`
    select (select count(*)::int from attachments where deleted_at is null) as attachments,
      (select count(*)::int from operations) as operations,
      (select count(*)::int from graphile_worker.jobs) as jobs`;
  return row;
}

it(`two servers want one volume, ${ROUNDS} times: one gets it`, async () => {
  const [one, two] = clients;
  const wins = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcomes = await atOnce(
      round,
      () => attach(one, web1, data1),
      () => attach(two, web2, data1),
    );
    const rules = outcomes.map(ruleOf);
    expect(rules.toSorted()).toEqual([null, 'volume.attach.already-attached']);
    expect(await count()).toEqual({ attachments: 1, operations: 1, jobs: 1 });
    wins[rules.indexOf(null)] = (wins[rules.indexOf(null)] ?? 0) + 1;
    await reset();
  }
  // Both can win, whoever is the faster one in between.
  for (const won of wins) expect(won).toBeGreaterThan(0);
});

it('one server, two volumes, the same device: one gets it', async () => {
  const [one, two] = clients;
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcomes = await atOnce(
      round,
      () => attach(one, web1, data1, '/dev/vdc'),
      () => attach(two, web1, data2, '/dev/sdc1'),
    );
    expect(outcomes.map(ruleOf).toSorted()).toEqual([null, 'volume.attach.device-taken']);
    await reset();
  }
});

it('one server, two volumes, no device asked for: each gets a letter of its own', async () => {
  const [one, two] = clients;
  for (let round = 0; round < 100; round += 1) {
    const made = await Promise.all([attach(one, web1, data1), attach(two, web1, data2)]);
    expect(made.map(({ device }) => device).toSorted()).toEqual(['/dev/vdb', '/dev/vdc']);
    await reset();
  }
});

it('one server wants one volume twice: it gets it once', async () => {
  const [one, two] = clients;
  for (let round = 0; round < 100; round += 1) {
    const outcomes = await Promise.allSettled([attach(one, web1, data1), attach(two, web1, data1)]);
    expect(outcomes.map(ruleOf).toSorted()).toEqual([null, 'volume.attach.same-server']);
    await reset();
  }
});

it('two detaches of one disk: one is enough', async () => {
  const [one, two] = clients;
  const pair = { serverId: web1.id, volumeId: data1.id };
  for (let round = 0; round < 100; round += 1) {
    await makeAttachment(cloud.runtime.database, data1, { serverId: web1.id });
    const outcomes = await Promise.allSettled([detachVolume(one, pair), detachVolume(two, pair)]);
    expect(outcomes.map(ruleOf).toSorted()).toEqual([null, 'volume.detach.volume-status']);
    expect(await count()).toEqual({ attachments: 1, operations: 1, jobs: 1 });
    await reset();
  }
});

it('an attach during a detach: never both, and the end is whole', async () => {
  const [one, two] = clients;
  const dependencies = { runtime: cloud.runtime, drivers: modelCloud() };
  const seen = new Set<string | null>();
  for (let round = 0; round < 200; round += 1) {
    const held = await makeAttachment(cloud.runtime.database, data1, { serverId: web1.id });
    const { operationId } = await detachVolume(one, { serverId: web1.id, volumeId: data1.id });
    const end = () => runOperation(dependencies, operationId, false);
    const attempt = () => Promise.allSettled([attach(two, web2, data1)]);
    const step = round % STEPS;
    // Surely before, surely after, and in between: the longer it waits, the more likely the detach has ended.
    let outcome: PromiseSettledResult<unknown>;
    if (step === 0) {
      [outcome] = await attempt();
      await end();
    } else {
      const ending = end();
      if (step === STEPS - 1) await ending;
      for (let wait = 0; wait < step; wait += 1) await two.runtime.database.sql`select 1`;
      [outcome] = await attempt();
      await ending;
    }
    seen.add(ruleOf(outcome));
    const [state] = await cloud.runtime.database.sql`
      select v.status, a.server_id, a.attach_status from volumes v
        left join attachments a on a.volume_id = v.id and a.deleted_at is null where v.id = ${data1.id}`;
    expect(state).toEqual(
      outcome.status === 'fulfilled'
        ? { status: 'reserved', server_id: web2.id, attach_status: 'reserved' }
        : { status: 'available', server_id: null, attach_status: null },
    );
    expect(held.serverId).toBe(web1.id);
    await reset();
  }
  // Both came to pass: refused while the disk was there, accepted once it had gone.
  expect([...seen].toSorted()).toEqual([null, 'volume.attach.already-attached']);
});

it('whoever crosses whom, nobody waits for ever', async () => {
  const [one, two] = clients;
  for (let round = 0; round < 100; round += 1) {
    const outcomes = await Promise.allSettled([
      attach(one, web1, data1),
      attach(two, web2, data2),
      attach(one, web2, data1),
      attach(two, web1, data2),
    ]);
    expect(outcomes.map(ruleOf).filter((rule) => rule === null)).toHaveLength(2);
    await reset();
  }
});
