/**
 * Servers are started, stopped, paused and locked, on a real database.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHost, makeProject, makeServer, type ProjectRecord } from '~/db/factories';
import { servers } from '~/db/schema/compute';
import type { ServerActionName } from '~/server/domain/action';
import type { VmState } from '~/server/domain/server';
import { DriverError } from '~/server/drivers/driver';
import { singleDriver } from '~/server/drivers/registry';
import { getOperation } from '~/server/services/operation-rows';
import { perform } from '~/server/services/perform';
import { readoptOperations } from '~/server/services/reconcile';
import { RefusedError } from '~/server/services/refused';
import { modelCloud } from '~/server/testing/model-cloud';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { runOperation } from './run-operation';

let cloud: TestCloud;
let project: ProjectRecord;
let host: string;

beforeAll(async () => {
  cloud = await openTestCloud();
  project = await makeProject(cloud.runtime.database);
  host = (await makeHost(cloud.runtime.database)).name;
});
afterAll(() => cloud.close());

async function serverIn(vmState: VmState): Promise<string> {
  return (await makeServer(cloud.runtime.database, { projectId: project.id, host, vmState })).id;
}

async function rowOf(id: string) {
  const [row] = await cloud.runtime.database.orm.select().from(servers).where(eq(servers.id, id));
  if (row === undefined) throw new Error('the server is there');
  return row;
}

function act(serverId: string, action: ServerActionName, role: 'member' | 'admin' = 'member') {
  return perform(as(role, project, cloud.runtime), { action, id: serverId, input: {} });
}

const STORIES: [ServerActionName, VmState, VmState, number][] = [
  ['server.start', 'stopped', 'active', 1],
  ['server.stop', 'active', 'stopped', 4],
  ['server.reboot-soft', 'active', 'active', 1],
  ['server.reboot-hard', 'suspended', 'active', 1],
  ['server.pause', 'active', 'paused', 3],
  ['server.unpause', 'paused', 'active', 1],
  ['server.suspend', 'active', 'suspended', 7],
  ['server.resume', 'suspended', 'active', 1],
  ['server.rescue', 'active', 'rescued', 1],
  ['server.unrescue', 'rescued', 'active', 1],
];

describe('an action that a host carries out', () => {
  it.each(STORIES)('%s: %s becomes %s', async (action, from, to, powerState) => {
    const id = await serverIn(from);
    const { operationId } = await act(id, action);
    expect((await rowOf(id)).taskState).not.toBeNull();
    await runOperation({ runtime: cloud.runtime, drivers: modelCloud() }, operationId, false);
    expect(await rowOf(id)).toMatchObject({ vmState: to, taskState: null, powerState });
    const operation = await getOperation(as('member', project, cloud.runtime), operationId);
    expect(operation).toMatchObject({ outcome: 'succeeded', serverId: id, volumeId: null });
    expect(operation.steps.map((step) => step.result)).toEqual(['started', 'succeeded']);
  });

  it('leaves the server as it was when the host cannot', async () => {
    const id = await serverIn('active');
    const { operationId } = await act(id, 'server.pause');
    const model = modelCloud();
    const drivers = singleDriver({
      ...model.driver,
      changePower: () => Promise.reject(new DriverError('The guest does not freeze.', { retryable: false })),
    });
    await runOperation({ runtime: cloud.runtime, drivers }, operationId, false);
    expect(await rowOf(id)).toMatchObject({ vmState: 'active', taskState: null, status: 'ACTIVE' });
    expect(await getOperation(as('member', project, cloud.runtime), operationId)).toMatchObject({
      outcome: 'failed',
      reason: 'The guest does not freeze.',
    });
  });

  it('has an owner that is found again when its job is lost', async () => {
    const id = await serverIn('stopped');
    const { operationId } = await act(id, 'server.start');
    await cloud.runtime.database.sql`select graphile_worker.remove_job(${operationId})`;
    expect(await readoptOperations(cloud.runtime)).toContain(operationId);
  });

  it('does not take what a reset has set meanwhile for its own', async () => {
    const id = await serverIn('active');
    const { operationId } = await act(id, 'server.reboot-soft');
    await act(id, 'server.reboot-hard');
    await runOperation({ runtime: cloud.runtime, drivers: modelCloud() }, operationId, false);
    expect((await rowOf(id)).taskState).toBe('rebooting_hard');
  });

  it('is taken by one of two who ask at once', async () => {
    const id = await serverIn('active');
    const answers = await Promise.allSettled([act(id, 'server.pause'), act(id, 'server.stop')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the lock', () => {
  it('is kept with its holder, and taken away again', async () => {
    const id = await serverIn('active');
    await act(id, 'server.lock');
    expect((await rowOf(id)).lockedBy).toBe('owner');
    await expect(act(id, 'server.stop')).rejects.toThrow(RefusedError);
    await act(id, 'server.unlock');
    expect(await rowOf(id)).toMatchObject({ lockedBy: null, lockedReason: null });
  });
});
