/**
 * A cloud of a given size, made by Postgres itself: what the benchmark asks for is not how fast rows come in.
 */
import type { Sql } from 'postgres';

export interface CloudSize {
  volumes: number;
  servers: number;
  /** Share of the volumes that are attached, 0 to 1. */
  attached: number;
}

/**
 * Fills the project of the first administrator.
 * @param sql connected to a migrated database in which the administrator exists
 */
export async function fillCloud(sql: Sql, { volumes, servers, attached }: CloudSize): Promise<void> {
  const [project] = await sql<{ id: string }[]>`select id from projects where name = 'admin'`;
  if (project === undefined) throw new Error('there is no project admin to fill');
  await sql`insert into hosts (name, hypervisor_type) select 'compute-' || n, 'QEMU' from generate_series(1, 20) n`;
  await sql`insert into volume_types (id, name) select gen_random_uuid(), name from unnest(array['plain', 'fast']) name`;
  await sql`
    insert into servers (id, project_id, user_id, name, vm_state, status, power_state, host, flavor, launched_at,
      root_device_name, created_at)
    select gen_random_uuid(), ${project.id}, 'bench', 'server-' || n, 'active', 'ACTIVE', 1, 'compute-' || (1 + n % 20),
      '{"name": "m1.small", "vcpus": 1, "ramMib": 2048, "diskGib": 20, "ephemeralGib": 0, "swapMib": 0, "extraSpecs": {}}',
      now(), '/dev/vda', now() - make_interval(secs => n)
    from generate_series(1, ${servers}::int) n`;
  await sql`
    with types as (select array_agg(id order by name) as ids from volume_types)
    insert into volumes (id, project_id, user_id, name, size_gib, status, attach_status, volume_type_id, created_at)
    select gen_random_uuid(), ${project.id}, 'bench', 'volume-' || n, 1 + n % 500,
      case when n <= ${attached * volumes} then 'in-use' else 'available' end::volume_status,
      case when n <= ${attached * volumes} then 'attached' else 'detached' end::volume_attach_status,
      types.ids[1 + n % 2], now() - make_interval(secs => n)
    from generate_series(1, ${volumes}::int) n, types`;
  await sql`
    insert into attachments (id, volume_id, multiattach, attach_status, mode, instance_id, server_id, bdm_id, device,
      attached_at, created_at)
    select gen_random_uuid(), v.id, false, 'attached', 'rw', s.id, s.id, gen_random_uuid(),
      '/dev/vd' || chr(98 + (v.n / ${servers})::int), v.created_at, v.created_at
    from (select id, created_at, row_number() over (order by id) - 1 as n from volumes where status = 'in-use') v
      join (select id, row_number() over (order by id) - 1 as n from servers) s on s.n = v.n % ${servers}`;
  // The usual limits are far below such a cloud.
  await sql`
    insert into quotas (project_id, service, resource, hard_limit)
    select ${project.id}, 'volume', resource, -1 from unnest(array['volumes', 'gigabytes']) resource`;
  await sql`analyze`;
}
