/**
 * The disks of a server as the compute API lists them: attachments by what the compute side knows of them.
 */
import type { PolicyName } from '~/server/domain/policy';
import { uuids } from '../around';
import type { Context } from '../context';
import { visible } from '../list-filters';
import { authorize, notFound } from '../refused';

export interface DiskRecord {
  volumeId: string;
  serverId: string;
  /** null as long as the server is on no host that could name it. */
  device: string | null;
  tag: string | null;
  deleteOnTermination: boolean;
  attachmentId: string;
  /** Whether storage knows the attachment too. */
  inStorage: boolean;
  bdmId: string;
}

interface Data {
  server_id: string;
  /** Disks that are no volumes: the root of an image, the flavor's ephemeral disk and swap. */
  local_disks: number;
  disks: {
    id: string;
    volume_id: string;
    known: boolean;
    bdm_id: string;
    device: string | null;
    tag: string | null;
    delete_on_termination: boolean;
  }[];
}

async function findDisks(context: Context, serverId: string, policy: PolicyName): Promise<Data> {
  const { sql } = context.runtime.database;
  const [data] = await sql<Data[]>`
    select s.id as server_id,
      (s.image_id is not null)::int + (coalesce((s.flavor ->> 'ephemeralGib')::int, 0) > 0)::int
        + (coalesce((s.flavor ->> 'swapMib')::int, 0) > 0)::int as local_disks,
      coalesce((
        select json_agg(json_build_object('id', a.id, 'volume_id', a.volume_id, 'known', a.attach_status is not null,
          'bdm_id', a.bdm_id, 'device', a.device, 'tag', a.tag, 'delete_on_termination', a.delete_on_termination)
          order by coalesce(a.disk_since, a.created_at), length(a.device), a.device, a.id)
        from attachments a where a.server_id = s.id and a.deleted_at is null
      ), '[]') as disks
    from servers s
    where s.id = any(${uuids([serverId])}::uuid[]) and s.deleted_at is null and ${visible(sql, context, sql`s.project_id`)}`;
  if (data === undefined) throw notFound('server', serverId);
  authorize(context, policy);
  return data;
}

/**
 * Oldest first.
 * @param page counts all disks of the server, also those that are no volumes and are therefore not listed: so does
 * upstream, which is why a page may be short although more follow
 * @throws RefusedError not_found for a server that is not there or another project's; forbidden without the reader role
 */
export async function listDisks(
  context: Context,
  serverId: string,
  page: { limit: number; offset: number },
): Promise<DiskRecord[]> {
  const data = await findDisks(context, serverId, 'os_compute_api:os-volumes-attachments:index');
  const local = Array.from({ length: data.local_disks }, () => null);
  return [...local, ...recordsOf(data)]
    .slice(page.offset, page.offset + page.limit)
    .filter((disk) => disk !== null);
}

/**
 * @param policy under which the server is looked at
 * @returns null when the server does not have the volume
 * @throws RefusedError as {@link listDisks} does
 */
export async function findDisk(
  context: Context,
  ids: { serverId: string; volumeId: string },
  policy: PolicyName = 'os_compute_api:os-volumes-attachments:show',
): Promise<DiskRecord | null> {
  const disks = recordsOf(await findDisks(context, ids.serverId, policy));
  return disks.find(({ volumeId }) => volumeId === ids.volumeId) ?? null;
}

function recordsOf({ server_id: serverId, disks }: Data): DiskRecord[] {
  return disks.map((disk) => ({
    volumeId: disk.volume_id,
    serverId,
    device: disk.device,
    tag: disk.tag,
    deleteOnTermination: disk.delete_on_termination,
    attachmentId: disk.id,
    inStorage: disk.known,
    bdmId: disk.bdm_id,
  }));
}
