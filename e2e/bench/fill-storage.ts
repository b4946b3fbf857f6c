/**
 * The storage side of the benchmark's cloud. Of ten volumes six are attached, three to each of two servers, three are
 * free, and of the tenth every other one is in error; besides, every tenth has had a predecessor that is gone.
 */
import type { TransactionSql } from 'postgres';
import { BACKENDS, type CloudSize, ID_OF, PROJECT_OF } from './fill-numbers';

export async function fillStorage(sql: TransactionSql, { volumes }: CloudSize): Promise<void> {
  await sql`
    insert into volume_types (id, name) select md5('type ' || name)::uuid, name from unnest(array['plain', 'fast']) name`;
  await sql`
    insert into services ("binary", host, zone)
    select 'cinder-volume', 'storage-' || n || '@main', 'nova' from generate_series(1, ${BACKENDS}::int) n`;
  await sql`
    insert into pools (name, total_gib, free_gib)
    select 'storage-' || n || '@main#ssd', 100000000, 50000000 from generate_series(1, ${BACKENDS}::int) n`;
  await fillVolumes(sql, volumes);
  await fillAttachments(sql, volumes);
  await sql.unsafe(`
    insert into snapshots (id, volume_id, project_id, user_id, name, size_gib, status, progress, created_at, updated_at,
      status_since)
    select ${ID_OF('snapshot', 'n')}, ${ID_OF('volume', 'n * 5')}, ${PROJECT_OF('n / 2')}, 'bench', 'nightly-' || n,
      1 + (n * 5) % 500, 'available', 100, at, at, at
    from (select n, now() - make_interval(secs => n * 5) as at from generate_series(0, ${volumes / 5} - 1) n) numbered, bench`);
}

async function fillVolumes(sql: TransactionSql, volumes: number): Promise<void> {
  // Named by people, and by what runs containers.
  const name = `case when n % 2 = 0 then 'volume-' || n else 'pvc-' || ${ID_OF('claim', 'n')} end`;
  await sql.unsafe(`
    insert into volumes (id, project_id, user_id, name, size_gib, status, attach_status, volume_type_id, bootable, pool,
      metadata, created_at, updated_at, status_since)
    select ${ID_OF('volume', 'n')}, ${PROJECT_OF('n / 10')}, 'bench', ${name}, 1 + n % 500,
      (case when n % 10 < 6 then 'in-use' when n % 20 = 19 then 'error' else 'available' end)::volume_status,
      (case when n % 10 < 6 then 'attached' else 'detached' end)::volume_attach_status,
      md5(case when n % 3 = 0 then 'type fast' else 'type plain' end)::uuid, n % 10 in (0, 3),
      'storage-' || (1 + n % ${BACKENDS}) || '@main#ssd',
      case when n % 4 = 0 then jsonb_build_object('team', 'team-' || n % 40) else '{}' end, at, at, at
    from (select n, now() - make_interval(secs => n) as at from generate_series(0, ${volumes} - 1) n) numbered, bench`);
  await sql.unsafe(`
    insert into volumes (id, project_id, user_id, name, size_gib, status, volume_type_id, pool, created_at, updated_at,
      status_since, deleted_at)
    select ${ID_OF('former volume', 'n')}, ${PROJECT_OF('n')}, 'bench', 'volume-' || n * 10, 1 + n % 500, 'deleted',
      md5('type plain')::uuid, 'storage-' || (1 + n % ${BACKENDS}) || '@main#ssd', at, at, at, at
    from (select n, now() - make_interval(secs => n * 10) as at from generate_series(0, ${volumes / 10} - 1) n) numbered,
      bench`);
}

/** The triggers that would put in the project are off while the cloud is filled. */
async function fillAttachments(sql: TransactionSql, volumes: number): Promise<void> {
  await sql.unsafe(`
    insert into attachments (id, volume_id, project_id, multiattach, attach_status, mode, instance_id, server_id, bdm_id,
      boot_index, device, attached_at, created_at, updated_at, status_since)
    select ${ID_OF('attachment', 'n')}, ${ID_OF('volume', 'n')}, ${PROJECT_OF('n / 10')}, false, 'attached', 'rw', server, server,
      ${ID_OF('disk', 'n')}, case slot when 0 then 0 end, '/dev/vd' || chr(97 + slot), at, at, at, at
    from (
      select n, (n % 10) % 3 as slot, ${ID_OF('server', 'n / 10 * 2 + n % 10 / 3')} as server,
        now() - make_interval(secs => n) as at
      from generate_series(0, ${volumes} - 1) n where n % 10 < 6
    ) numbered, bench`);
  await sql.unsafe(`
    insert into attachments (id, volume_id, project_id, multiattach, attach_status, mode, instance_id, server_id, bdm_id,
      device, attached_at, detached_at, created_at, updated_at, status_since, deleted_at)
    select ${ID_OF('former attachment', 'n')}, ${ID_OF('former volume', 'n')}, ${PROJECT_OF('n')}, false, 'detached', 'rw', server, server,
      ${ID_OF('former disk', 'n')}, '/dev/vdx', at, at, at, at, at, at
    from (
      select n, ${ID_OF('server', 'n * 2')} as server, now() - make_interval(secs => n * 10) as at
      from generate_series(0, ${volumes / 10} - 1) n
    ) numbered, bench`);
}
