/**
 * What a verb may write, as selects that lock where it will: servers, volumes, attachments, snapshots, types.
 */
import type { TransactionSql } from 'postgres';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { type Around, type Fragment, uuids, type Wanted } from './around';

function lock(sql: TransactionSql, locked: boolean): Fragment {
  return locked ? sql`for update` : sql``;
}

/** The condition that the caller sees it: what is of his project, for whom is no administrator. */
function scope(sql: TransactionSql, actor: Actor | null): Fragment {
  return actor === null || isAdmin(actor) ? sql`` : sql`and project_id = ${actor.projectId}`;
}

/** The same, or it is offered to whoever has the key: the rules ask for that. */
function scopeOrOffered(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  column: 'id' | 'volume_id',
): Fragment {
  const transfers = uuids(wanted.transfers);
  if (transfers.length === 0 || actor === null || isAdmin(actor)) return scope(sql, actor);
  return sql`and (project_id = ${actor.projectId}
    or ${sql(column)} in (select volume_id from volume_transfers where id = any(${transfers}::uuid[])))`;
}

export function selectServers(
  sql: TransactionSql,
  actor: Actor | null,
  { servers }: Around,
  locked: boolean,
): Fragment | null {
  if (servers === null) return null;
  return sql`
    select ${serverColumns(sql)} from servers
    where id = any(${servers}) and deleted_at is null ${scope(sql, actor)} order by id ${lock(sql, locked)}`;
}

/** Never locked: verbs on volumes do not write the servers that hold them. */
export function selectHolders(
  sql: TransactionSql,
  actor: Actor | null,
  { holders }: Around,
): Fragment | null {
  if (holders === null) return null;
  return sql`
    select ${serverColumns(sql)} from servers
    where id = any(${holders}) and deleted_at is null ${scope(sql, actor)}`;
}

export function selectVolumes(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  { volumes }: Around,
  locked: boolean,
): Fragment | null {
  if (volumes === null) return null;
  return sql`
    select ${volumeColumns(sql)} from volumes
    where id = any(${volumes}) and deleted_at is null ${scopeOrOffered(sql, actor, wanted, 'id')}
    order by id ${lock(sql, locked)}`;
}

export function selectAttachments(
  sql: TransactionSql,
  { volumes }: Around,
  locked: boolean,
): Fragment | null {
  if (volumes === null) return null;
  return sql`
    select id, volume_id, multiattach, instance_id, attach_status, mode, attached_host, mountpoint, connector,
      connection_info, bdm_id, server_id, device, boot_index, tag, delete_on_termination
    from attachments
    where deleted_at is null and volume_id = any(${volumes}) order by created_at, id ${lock(sql, locked)}`;
}

export function selectSnapshots(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  { volumes }: Around,
  locked: boolean,
): Fragment | null {
  if (volumes === null) return null;
  const snapshots = uuids(wanted.snapshots);
  return sql`
    select id, volume_id, project_id, user_id, name, description, size_gib, status, progress, metadata, consumes_quota
    from snapshots
    where (volume_id = any(${volumes}) ${snapshots.length === 0 ? sql`` : sql`or id = any(${snapshots}::uuid[])`})
      and deleted_at is null ${scopeOrOffered(sql, actor, wanted, 'volume_id')}
    order by created_at, id ${lock(sql, locked)}`;
}

/** @returns whether types will be written: such as are only those of volumes are just looked at */
export function locksTypes({ volumeTypes }: Wanted, locked: boolean): boolean {
  return locked && uuids(volumeTypes).length > 0;
}

export function selectTypes(
  sql: TransactionSql,
  wanted: Wanted,
  { volumes }: Around,
  locked: boolean,
): Fragment | null {
  const names = [...(wanted.volumeTypes ?? [])];
  if (names.length === 0 && volumes === null && wanted.everyVolumeType !== true) return null;
  const which = [
    ...(names.length === 0
      ? []
      : [sql`or t.id = any(${uuids(names)}::uuid[]) or t.name = any(${names}::text[])`]),
    ...(volumes === null
      ? []
      : [sql`or t.id = any(array(select volume_type_id from volumes where id = any(${volumes})))`]),
  ];
  return sql`
    select t.id, t.name, t.description, t.is_public, t.extra_specs, t.qos_specs_id, ${encryptionOfType(sql)} as encryption,
      coalesce((select array_agg(a.project_id) from volume_type_access a where a.volume_type_id = t.id), '{}') as access
    from volume_types t
    where ${wanted.everyVolumeType === true ? sql`true` : sql`false ${which}`}
    order by t.id ${locked ? sql`for update of t` : sql``}`;
}

function encryptionOfType(sql: TransactionSql) {
  return sql`(
    select json_build_object('id', e.id, 'provider', e.provider, 'controlLocation', e.control_location, 'cipher', e.cipher,
      'keySize', e.key_size)
    from volume_type_encryptions e where e.volume_type_id = t.id)`;
}

function serverColumns(sql: TransactionSql) {
  return sql`id, name, project_id, vm_state, task_state, locked_by, launched_at, host, root_device_name,
    availability_zone, user_id, description, power_state, locked_reason, flavor_id, flavor, image_id, metadata, tags, former`;
}

function volumeColumns(sql: TransactionSql) {
  return sql`id, name, project_id, status, attach_status, migration_status, multiattach, bootable, readonly, size_gib,
    availability_zone, user_id, description, previous_status, volume_type_id, pool, snapshot_id, source_volume_id,
    metadata, image_metadata, encrypted, encryption_key_id, group_id, name_id, consumes_quota,
    (
      select json_build_object('id', x.id, 'name', x.name, 'keyHash', x.key_hash, 'noSnapshots', x.no_snapshots)
      from volume_transfers x where x.volume_id = volumes.id
    ) as transfer`;
}
