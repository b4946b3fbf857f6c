/**
 * A cloud as the product runs it, for a test: database, queue, worker, and the simulated driver without its latency.
 */
import {
  makeHost,
  makeProject,
  makeServer,
  makeVolume,
  type ServerRecord,
  type VolumeRecord,
} from '~/db/factories';
import type { AttachRequest } from '~/server/domain/attach-volume';
import { singleDriver } from '~/server/drivers/registry';
import { simulatedDriver } from '~/server/drivers/simulated';
import { type AttachResult, attachVolume } from '~/server/services/attach-volume';
import type { Context } from '~/server/services/context';
import { detachVolume } from '~/server/services/detach-volume';
import type { Runtime } from '~/server/services/runtime';
import { takeFault } from '~/server/services/simulated-faults';
import { type RunningWorker, startWorker } from '~/server/worker/run';
import { as, eventually, openTestCloud } from './test-cloud';

export interface RunningCloud {
  runtime: Runtime;
  projectId: string;
  host: string;
  admin: Context;
  newServer(given?: Partial<ServerRecord>): Promise<ServerRecord>;
  newVolume(given?: Partial<VolumeRecord>): Promise<VolumeRecord>;
  attach(server: ServerRecord, volume: VolumeRecord, request?: Partial<AttachRequest>): Promise<AttachResult>;
  detach(server: ServerRecord, volume: VolumeRecord): Promise<{ operationId: string }>;
  /** Starts the worker, where it was not to start at once. */
  startWorker(): Promise<void>;
  /** Waits for the end of an operation. */
  ended(operationId: string): Promise<EndedOperation>;
  close(): Promise<void>;
}

export interface EndedOperation {
  outcome: string;
  cause: string | null;
  reason: string | null;
  /** e.g. `connect succeeded: data-1 is exported over iscsi`. */
  steps: string[];
}

/** @param options.idle whether nobody works yet */
export async function openRunningCloud(options: { idle?: boolean } = {}): Promise<RunningCloud> {
  const cloud = await openTestCloud();
  const { runtime } = cloud;
  const project = await makeProject(runtime.database);
  const host = (await makeHost(runtime.database)).name;
  const member = as('member', project, runtime);
  const driver = simulatedDriver({
    latencyMs: { min: 0, max: 0 },
    takeFault: (call, about) => takeFault(runtime, call, about),
  });
  const workers: RunningWorker[] = [];
  const start = async (): Promise<void> => {
    workers.push(await startWorker(runtime, singleDriver(driver)));
  };
  if (options.idle !== true) await start();
  return {
    runtime,
    projectId: project.id,
    host,
    admin: as('admin', project, runtime),
    newServer: (given) => makeServer(runtime.database, { projectId: project.id, host, ...given }),
    newVolume: (given) => makeVolume(runtime.database, { projectId: project.id, ...given }),
    attach: (server, volume, wishes) => {
      const request = { device: null, mode: null, tag: null, deleteOnTermination: false, ...wishes };
      return attachVolume(member, { serverId: server.id, volumeId: volume.id, request });
    },
    detach: (server, volume) => detachVolume(member, { serverId: server.id, volumeId: volume.id }),
    startWorker: start,
    ended: (operationId) =>
      eventually(() => endOf(runtime, operationId), `the end of operation ${operationId}`),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await cloud.close();
    },
  };
}

async function endOf({ database }: Runtime, operationId: string): Promise<EndedOperation | undefined> {
  const [row] = await database.sql<EndedOperation[]>`
    select outcome, reason, cause,
      array(select phase || ' ' || result || ': ' || message from operation_steps
        where operation_id = o.id order by id) as steps
    from operations o where id = ${operationId} and outcome <> 'running'`;
  return row;
}

/** @returns the states of a volume, and how many live attachments it has */
export async function volumeNow({ runtime }: RunningCloud, { id }: VolumeRecord) {
  const [row] = await runtime.database.sql`
    select status, attach_status, (select count(*)::int from attachments
      where volume_id = v.id and deleted_at is null) as attachments
    from volumes v where id = ${id}`;
  return row;
}

type AttachmentColumn =
  | 'attach_status'
  | 'mode'
  | 'device'
  | 'tag'
  | 'attached_host'
  | 'connector'
  | 'connection_info';

/** @returns the row of an attachment, live or not */
export async function attachmentNow({ runtime }: RunningCloud, id: string) {
  const [row] = await runtime.database.sql<Record<AttachmentColumn, string | null>[]>`
    select attach_status, mode, device, tag, attached_host, connector, connection_info
    from attachments where id = ${id}`;
  if (row === undefined) throw new Error('the attachment is gone for good');
  return row;
}
