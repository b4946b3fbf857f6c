/**
 * A cloud of a given size, made by Postgres itself: what the benchmark asks for is not how fast rows come in. Everything
 * comes in blocks of ten volumes and two servers, which belong to one project; every second block is the administrator's.
 */
import type { Sql, TransactionSql } from 'postgres';
import { withBareTables } from './bare-tables';
import { fillHistory } from './fill-history';
import { type CloudSize, HOSTS, ID_OF, MEMBER, OTHERS, PROJECT_OF } from './fill-numbers';
import { fillStorage } from './fill-storage';

/**
 * @param sql connected to a migrated database in which the first administrator exists
 */
export async function fillCloud(sql: Sql, size: CloudSize): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`;
    await transaction`set local maintenance_work_mem = '256MB'`;
    await transaction`set local max_parallel_maintenance_workers = 1`;
    await withBareTables(transaction, async () => {
      await fillPeople(transaction);
      await fillServers(transaction, size);
      await fillStorage(transaction, size);
      await fillHistory(transaction, size);
    });
  });
  await sql`vacuum (analyze)`;
}

async function fillPeople(sql: TransactionSql): Promise<void> {
  await sql`
    insert into projects (id, name)
    select md5('project ' || n), 'project-' || n from generate_series(1, ${OTHERS}::int) n`;
  await sql`
    insert into users (id, name, password_hash) select md5(${MEMBER}), ${MEMBER}, password_hash from users where name = 'admin'`;
  await sql`
    insert into role_assignments (user_id, project_id, role)
    select md5(${MEMBER}), id, 'member' from projects where name = 'admin'`;
  // The usual limits are far below such a cloud.
  await sql`
    insert into quotas (project_id, service, resource, hard_limit)
    select p.id, 'volume', resource, -1 from projects p, unnest(array['volumes', 'gigabytes', 'snapshots']) resource`;
  await sql`create temp table bench on commit drop as
    select array_agg(id order by (name <> 'admin')::int, id) as projects from projects`;
}

async function fillServers(sql: TransactionSql, { volumes }: CloudSize): Promise<void> {
  await sql`insert into hosts (name, hypervisor_type) select 'compute-' || n, 'QEMU' from generate_series(1, ${HOSTS}::int) n`;
  await sql`
    insert into services ("binary", host, zone)
    select 'nova-compute', 'compute-' || n, 'nova' from generate_series(1, ${HOSTS}::int) n`;
  await sql`
    insert into flavors (id, name, vcpus, ram_mib, disk_gib) values ('1', 'm1.small', 1, 2048, 20)`;
  await sql.unsafe(`
    insert into servers (id, project_id, user_id, name, vm_state, status, power_state, host, flavor_id, flavor, launched_at,
      root_device_name, metadata, created_at, updated_at, status_since)
    select ${ID_OF('server', 'n')}, ${PROJECT_OF('n / 2')}, 'bench', 'server-' || n,
      (case when n % 20 = 19 then 'stopped' when n % 100 = 50 then 'error' else 'active' end)::vm_state,
      (case when n % 20 = 19 then 'SHUTOFF' when n % 100 = 50 then 'ERROR' else 'ACTIVE' end)::server_status,
      case when n % 20 = 19 then 4 else 1 end, 'compute-' || (1 + n % ${HOSTS}), '1',
      '{"name": "m1.small", "vcpus": 1, "ramMib": 2048, "diskGib": 20, "ephemeralGib": 0, "swapMib": 0, "extraSpecs": {}}',
      at, '/dev/vda', case when n % 3 = 0 then jsonb_build_object('role', 'web-' || n % 7) else '{}' end, at, at, at
    from (select n, now() - make_interval(secs => n * 5) as at from generate_series(0, ${volumes / 5} - 1) n) numbered, bench`);
}
