/**
 * Operations through the real queue: attempts that are repeated, attempts that are used up, and a worker process that is
 * killed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAttachment } from '~/db/factories';
import type { DriverCall } from '~/server/domain/driver-call';
import { MAX_ATTEMPTS } from '~/server/services/queue';
import type { Runtime } from '~/server/services/runtime';
import { planFault } from '~/server/services/simulated-faults';
import {
  attachmentNow,
  openRunningCloud,
  type RunningCloud,
  volumeNow,
} from '~/server/testing/running-cloud';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RunningCloud;

afterEach(() => cloud.close());

const free = { status: 'available', attach_status: 'detached', attachments: 0 };
const inUse = { status: 'in-use', attach_status: 'attached', attachments: 1 };

/** Makes time pass for the queue: whatever waits for its next attempt is due now. */
async function hurry({ database }: Runtime): Promise<void> {
  const due = await database.sql`
    update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null returning 1`;
  if (due.length > 0) await database.sql`select pg_notify('jobs:insert', '{"count":1}')`;
}

/** Waits for the end of an operation whose waits are cut short. */
async function endedInHaste(operationId: string) {
  let over = false;
  const end = cloud.ended(operationId).finally(() => {
    over = true;
  });
  await eventually(async () => {
    await hurry(cloud.runtime);
    return over || undefined;
  }, 'the end of all attempts');
  return end;
}

async function jobsOf(operationId: string): Promise<number> {
  const jobs = await cloud.runtime.database.sql`
    select 1 from graphile_worker._private_jobs where payload->>'operationId' = ${operationId}`;
  return jobs.length;
}

function plan(call: DriverCall, times: number) {
  return planFault(cloud.admin, {
    call,
    volumeId: null,
    serverId: null,
    message: 'No answer.',
    retryable: true,
    times,
  });
}

describe('a call that may succeed later', () => {
  beforeEach(async () => {
    cloud = await openRunningCloud();
  });

  it('is tried again', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    await plan('attachDevice', 2);
    const { operationId } = await cloud.attach(server, volume);
    expect(await endedInHaste(operationId)).toMatchObject({ outcome: 'succeeded', reason: null });
    expect(await volumeNow(cloud, volume)).toEqual(inUse);
  });

  it('is given up after the last attempt; the way back is a job of its own', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    await plan('attachDevice', MAX_ATTEMPTS);
    await plan('terminateConnection', MAX_ATTEMPTS - 1);
    const { operationId } = await cloud.attach(server, volume);
    expect(await endedInHaste(operationId)).toMatchObject({ outcome: 'failed', reason: 'No answer.' });
    expect(await volumeNow(cloud, volume)).toEqual(free);
    await eventually(async () => (await jobsOf(operationId)) === 0 || undefined, 'an empty queue');
  });

  it('the volume may be attached again right after', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    await plan('attachDevice', MAX_ATTEMPTS);
    await endedInHaste((await cloud.attach(server, volume)).operationId);
    const again = await cloud.attach(server, volume);
    expect(await cloud.ended(again.operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(await attachmentNow(cloud, again.attachmentId)).toMatchObject({ device: '/dev/vdb' });
  });
});

describe('a worker process that is killed', () => {
  beforeEach(async () => {
    cloud = await openRunningCloud({ idle: true });
  });

  /** Starts a worker elsewhere, which stops in the middle of a call; kills it there. */
  async function killIn(call: DriverCall, operate: () => Promise<{ operationId: string }>): Promise<string> {
    const { database, secretKey } = cloud.runtime;
    const args = [database.url, Buffer.from(secretKey).toString('hex'), call];
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/testing/dying-worker.ts', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const hanging = once(child.stdout, 'data');
    const { operationId } = await operate();
    await hanging;
    child.kill('SIGKILL');
    await once(child, 'exit');
    return operationId;
  }

  it('during an attach: the next worker ends it', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const operationId = await killIn('attachDevice', () => cloud.attach(server, volume));
    expect(await volumeNow(cloud, volume)).toMatchObject({ status: 'attaching' });
    await cloud.startWorker();
    expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(cloud, volume)).toEqual(inUse);
  });

  it('during a detach: the next worker ends it', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    await makeAttachment(cloud.runtime.database, volume, { serverId: server.id });
    const operationId = await killIn('detachDevice', () => cloud.detach(server, volume));
    expect(await volumeNow(cloud, volume)).toMatchObject({ status: 'detaching' });
    await cloud.startWorker();
    expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(await volumeNow(cloud, volume)).toEqual(free);
  });
});
