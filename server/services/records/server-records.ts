/**
 * Servers as the compute API shows them: whole rows, one at a time or by pages.
 */
import type { EmbeddedFlavor } from '~/db/schema/compute';
import type { LockHolder, ServerStatus, TaskState, VmState } from '~/server/domain/server';
import { uuids } from '../around';
import type { Context } from '../context';
import type { Fragment } from '../keyset';
import { visible } from '../list-filters';
import { markerPage, type SortKey } from '../marker-page';
import { authorize, notFound } from '../refused';

export interface ServerRecord {
  id: string;
  name: string;
  project_id: string;
  user_id: string;
  description: string | null;
  vm_state: VmState;
  task_state: TaskState | null;
  status: ServerStatus;
  power_state: number;
  host: string | null;
  /** null for a server on no host, or on one that nobody knows. */
  host_state: { up: boolean; enabled: boolean } | null;
  availability_zone: string;
  flavor_id: string | null;
  flavor: EmbeddedFlavor;
  image_id: string | null;
  hostname: string | null;
  root_device_name: string | null;
  key_name: string | null;
  config_drive: boolean;
  reservation_id: string | null;
  launch_index: number;
  user_data: string | null;
  access_ipv4: string;
  access_ipv6: string;
  disk_config: 'AUTO' | 'MANUAL';
  locked_by: LockHolder | null;
  locked_reason: string | null;
  metadata: Record<string, string>;
  tags: string[];
  /** Why it is in ERROR: what was recorded, else what the last operation on it failed of. */
  fault: { code: number; message: string; created: string; details?: string } | null;
  launched_at: Date | null;
  terminated_at: Date | null;
  created_at: Date;
  updated_at: Date;
  /** Its live attachments, root first, then in the order in which they came. */
  volumes: { id: string; delete_on_termination: boolean }[];
}

/** @returns the columns of a server `t` with its host `h` */
function recordColumns(context: Context): Fragment {
  const { sql } = context.runtime.database;
  return sql`t.id, t.name, t.project_id, t.user_id, t.description, t.vm_state, t.task_state, t.status, t.power_state,
    t.host, case when h.name is null then null else json_build_object('up', h.up, 'enabled', h.enabled) end as host_state,
    t.availability_zone, t.flavor_id, t.flavor, t.image_id, t.hostname, t.root_device_name, t.key_name, t.config_drive,
    t.reservation_id, t.launch_index, t.user_data, t.access_ipv4, t.access_ipv6, t.disk_config, t.locked_by,
    t.locked_reason, t.metadata, t.tags, t.launched_at, t.terminated_at, t.created_at, t.updated_at,
    coalesce(t.fault, case when t.vm_state = 'error' then (
      select jsonb_build_object('code', 500, 'message', o.reason, 'created',
        to_char(o.ended_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
      from operations o where o.server_id = t.id and o.outcome = 'failed' order by o.started_at desc limit 1
    ) end) as fault,
    coalesce((
      select json_agg(json_build_object('id', a.volume_id, 'delete_on_termination', a.delete_on_termination)
        order by a.boot_index nulls last, a.created_at, a.id)
      from attachments a where a.server_id = t.id and a.deleted_at is null
    ), '[]') as volumes`;
}

const FROM = 'servers t left join hosts h on h.name = t.host';

/** @throws RefusedError not_found when it is not there, or another project's */
export async function findServerRecord(context: Context, id: string): Promise<ServerRecord> {
  const { sql } = context.runtime.database;
  const [record] =
    uuids([id]).length > 0
      ? await sql<ServerRecord[]>`
        select ${recordColumns(context)} from ${sql.unsafe(FROM)}
        where t.id = ${id} and t.deleted_at is null and ${visible(sql, context, sql`t.project_id`)}`
      : [];
  if (record === undefined) throw notFound('server', id);
  authorize(context, 'os_compute_api:servers:show');
  return record;
}

export interface ServerPage {
  where: Fragment;
  sort: readonly [SortKey, ...SortKey[]];
  marker: string | undefined;
  limit: number;
}

/** Id and name, all that a plain list shows. */
export type ServerName = Pick<ServerRecord, 'id' | 'name'>;

/** @throws RefusedError invalid for a marker that is none of these */
export async function serverNamePage(context: Context, page: ServerPage): Promise<ServerName[]> {
  const { sql } = context.runtime.database;
  authorize(context, 'os_compute_api:servers:index');
  return markerPage<ServerName>(sql, {
    ...page,
    select: sql`t.id, t.name`,
    from: sql`from ${sql.unsafe(FROM)}`,
    unknownMarker: 'invalid',
  });
}

/** @throws RefusedError invalid for a marker that is none of these */
export async function serverRecordPage(context: Context, page: ServerPage): Promise<ServerRecord[]> {
  const { sql } = context.runtime.database;
  authorize(context, 'os_compute_api:servers:detail');
  return markerPage<ServerRecord>(sql, {
    ...page,
    select: recordColumns(context),
    from: sql`from ${sql.unsafe(FROM)}`,
    unknownMarker: 'invalid',
  });
}
