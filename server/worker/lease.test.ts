/**
 * A worker that lives is never taken for dead, not even after its database has been away.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeHost, makeProject, makeServer, makeVolume } from '~/db/factories';
import { attachVolume } from '~/server/services/attach-volume';
import { releaseDeadWorkers } from '~/server/services/reconcile';
import type { Runtime } from '~/server/services/runtime';
import { modelCloud } from '~/server/testing/model-cloud';
import { as, eventually, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { startWorker } from './run';

let cloud: TestCloud;
/** Stops the worker, once. */
let stop: () => Promise<void>;
let model: ReturnType<typeof modelCloud>;

beforeEach(async () => {
  cloud = await openTestCloud();
  model = modelCloud();
  const worker = await startWorker(cloud.runtime, model);
  let stopped: Promise<void> | undefined;
  stop = () => {
    stopped ??= worker.stop();
    return stopped;
  };
});

afterEach(async () => {
  await stop();
  await cloud.close();
});

/** How long to wait for a connection to be gone, in ms: until then its locks are. */
const GONE_MS = 30_000;

/** Breaks every connection to the database but the one that asks for it: what a restart of Postgres does. */
async function cutAll({ database }: Runtime): Promise<void> {
  await database.sql`
    select pg_terminate_backend(pid, ${GONE_MS}) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
}

/** @returns the operation of an attach whose host has done it, and does not say so before it is woken */
async function attachThatHangs(observer: Runtime): Promise<string> {
  const { database } = observer;
  const project = await makeProject(database);
  const host = (await makeHost(database)).name;
  const server = await makeServer(database, { projectId: project.id, host });
  const volume = await makeVolume(database, { projectId: project.id });
  model.plan({ call: 'attachDevice', moment: 'after', kind: 'hang' });
  const { operationId } = await attachVolume(as('member', project, observer), {
    serverId: server.id,
    volumeId: volume.id,
    request: { device: null, mode: null, tag: null, deleteOnTermination: false },
  });
  await model.hanging();
  return operationId;
}

it('keeps a job that takes many hours', async () => {
  const observer = cloud.anotherRuntime();
  const { database } = observer;
  const operationId = await attachThatHangs(observer);
  // Four hours after it was taken, the queue would give it to somebody else.
  const [job] = await database.sql`
    update graphile_worker._private_jobs set locked_at = now() - interval '3 hours' where key = ${operationId}
    returning locked_by`;
  const kept = async () => {
    const [row] = await database.sql`
      select locked_by from graphile_worker._private_jobs
      where key = ${operationId} and locked_at > now() - interval '1 hour'`;
    return row;
  };
  expect(await eventually(kept, 'the job taken anew')).toEqual(job);
  model.wake();
});

it('keeps its job through a restart of the database, and finishes it', async () => {
  const observer = cloud.anotherRuntime();
  const { database } = observer;
  const operationId = await attachThatHangs(observer);
  await cutAll(observer);

  const leases = async () => {
    const [row] = await database.sql<{ count: number }[]>`
      select count(*)::int from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`;
    return row?.count === 1 || undefined;
  };
  await eventually(leases, 'the lease held again');
  // As long as the call takes, another process sees that its worker lives.
  await database.sql`
    update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where key = ${operationId}`;
  expect(await releaseDeadWorkers(observer)).toEqual([]);

  model.wake();
  const done = async () => {
    const [row] = await database.sql<{ outcome: string }[]>`
      select outcome from operations where id = ${operationId} and outcome <> 'running'`;
    return row?.outcome;
  };
  expect(await eventually(done, 'the end of the attach')).toBe('succeeded');
  expect(model.calls.filter((call) => call === 'attachDevice')).toHaveLength(1);
});

it('stops when its lease has just been lost', async () => {
  await cutAll(cloud.anotherRuntime());
  await stop();
});

it('stops while its queue, which has ended by itself, is being started again', async () => {
  const { database } = cloud.anotherRuntime();
  const workers = async () => {
    const [row] = await database.sql<{ count: number }[]>`
      select count(*)::int from pg_stat_activity
      where datname = current_database() and application_name = 'mooring lease'`;
    return row?.count;
  };
  // What the queue library says to older versions of itself; they end.
  await database.sql`select pg_notify('worker:migrate', '{"breaking": true, "migrationNumber": 1000}')`;
  await eventually(async () => (await workers()) === 0 || undefined, 'the end of the queue');
  await stop();
  // Postgres hears of a connection that was closed a moment later.
  await eventually(async () => (await workers()) === 0 || undefined, 'nobody to be left');
  // Its way to tell whoever runs it as a program.
  process.exitCode = undefined;
});
