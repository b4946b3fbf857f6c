/**
 * Partners for an attach: the other side's things by name, each with what speaks against the pair.
 */
import type { z } from 'zod';
import { ATTACH_VM_STATES, type AttachRequest, attachRefusals } from '~/server/domain/attach-volume';
import { ATTACH_VOLUME_STATUSES } from '~/server/domain/attach-volume-refusals';
import { limitsOf } from '~/server/domain/disk-verbs/disk-facts';
import type { Context } from './context';
import { listInput } from './list-filters';
import type { Candidate, ServerRow, VolumeRow } from './rows';
import { getServer, listServers, listServersInput } from './server-rows';
import { getVolume, listVolumes, listVolumesInput } from './volume-rows';

/** Input of both pickers. */
export const candidatesInput = listInput.pick({ search: true, cursor: true, limit: true });

export interface Candidates<Row> {
  rows: Candidate<Row>[];
  next: string | null;
}

/** A pair is judged before anybody has said how: as an attach without wishes. */
const NO_WISHES: AttachRequest = { device: null, mode: null, tag: null, deleteOnTermination: false };

/**
 * Volumes of the server's project for this server: those whose status allows it first, by name.
 * @throws RefusedError not_found for the server
 */
export async function volumeCandidates(
  context: Context,
  serverId: string,
  input: z.output<typeof candidatesInput>,
): Promise<Candidates<VolumeRow>> {
  const { sql } = context.runtime.database;
  const server = await getServer(context, serverId);
  const disks = {
    rootDeviceName: server.facts.rootDeviceName,
    devices: server.attachments.flatMap((each) =>
      each.facts.computeSide === null ? [] : each.facts.computeSide.device,
    ),
  };
  const page = await listVolumes(
    inProject(context, server.facts.projectId),
    listVolumesInput.parse({ ...input, sort: 'name', direction: 'asc' }),
    sql`t.status = any(case when t.multiattach then ${[...ATTACH_VOLUME_STATUSES.multiattach]}::text[]
      else ${[...ATTACH_VOLUME_STATUSES.single]}::text[] end::volume_status[])`,
  );
  return {
    rows: allowedFirst(
      page.rows.map((row) => ({
        row,
        refusals: attachRefusals({
          actor: context.actor,
          server: server.facts,
          host: server.host,
          volume: row.facts,
          volumeAttachments: row.attachments,
          disks,
          request: NO_WISHES,
          limits: limitsOf(context.runtime.choices),
        }),
      })),
    ),
    next: page.next,
  };
}

/**
 * Servers of the volume's project for this volume: those whose state allows it first, by name.
 * @throws RefusedError not_found for the volume
 */
export async function serverCandidates(
  context: Context,
  volumeId: string,
  input: z.output<typeof candidatesInput>,
): Promise<Candidates<ServerRow>> {
  const { sql } = context.runtime.database;
  const volume = await getVolume(context, volumeId);
  const page = await listServers(
    inProject(context, volume.facts.projectId),
    listServersInput.parse({ ...input, sort: 'name', direction: 'asc' }),
    sql`t.vm_state = any(${[...ATTACH_VM_STATES]}::text[]::vm_state[]) and t.task_state is null`,
  );
  return {
    rows: allowedFirst(
      page.rows.map((row) => ({
        row,
        refusals: attachRefusals({
          actor: context.actor,
          server: row.facts,
          host: row.host,
          volume: volume.facts,
          volumeAttachments: volume.attachments.map((each) => each.facts),
          request: NO_WISHES,
          limits: limitsOf(context.runtime.choices),
        }),
      })),
    ),
    next: page.next,
  };
}

/** The picker is about the object's own project, also for an administrator who is at home in another. */
function inProject(context: Context, projectId: string): Context {
  return { ...context, actor: { ...context.actor, projectId } };
}

function allowedFirst<Row>(candidates: Candidate<Row>[]): Candidate<Row>[] {
  return [...candidates].sort((a, b) => Number(a.refusals.length > 0) - Number(b.refusals.length > 0));
}
