/**
 * Two hosts, two flavors, an image and a pool: what tests of the life of servers begin with.
 */
import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect } from 'vitest';
import { makeHost, makeProject, makeVolume, type ProjectRecord } from '~/db/factories';
import { attachments } from '~/db/schema/attachment';
import { flavors, images, servers } from '~/db/schema/compute';
import { pools, volumes } from '~/db/schema/volume';
import type { ActionName } from '~/server/domain/action';
import { getOperation } from '~/server/services/operation-rows';
import { type Call, perform } from '~/server/services/perform';
import { runOperation } from '~/server/worker/run-operation';
import { type ModelCloud, modelCloud } from './model-cloud';
import { as, openTestCloud, type TestCloud } from './test-cloud';

export const IMAGE = randomUUID();
export const HOSTS = ['cmp-a', 'cmp-b'];

const SIZES = { vcpus: 1, diskGib: 1 };

interface Scene {
  project: ProjectRecord;
  model: ModelCloud;
  /** Performs a verb, and whatever goes on after it. */
  does(
    action: ActionName,
    id: string,
    input?: Call['input'],
  ): Promise<{ answer: { serverId?: string }; outcome: string }>;
  /** A bootable volume. */
  volume(): Promise<string>;
}

/** A server that boots from a volume. */
export async function bootedFrom(
  volumeId: string,
  { does, project }: Scene,
  more: object = {},
): Promise<string> {
  const device = {
    source_type: 'volume',
    destination_type: 'volume',
    uuid: volumeId,
    boot_index: 0,
    ...more,
  };
  const input = { name: 'web', flavor: '1', devices: { devices: [device] } };
  const { answer, outcome } = await does('server.create', project.id, input);
  expect(outcome).toBe('succeeded');
  return answer.serverId ?? '';
}

/** For one test file. */
export function openServers() {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await openTestCloud();
    const { database } = cloud.runtime;
    for (const name of HOSTS) await makeHost(database, { name });
    await database.orm.insert(flavors).values([
      { id: '1', name: 'm1.tiny', ramMib: 64, ...SIZES },
      { id: '2', name: 'm1.small', ramMib: 128, ...SIZES },
    ]);
    await database.orm
      .insert(images)
      .values({ id: IMAGE, name: 'tiny', status: 'active', visibility: 'public' });
    await database.orm.insert(pools).values({ name: 'stor-1@lvm#lvm', totalGib: 1000, freeGib: 900 });
  });

  afterAll(() => cloud.close());

  async function scene(): Promise<Scene> {
    const { runtime } = cloud;
    const project = await makeProject(runtime.database);
    const model = modelCloud();
    return {
      project,
      model,
      does: async (action, id, input = {}) => {
        const context = as('admin', project, runtime);
        const { operationId, answer } = await perform(context, { action, id, input });
        await runOperation({ runtime, drivers: model }, operationId, true);
        // What failed for good goes on as a job of its own.
        await runOperation({ runtime, drivers: model }, operationId, true);
        const { outcome } = await getOperation(context, operationId);
        return { answer: answer as { serverId?: string }, outcome };
      },
      volume: async () =>
        (
          await makeVolume(runtime.database, {
            projectId: project.id,
            bootable: true,
            pool: 'stor-1@lvm#lvm',
          })
        ).id,
    };
  }

  async function serverRow(id: string) {
    const [row] = await cloud.runtime.database.orm.select().from(servers).where(eq(servers.id, id));
    if (row === undefined) throw new Error('the server is there');
    return row;
  }

  async function volumeRow(id: string) {
    const [row] = await cloud.runtime.database.orm.select().from(volumes).where(eq(volumes.id, id));
    if (row === undefined) throw new Error('the volume is there');
    return row;
  }

  /** Live disks of the server. */
  function disks(serverId: string) {
    const live = and(eq(attachments.serverId, serverId), isNull(attachments.deletedAt));
    return cloud.runtime.database.orm.select().from(attachments).where(live).orderBy(attachments.device);
  }

  return {
    get cloud() {
      return cloud;
    },
    scene,
    serverRow,
    volumeRow,
    disks,
  };
}
