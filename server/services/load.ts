/**
 * Loads what a decision needs, scoped to the caller and locked. The only place that takes locks, in one order for all:
 * server, volume, attachments. Statements of one load go out together, so that a load costs one round trip.
 */
import type { TransactionSql } from 'postgres';
import type { AttachFacts, AttachRequest } from '~/server/domain/attach-volume';
import type { AttachmentFacts } from '~/server/domain/attachment';
import type { DetachFacts } from '~/server/domain/detach-volume';
import { isAdmin } from '~/server/domain/roles';
import type { Context } from './context';
import {
  type AttachmentFactsRow,
  attachmentFacts,
  type HostFactsRow,
  hostFacts,
  type ServerFactsRow,
  serverFacts,
  type VolumeFactsRow,
  volumeFacts,
} from './facts';
import { notFound } from './refused';

export interface PairIds {
  serverId: string;
  volumeId: string;
}

/** `update` for a verb that will write, `none` for one that only explains. */
export type Locking = 'update' | 'none';

interface Pair {
  server: DetachFacts['server'];
  host: DetachFacts['host'];
  volume: DetachFacts['volume'];
  volumeAttachments: readonly AttachmentFacts[];
  devices: readonly (string | null)[];
}

/**
 * @param sql transaction; with `update` the server stays locked until its end
 * @throws RefusedError not_found when it is not there or, for all but administrators, another project's
 */
export async function loadServer(
  sql: TransactionSql,
  context: Context,
  id: string,
  locking: Locking,
): Promise<Pick<Pair, 'server' | 'host'>> {
  const scope = isAdmin(context.actor) ? sql`` : sql`and project_id = ${context.actor.projectId}`;
  const lock = locking === 'update' ? sql`for update` : sql``;
  const [servers, hosts] = await Promise.all([
    sql<ServerFactsRow[]>`
      select id, name, project_id, vm_state, task_state, locked_by, launched_at, host, root_device_name, availability_zone
      from servers where id = ${id} and deleted_at is null ${scope} ${lock}`,
    sql<HostFactsRow[]>`
      select h.name, h.up, h.enabled, h.supports_multiattach, h.supports_tagging
      from hosts h join servers s on s.host = h.name where s.id = ${id}`,
  ]);
  const [server] = servers;
  const [host] = hosts;
  if (server === undefined) throw notFound('server', id);
  return { server: serverFacts(server), host: host === undefined ? null : hostFacts(host) };
}

/**
 * @param sql transaction; with `update` the rows stay locked until its end
 * @throws RefusedError not_found when either is not there or, for all but administrators, another project's
 */
async function loadPair(
  sql: TransactionSql,
  context: Context,
  ids: PairIds,
  locking: Locking,
): Promise<Pair> {
  const { actor } = context;
  const scope = isAdmin(actor) ? sql`` : sql`and project_id = ${actor.projectId}`;
  // A server of another project may hold the volume; its name is none of the caller's business.
  const nameScope = isAdmin(actor) ? sql`` : sql`and s.project_id = ${actor.projectId}`;
  const lock = locking === 'update' ? sql`for update` : sql``;
  const lockAttachments = locking === 'update' ? sql`for update of a` : sql``;
  const [{ server, host }, volumes, attachments, disks] = await Promise.all([
    loadServer(sql, context, ids.serverId, locking),
    sql<VolumeFactsRow[]>`
      select id, name, project_id, status, attach_status, migration_status, multiattach, bootable, readonly, size_gib,
        availability_zone
      from volumes where id = ${ids.volumeId} and deleted_at is null ${scope} ${lock}`,
    sql<AttachmentFactsRow[]>`
      select a.id, a.volume_id, a.instance_id, s.name as instance_name, a.attach_status, a.mode, a.bdm_id, a.device,
        a.boot_index, a.delete_on_termination
      from attachments a left join servers s on s.id = a.instance_id ${nameScope}
      where a.volume_id = ${ids.volumeId} and a.deleted_at is null
      order by a.created_at, a.id ${lockAttachments}`,
    sql<{ device: string | null }[]>`
      select device from attachments where server_id = ${ids.serverId} and deleted_at is null`,
  ]);
  const [volume] = volumes;
  if (volume === undefined) throw notFound('volume', ids.volumeId);
  return {
    server,
    host,
    volume: volumeFacts(volume),
    volumeAttachments: attachments.map(attachmentFacts),
    devices: disks.map((disk) => disk.device),
  };
}

/** Facts for {@link import('~/server/domain/attach-volume').decideAttach}. Parameters and errors as above. */
export async function loadAttachFacts(
  sql: TransactionSql,
  context: Context,
  ids: PairIds & { request: AttachRequest },
  locking: Locking,
): Promise<AttachFacts> {
  const { devices, ...pair } = await loadPair(sql, context, ids, locking);
  return {
    ...pair,
    actor: context.actor,
    disks: { rootDeviceName: pair.server.rootDeviceName, devices },
    request: ids.request,
    limits: context.runtime.limits,
  };
}

/** Facts for {@link import('~/server/domain/detach-volume').decideDetach}. Parameters and errors as above. */
export async function loadDetachFacts(
  sql: TransactionSql,
  context: Context,
  ids: PairIds,
  locking: Locking,
): Promise<DetachFacts> {
  const { devices: _, ...pair } = await loadPair(sql, context, ids, locking);
  const attachment = pair.volumeAttachments.find(
    (each) => each.computeSide !== null && each.instanceId === ids.serverId,
  );
  return { ...pair, actor: context.actor, attachment: attachment ?? null };
}
