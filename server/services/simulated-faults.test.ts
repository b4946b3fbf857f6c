/**
 * Faults that administrators plan for the simulated cloud.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, makeVolume, type ProjectRecord } from '~/db/factories';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { RefusedError } from './refused';
import { clearFaults, listFaults, planFault, takeFault } from './simulated-faults';

let cloud: TestCloud;
let demo: ProjectRecord;

beforeAll(async () => {
  cloud = await openTestCloud();
  demo = await makeProject(cloud.runtime.database);
});

afterAll(() => cloud.close());

describe('planned faults', () => {
  const plan = {
    call: 'attachDevice',
    volumeId: null,
    serverId: null,
    message: 'no',
    retryable: false,
    times: 2,
  } as const;

  it('are an administrator’s', async () => {
    for (const role of ['member', 'reader'] as const) {
      const context = as(role, demo, cloud.runtime);
      for (const call of [planFault(context, plan), listFaults(context), clearFaults(context, null)]) {
        expect(await call.catch((error: unknown) => error)).toBeInstanceOf(RefusedError);
      }
    }
  });

  it('come to pass as often as was planned, whoever else calls at the same time', async () => {
    const { id } = await makeVolume(cloud.runtime.database, { projectId: demo.id });
    const serverId = randomUUID();
    const callers = [cloud.runtime, cloud.anotherRuntime()];
    const callTogether = () =>
      Promise.all(
        [...callers, ...callers].map((runtime) =>
          takeFault(runtime, 'attachDevice', { serverId, volumeId: id }),
        ),
      );
    for (let round = 0; round < 20; round += 1) {
      await planFault(as('admin', demo, cloud.runtime), { ...plan, volumeId: id, times: 4 });
      expect(await callTogether()).not.toContain(null);
      expect(await callTogether()).toEqual([null, null, null, null]);
    }
  });

  it('are listed until they have come to pass or are cleared', async () => {
    const admin = as('admin', demo, cloud.runtime);
    const first = await planFault(admin, plan);
    const second = await planFault(admin, plan);
    expect((await listFaults(admin)).map(({ id }) => id)).toEqual([second.id, first.id]);
    await clearFaults(admin, first.id);
    expect((await listFaults(admin)).map(({ id }) => id)).toEqual([second.id]);
    await clearFaults(admin, null);
    expect(await listFaults(admin)).toEqual([]);
  });
});
