/**
 * A server, a volume and a model of the cloud they are in, set for a test of the worker.
 */
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { makeAttachment, makeHost, makeProject, makeServer, makeVolume } from '~/db/factories';
import { volumes } from '~/db/schema/volume';
import type { DriverRegistry } from '~/server/drivers/registry';
import { type AttachResult, attachVolume } from '~/server/services/attach-volume';
import type { Context } from '~/server/services/context';
import { detachVolume } from '~/server/services/detach-volume';
import { MAX_ATTEMPTS } from '~/server/services/queue';
import { runOperation } from '~/server/worker/run-operation';
import { type ModelCloud, modelCloud } from './model-cloud';
import { as, openTestCloud, type TestCloud } from './test-cloud';

/** What the scenes of one test file have in common. */
export interface Stage {
  cloud: TestCloud;
  member: Context;
  projectId: string;
  host: string;
}

export interface Scene {
  stage: Stage;
  model: ModelCloud;
  serverId: string;
  volumeId: string;
}

export async function openStage(): Promise<Stage> {
  const cloud = await openTestCloud();
  const { database } = cloud.runtime;
  const project = await makeProject(database);
  const host = (await makeHost(database)).name;
  return { cloud, member: as('member', project, cloud.runtime), projectId: project.id, host };
}

/** @param volume what is special about it */
export async function makeScene(
  stage: Stage,
  volume: Omit<Parameters<typeof makeVolume>[1], 'projectId'> = {},
): Promise<Scene> {
  const { projectId } = stage;
  const made = await makeVolume(stage.cloud.runtime.database, { projectId, ...volume });
  return { stage, model: modelCloud(), serverId: await anotherServer(stage), volumeId: made.id };
}

/** @returns its id */
export async function anotherServer({ cloud, projectId, host }: Stage): Promise<string> {
  return (await makeServer(cloud.runtime.database, { projectId, host })).id;
}

/** Gives the volume to a server, in the database and in the model, as if another cloud had done it. */
export async function heldBy({ stage, model, volumeId }: Scene, serverId: string): Promise<void> {
  const { database } = stage.cloud.runtime;
  const [volume] = await database.orm.select().from(volumes).where(eq(volumes.id, volumeId));
  if (volume === undefined) throw new Error('the scene has a volume');
  const held = await makeAttachment(database, volume, { serverId, device: '/dev/vdb' });
  model.exported.add(held.id);
  model.guestDisks.add(held.id);
}

/** Gives the volume to another server as well. */
export async function heldByAnother(scene: Scene): Promise<void> {
  await heldBy(scene, await anotherServer(scene.stage));
}

export function attach({ stage, serverId, volumeId }: Scene): Promise<AttachResult> {
  const request = { device: null, mode: null, tag: null, deleteOnTermination: false };
  return attachVolume(stage.member, { serverId, volumeId, request });
}

export function detach({ stage, serverId, volumeId }: Scene): Promise<{ operationId: string }> {
  return detachVolume(stage.member, { serverId, volumeId });
}

/** Attaches and waits for the end, which is good. */
export async function attached(scene: Scene): Promise<Scene & { attachmentId: string }> {
  const { operationId, attachmentId } = await attach(scene);
  await runToEnd(scene, operationId);
  const { outcome, reason } = await operationOf(scene, operationId);
  if (outcome !== 'succeeded') throw new Error(reason ?? 'it still runs');
  return { ...scene, attachmentId };
}

/** What the queue does: calls again until there is nothing left to do. */
export async function runToEnd(
  scene: Scene,
  operationId: string,
  drivers: DriverRegistry = scene.model,
): Promise<void> {
  const { runtime } = scene.stage.cloud;
  // The way back may be another job.
  for (let job = 0; job < 2; job += 1) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const threw = await runOperation({ runtime, drivers }, operationId, attempt === MAX_ATTEMPTS).then(
        () => false,
        () => true,
      );
      if ((await operationOf(scene, operationId)).outcome !== 'running') return;
      // Without an error the queue takes the job off.
      if (!threw) break;
    }
  }
}

/** @returns server, volume and live attachments, whole but for times */
export async function rowsOf({ stage, serverId, volumeId }: Scene) {
  const { sql } = stage.cloud.runtime.database;
  const times = sql`'{updated_at,status_since}'::text[]`;
  const [rows] = await sql<{ server: object; volume: object; attachments: object[] }[]>`
    select to_jsonb(s) - ${times} as server, to_jsonb(v) - ${times} as volume,
      coalesce((select jsonb_agg(to_jsonb(a) - ${times} order by a.id) from attachments a
        where a.volume_id = v.id and a.deleted_at is null), '[]') as attachments
    from servers s, volumes v where s.id = ${serverId} and v.id = ${volumeId}`;
  if (rows === undefined) throw new Error('the scene is gone');
  return rows;
}

interface OperationSeen {
  outcome: string;
  phase: string | null;
  reason: string | null;
  before: object;
  after: object | null;
  /** e.g. `connect succeeded`. */
  steps: string[];
}

export async function operationOf({ stage }: Scene, operationId: string): Promise<OperationSeen> {
  const [row] = await stage.cloud.runtime.database.sql<OperationSeen[]>`
    select outcome, phase, reason, before, after,
      array(select phase || ' ' || result from operation_steps where operation_id = o.id order by id) as steps
    from operations o where id = ${operationId}`;
  if (row === undefined) throw new Error('the operation is gone');
  return row;
}

/** @returns what the model's cloud holds, to be compared later */
export function realityOf({ model }: Scene): { exported: Set<string>; guestDisks: Set<string> } {
  return { exported: new Set(model.exported), guestDisks: new Set(model.guestDisks) };
}

/** The operation has left the attachment in this state, and the volume in that. */
export async function expectLeft(
  scene: Scene,
  attachmentId: string,
  attachStatus: string,
  status: string,
): Promise<void> {
  const rows = await rowsOf(scene);
  expect(rows.volume).toMatchObject({ status });
  expect(rows.attachments).toContainEqual(
    expect.objectContaining({ id: attachmentId, attach_status: attachStatus }),
  );
}
