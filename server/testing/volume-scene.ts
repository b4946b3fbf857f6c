/**
 * Volumes in two pools, with the queue and the worker of the product: what tests of their life begin with.
 */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { makeProject, makeVolumeType, type ProjectRecord } from '~/db/factories';
import { pools } from '~/db/schema/volume';
import type { DriverCall } from '~/server/domain/driver-call';
import type { VerbName } from '~/server/domain/verb-catalogue';
import type { Context } from '~/server/services/context';
import { type Performed, perform } from '~/server/services/perform';
import { planFault } from '~/server/services/simulated-faults';
import { type EndedOperation, openRunningCloud, type RunningCloud } from './running-cloud';
import { as } from './test-cloud';

export const HERE = 'stor-1@lvm#lvm';
export const THERE = 'stor-2@lvm#lvm';

type Input = Readonly<Record<string, unknown>>;

/** For one test file; each of its tests has a project of its own. */
export function openVolumes() {
  let cloud: RunningCloud;
  let project: ProjectRecord;
  let member: Context;
  let admin: Context;
  let type: string;

  beforeAll(async () => {
    cloud = await openRunningCloud();
    await cloud.runtime.database.orm.insert(pools).values(
      [HERE, THERE].map((name) => ({
        name,
        totalGib: 1000,
        freeGib: name === HERE ? 900 : 800,
        capabilities: { volume_backend_name: name, multiattach: true },
      })),
    );
  });

  afterAll(() => cloud.close());

  beforeEach(async () => {
    project = await makeProject(cloud.runtime.database);
    member = as('member', project, cloud.runtime);
    admin = as('admin', project, cloud.runtime);
    type = (await makeVolumeType(cloud.runtime.database)).name;
  });

  function begin(action: VerbName, id: string, input: Input = {}, who = admin): Promise<Performed> {
    return perform(who, { action, id, input });
  }

  /** Waits for the end; what is done at once has one too. */
  async function run(...call: Parameters<typeof begin>): Promise<EndedOperation> {
    return cloud.ended((await begin(...call)).operationId);
  }

  async function createVolume(input: Input = {}): Promise<{ id: string; ended: EndedOperation }> {
    const { operationId, answer } = await begin(
      'volume.create',
      project.id,
      { sizeGib: 2, type, ...input },
      member,
    );
    return { id: String(answer.volumeId), ended: await cloud.ended(operationId) };
  }

  function limit(limits: Record<string, number>): Promise<Performed> {
    return begin('quota.update', project.id, { limits });
  }

  /** The next such call fails for good. */
  async function fail(call: DriverCall, volumeId: string | null = null): Promise<void> {
    const message = 'The array is on fire.';
    await planFault(cloud.admin, { call, volumeId, serverId: null, message, retryable: false, times: 1 });
  }

  /** @returns null when it is gone */
  async function volumeNow(id: string) {
    const [row] = await cloud.runtime.database.sql<
      {
        status: string;
        attach: string;
        migration: string | null;
        pool: string | null;
        type: string;
        multiattach: boolean;
        bootable: boolean;
        previous: string | null;
        image: Record<string, string> | null;
      }[]
    >`
    select v.status, v.attach_status as attach, v.migration_status as migration, v.pool, t.name as type, v.multiattach,
      v.bootable, v.previous_status as previous, v.image_metadata as image
    from volumes v join volume_types t on t.id = v.volume_type_id where v.id = ${id} and v.deleted_at is null`;
    return row ?? null;
  }

  async function snapshotNow(id: string) {
    const [row] = await cloud.runtime.database.sql<{ status: string; progress: number }[]>`
    select status, progress from snapshots where id = ${id} and deleted_at is null`;
    return row ?? null;
  }

  async function volumesOf({ id }: ProjectRecord): Promise<number> {
    const [row] = await cloud.runtime.database.sql<{ count: number }[]>`
    select count(*)::int from volumes where project_id = ${id} and deleted_at is null`;
    return row?.count ?? 0;
  }

  /** A volume in a pool, with the type of this test. */
  async function placed(given: Parameters<RunningCloud['newVolume']>[0] = {}) {
    const { id: volumeTypeId } = await makeVolumeType(cloud.runtime.database);
    return cloud.newVolume({ projectId: project.id, pool: HERE, volumeTypeId, ...given });
  }

  return {
    get cloud() {
      return cloud;
    },
    get project() {
      return project;
    },
    get member() {
      return member;
    },
    get type() {
      return type;
    },
    begin,
    run,
    createVolume,
    limit,
    fail,
    volumeNow,
    snapshotNow,
    volumesOf,
    placed,
  };
}
