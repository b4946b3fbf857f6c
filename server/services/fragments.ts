/**
 * SQL that several reads share: nested facts as JSON, in the shapes facts.ts reads.
 */
import type { Context } from './context';
import type { Fragment } from './keyset';
import { visible } from './list-filters';

/** A subquery `(… ) as live (attachments)`: the live attachments of a volume, oldest first. */
export function liveAttachments(context: Context, volumeId: Fragment): Fragment {
  const { sql } = context.runtime.database;
  return sql`lateral (
    select coalesce(json_agg(json_build_object('id', a.id, 'volume_id', a.volume_id, 'instance_id', a.instance_id,
      'instance_name', s.name, 'attach_status', a.attach_status, 'mode', a.mode, 'bdm_id', a.bdm_id, 'device', a.device,
      'boot_index', a.boot_index, 'delete_on_termination', a.delete_on_termination) order by a.created_at, a.id), '[]')
      as attachments
    from attachments a
      -- A server of another project may hold the volume; its name is none of the caller's business.
      left join servers s on s.id = a.instance_id and ${visible(context.runtime.database.sql, context, sql`s.project_id`)}
    where a.volume_id = ${volumeId} and a.deleted_at is null
  ) live`;
}

/** JSON of a volume `v`. */
export function volumeJson(context: Context): Fragment {
  const { sql } = context.runtime.database;
  return sql`json_build_object('id', v.id, 'name', v.name, 'project_id', v.project_id, 'status', v.status,
    'attach_status', v.attach_status, 'migration_status', v.migration_status, 'multiattach', v.multiattach,
    'bootable', v.bootable, 'readonly', v.readonly, 'size_gib', v.size_gib, 'availability_zone', v.availability_zone)`;
}

/** JSON of a server `s`, null when there is none. */
export function serverJson(context: Context): Fragment {
  const { sql } = context.runtime.database;
  return sql`case when s.id is null then null else json_build_object('id', s.id, 'name', s.name, 'project_id', s.project_id,
    'vm_state', s.vm_state, 'task_state', s.task_state, 'locked_by', s.locked_by, 'launched_at', s.launched_at,
    'host', s.host, 'root_device_name', s.root_device_name, 'availability_zone', s.availability_zone) end`;
}

/** JSON of a host `h`, null when there is none. */
export function hostJson(context: Context): Fragment {
  const { sql } = context.runtime.database;
  return sql`case when h.name is null then null else json_build_object('name', h.name, 'up', h.up,
    'enabled', h.enabled, 'zone', h.zone, 'bare_metal', h.hypervisor_type = 'ironic',
    'supports_multiattach', h.supports_multiattach, 'supports_tagging', h.supports_tagging) end`;
}

/** A subquery `(… ) held (holders)`: the servers that have a volume, with their hosts; what the caller may not see is left out. */
export function holders(context: Context, volumeId: Fragment): Fragment {
  const { sql } = context.runtime.database;
  return sql`lateral (
    select coalesce(json_agg(json_build_object('attachment_id', a.id, 'server', ${serverJson(context)},
      'host', ${hostJson(context)}) order by a.created_at, a.id), '[]') as holders
    from attachments a
      join servers s on s.id = a.server_id and ${visible(sql, context, sql`s.project_id`)}
      left join hosts h on h.name = s.host
    where a.volume_id = ${volumeId} and a.deleted_at is null
  ) held`;
}
