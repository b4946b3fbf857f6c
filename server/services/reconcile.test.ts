/**
 * Operations whose worker is gone get another one; those that are well are left alone.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeHost, makeProject, makeServer, makeVolume, type ProjectRecord } from '~/db/factories';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { attachVolume } from './attach-volume';
import { holdLease } from './lease';
import { MAX_ATTEMPTS } from './queue';
import { prune, readoptOperations, releaseDeadWorkers } from './reconcile';

/** How long to wait for a connection to be gone, in ms: until then its locks are. */
const GONE_MS = 30_000;

let cloud: TestCloud;
let project: ProjectRecord;
let host: string;

/** What one of them leaves behind, another one would find. */
beforeEach(async () => {
  cloud = await openTestCloud();
  project = await makeProject(cloud.runtime.database);
  host = (await makeHost(cloud.runtime.database)).name;
});

afterEach(() => cloud.close());

/** @returns an operation that waits for its worker */
async function waitingOperation(): Promise<string> {
  const { runtime } = cloud;
  const server = await makeServer(runtime.database, { projectId: project.id, host });
  const volume = await makeVolume(runtime.database, { projectId: project.id });
  const request = { device: null, mode: null, tag: null, deleteOnTermination: false };
  const pair = { serverId: server.id, volumeId: volume.id };
  return (await attachVolume(as('member', project, runtime), { ...pair, request })).operationId;
}

/** A worker of that name has taken the operation's job, so many seconds ago. */
async function takeJob(operationId: string, worker: string, secondsAgo: number): Promise<void> {
  await cloud.runtime.database.sql`
    update graphile_worker._private_jobs set attempts = 1, locked_by = ${worker},
      locked_at = now() - make_interval(secs => ${secondsAgo}) where key = ${operationId}`;
}

async function jobOf(operationId: string) {
  const [job] = await cloud.runtime.database.sql`
    select attempts, max_attempts, locked_by from graphile_worker.jobs where key = ${operationId}`;
  return job;
}

it('the job of a worker that is gone becomes free', async () => {
  const operation = await waitingOperation();
  await takeJob(operation, 'ghost', 3);
  expect(await releaseDeadWorkers(cloud.runtime)).toEqual(['ghost']);
  expect(await jobOf(operation)).toMatchObject({ attempts: 1, locked_by: null });
  expect(await releaseDeadWorkers(cloud.runtime)).toEqual([]);
});

it('a worker that lives keeps its job, however long it takes', async () => {
  const operation = await waitingOperation();
  const lease = await holdLease(cloud.anotherRuntime(), 'alive');
  await takeJob(operation, 'alive', 3600);
  expect(await releaseDeadWorkers(cloud.runtime)).toEqual([]);
  expect(await jobOf(operation)).toMatchObject({ locked_by: 'alive' });
  await lease.release();
  expect(await releaseDeadWorkers(cloud.runtime)).toEqual(['alive']);
});

it('a worker whose connection breaks is gone', async () => {
  const operation = await waitingOperation();
  const lease = await holdLease(cloud.anotherRuntime(), 'cut off');
  await takeJob(operation, 'cut off', 3);
  await cloud.runtime.database.sql`
    select pg_terminate_backend(pid, ${GONE_MS}) from pg_locks where locktype = 'advisory' and database =
      (select oid from pg_database where datname = current_database())`;
  expect(await releaseDeadWorkers(cloud.runtime)).toEqual(['cut off']);
  await lease.release();
});

it('a job that has just been taken is not looked at: its worker may still be about to sign in', async () => {
  const operation = await waitingOperation();
  // In the future: however slow this machine is, it is not long ago.
  await takeJob(operation, 'newcomer', -3600);
  expect(await releaseDeadWorkers(cloud.runtime)).toEqual([]);
  await takeJob(operation, 'newcomer', 3);
  await releaseDeadWorkers(cloud.runtime);
});

it('an operation without a job gets one; looked for by several at once, it gets one all the same', async () => {
  const operation = await waitingOperation();
  const { sql } = cloud.runtime.database;
  await sql`delete from graphile_worker._private_jobs where key = ${operation}`;
  const found = await Promise.all([
    readoptOperations(cloud.runtime),
    readoptOperations(cloud.anotherRuntime()),
    readoptOperations(cloud.anotherRuntime()),
  ]);
  expect(new Set(found.flat())).toEqual(new Set([operation]));
  const [jobs] = await sql`select count(*)::int from graphile_worker.jobs where key = ${operation}`;
  expect(jobs).toEqual({ count: 1 });
});

it('one whose job has used up its attempts gets new ones', async () => {
  const operation = await waitingOperation();
  await cloud.runtime.database.sql`
    update graphile_worker._private_jobs set attempts = max_attempts where key = ${operation}`;
  expect(await readoptOperations(cloud.runtime)).toEqual([operation]);
  expect(await jobOf(operation)).toEqual({ attempts: 0, max_attempts: MAX_ATTEMPTS, locked_by: null });
});

it('so does one whose worker died in the last attempt', async () => {
  const operation = await waitingOperation();
  await takeJob(operation, 'ghost', 3);
  await cloud.runtime.database.sql`
    update graphile_worker._private_jobs set attempts = max_attempts where key = ${operation}`;
  expect(await readoptOperations(cloud.runtime)).toEqual([]);
  await releaseDeadWorkers(cloud.runtime);
  expect(await readoptOperations(cloud.runtime)).toEqual([operation]);
});

it('one that waits, runs or has ended is left alone', async () => {
  const [, running, ended] = [await waitingOperation(), await waitingOperation(), await waitingOperation()];
  await takeJob(running, 'somebody', 0);
  const { sql } = cloud.runtime.database;
  await sql`update operations set outcome = 'succeeded', phase = null, ended_at = now() where id = ${ended}`;
  await sql`delete from graphile_worker._private_jobs where key = ${ended}`;
  expect(await readoptOperations(cloud.runtime)).toEqual([]);
});

it('old changes go, new ones stay', async () => {
  const { sql } = cloud.runtime.database;
  const [old, recent] = [randomUUID(), randomUUID()];
  await sql`insert into changes (at, project_id, kind, object_id) values
    (now() - interval '2 hours', ${project.id}, 'volume', ${old}), (now(), ${project.id}, 'volume', ${recent})`;
  await prune(cloud.runtime);
  expect(await sql`select object_id from changes where object_id in (${old}, ${recent})`).toEqual([
    { object_id: recent },
  ]);
});
