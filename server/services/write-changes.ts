/**
 * Carries out changes on the database: the twin of `applyChanges`, which does it in memory.
 */
import type { TransactionSql } from 'postgres';
import type { TypeEncryption } from '~/server/domain/encryption';
import type { Change } from '~/server/domain/engine/change';
import { applyChanges } from '~/server/domain/engine/change';
import {
  rowOf,
  type TableName,
  type Tables,
  type VolumeTransfer,
  type World,
} from '~/server/domain/engine/world';
import { serviceOfResource } from '~/server/domain/quota';
import { serverStatus } from '~/server/domain/server';
import { toColumns } from './columns';
import { writeService } from './write-service';

const TABLE = {
  server: 'servers',
  volume: 'volumes',
  attachment: 'attachments',
  snapshot: 'snapshots',
  volumeType: 'volume_types',
  qosSpecs: 'qos_specs',
  image: 'images',
} as const satisfies Partial<Record<TableName, string>>;

/**
 * Sends what is to be written, and does not wait for it: what else belongs to it can be sent along.
 * @param sql transaction that holds the locks under which the changes were decided
 * @param world as it was loaded; what is derived from several columns is derived from it
 * @returns the world after them, and a promise that is rejected with what Postgres says when a constraint refuses
 */
export function writeChanges(
  sql: TransactionSql,
  world: World,
  changes: readonly Change[],
): { after: World; written: Promise<unknown> } {
  let now = world;
  // All before the first is sent: what cannot be applied is not written in part.
  const worlds = changes.map((change) => {
    now = applyChanges(now, [change]);
    return now;
  });
  // Sent together, executed in this order.
  const sent = changes.map((change, place) => write(sql, worlds[place] ?? now, change));
  const aged = changes.map((change) => keepAge(sql, world, change));
  return { after: now, written: Promise.all([...sent, ...aged]) };
}

/** A disk that moves to another attachment is as old as it was: servers list their disks by age. */
function keepAge(sql: TransactionSql, before: World, change: Change): Promise<unknown> | undefined {
  if (change.table !== 'attachment' || change.op === 'delete') return undefined;
  const [id, bdmId] =
    change.op === 'insert' ? [change.row.id, change.row.bdmId] : [change.id, change.set.bdmId];
  if (bdmId === null || bdmId === undefined) return undefined;
  const from = [...before.attachment.values()].find((each) => each.bdmId === bdmId && each.id !== id);
  if (from === undefined) return undefined;
  return sql`
    update attachments t set disk_since = coalesce(o.disk_since, o.created_at)
    from attachments o where o.id = ${from.id} and t.id = ${id}`.execute();
}

function write(sql: TransactionSql, after: World, change: Change): Promise<unknown> {
  switch (change.table) {
    case 'quota':
      return writeQuota(sql, change);
    case 'qosSpecs':
      return writeQosSpecs(sql, change);
    case 'defaultQuota':
      return writeDefaultQuota(sql, change);
    case 'volumeType':
      return writeVolumeType(sql, change);
    case 'server':
      return writeServer(sql, after, change);
    case 'attachment':
      return writeAttachment(sql, change);
    case 'volume':
      return writeVolume(sql, change);
    case 'snapshot':
      return writeSnapshot(sql, change);
    case 'image':
      return writePlain(sql, change);
    case 'computeService':
    case 'storageService':
      return writeService(sql, change);
  }
}

type ChangeOf<Name extends TableName> = Extract<Change, { table: Name }>;

function insertRow<Name extends keyof typeof TABLE>(sql: TransactionSql, table: Name, row: Tables[Name]) {
  return sql`insert into ${sql(TABLE[table] as string)} ${sql(toColumns(sql, table, row))}`.execute();
}

function assignments<Name extends keyof typeof TABLE>(
  sql: TransactionSql,
  table: Name,
  set: Partial<Omit<Tables[Name], 'id'>>,
) {
  const columns = Object.entries(toColumns(sql, table, set));
  return columns.length === 0 ? sql`` : columns.map(([column, value]) => sql`${sql(column)} = ${value},`);
}

function writePlain(sql: TransactionSql, change: ChangeOf<'image'>): Promise<unknown> {
  if (change.op === 'insert') return insertRow(sql, 'image', change.row);
  if (change.op === 'delete') return sql`delete from images where id = ${change.id}`.execute();
  return sql`
    update images set ${assignments(sql, 'image', change.set)} updated_at = now() where id = ${change.id}`.execute();
}

function writeVolume(sql: TransactionSql, change: ChangeOf<'volume'>): Promise<unknown> {
  if (change.op === 'insert') return insertRow(sql, 'volume', change.row);
  if (change.op === 'delete') {
    return sql`
      with offer as (delete from volume_transfers where volume_id = ${change.id})
      update volumes set status = 'deleted', attach_status = 'detached', deleted_at = now(), updated_at = now(),
        status_since = now()
      where id = ${change.id}`.execute();
  }
  const { status, readonly, transfer } = change.set;
  const told = readonly === undefined ? sql`` : sql`readonly_told = true,`;
  const written = sql`
    update volumes set ${assignments(sql, 'volume', change.set)} ${told} updated_at = now(),
      status_since = case when status is distinct from coalesce(${status ?? null}::volume_status, status)
        then now() else status_since end
    where id = ${change.id}`.execute();
  return transfer === undefined ? written : Promise.all([written, writeTransfer(sql, change.id, transfer)]);
}

/** Offers are rows of their own, so that they are found by their id. */
function writeTransfer(
  sql: TransactionSql,
  volumeId: string,
  transfer: VolumeTransfer | null,
): Promise<unknown> {
  if (transfer === null) return sql`delete from volume_transfers where volume_id = ${volumeId}`.execute();
  const { id, name, keyHash, noSnapshots } = transfer;
  return sql`
    insert into volume_transfers (id, volume_id, name, key_hash, no_snapshots)
    values (${id}, ${volumeId}, ${name}, ${keyHash}, ${noSnapshots})
    on conflict (volume_id) do update
    set id = excluded.id, name = excluded.name, key_hash = excluded.key_hash, no_snapshots = excluded.no_snapshots,
      created_at = now()`.execute();
}

function writeSnapshot(sql: TransactionSql, change: ChangeOf<'snapshot'>): Promise<unknown> {
  if (change.op === 'insert') return insertRow(sql, 'snapshot', change.row);
  if (change.op === 'delete') {
    return sql`
      update snapshots set status = 'deleted', deleted_at = now(), updated_at = now(), status_since = now()
      where id = ${change.id}`.execute();
  }
  const { status } = change.set;
  return sql`
    update snapshots set ${assignments(sql, 'snapshot', change.set)} updated_at = now(),
      status_since = case when status is distinct from coalesce(${status ?? null}::snapshot_status, status)
        then now() else status_since end
    where id = ${change.id}`.execute();
}

/** The status clients see follows from the two states, so it is written with them. */
function writeServer(sql: TransactionSql, after: World, change: ChangeOf<'server'>): Promise<unknown> {
  if (change.op === 'delete') {
    return sql`
      update servers set vm_state = 'deleted', task_state = null, status = 'DELETED', deleted_at = now(),
        terminated_at = now(), updated_at = now(), status_since = now()
      where id = ${change.id}`.execute();
  }
  const id = change.op === 'insert' ? change.row.id : change.id;
  const { vmState, taskState } = rowOf(after, 'server', id);
  const status = serverStatus(vmState, taskState);
  if (change.op === 'insert') {
    return sql`
      insert into servers ${sql({ ...toColumns(sql, 'server', change.row), status })}`.execute();
  }
  const launched = change.set.launched === true ? sql`launched_at = coalesce(launched_at, now()),` : sql``;
  return sql`
    update servers set ${assignments(sql, 'server', change.set)} ${launched} status = ${status}, updated_at = now(),
      status_since = case when status is distinct from ${status}::server_status then now() else status_since end
    where id = ${id}`.execute();
}

/** Deleted softly: history keeps the row, with the time it went first; its secrets go at once. */
function writeAttachment(sql: TransactionSql, change: ChangeOf<'attachment'>): Promise<unknown> {
  if (change.op === 'insert') {
    const columns = toColumns(sql, 'attachment', change.row);
    const { attachStatus, bdmId, connectionInfo } = change.row;
    // A disk that a server on no host is given is not connected to anything yet.
    const connected = attachStatus === 'attached' && (bdmId === null || connectionInfo !== null);
    const attachedAt = connected ? { attached_at: new Date() } : {};
    return sql`insert into attachments ${sql({ ...columns, ...attachedAt })}`.execute();
  }
  if (change.op === 'delete') {
    return sql`
      update attachments set attach_status = 'detached', detached_at = coalesce(detached_at, now()),
        deleted_at = coalesce(deleted_at, now()), updated_at = now(), status_since = now(), connector = null,
        connection_info = null
      where id = ${change.id}`.execute();
  }
  const status = change.set.attachStatus ?? null;
  return sql`
    update attachments set ${assignments(sql, 'attachment', change.set)} updated_at = now(),
      -- When it was connected, as upstream: what is completed without has no such time.
      attached_at = case ${status}::attach_status
        when 'attaching' then now()
        when 'attached' then coalesce(attached_at,
          case when coalesce(${change.set.connectionInfo ?? null}, connection_info) is not null then now() end)
        when 'reserved' then null
        else attached_at end,
      status_since = case when attach_status is distinct from coalesce(${status}::attach_status, attach_status)
        then now() else status_since end
    where id = ${change.id}`.execute();
}

async function writeVolumeType(sql: TransactionSql, change: ChangeOf<'volumeType'>): Promise<void> {
  if (change.op === 'delete') {
    await sql`delete from volume_types where id = ${change.id}`;
    return;
  }
  const id = change.op === 'insert' ? change.row.id : change.id;
  const { access, encryption } = change.op === 'insert' ? change.row : change.set;
  const written =
    change.op === 'insert' ? insertRow(sql, 'volumeType', change.row) : updateVolumeType(sql, change);
  await Promise.all([
    written,
    access === undefined ? undefined : replaceAccess(sql, id, access),
    encryption === undefined ? undefined : writeEncryption(sql, id, encryption),
  ]);
}

/** A row of its own, so that a type can be without. */
function writeEncryption(
  sql: TransactionSql,
  typeId: string,
  encryption: TypeEncryption | null,
): Promise<unknown> {
  if (encryption === null)
    return sql`delete from volume_type_encryptions where volume_type_id = ${typeId}`.execute();
  const { id, provider, controlLocation, cipher, keySize } = encryption;
  return sql`
    insert into volume_type_encryptions (id, volume_type_id, provider, control_location, cipher, key_size)
    values (${id}, ${typeId}, ${provider}, ${controlLocation}, ${cipher}, ${keySize})
    on conflict (volume_type_id) do update
    set provider = excluded.provider, control_location = excluded.control_location, cipher = excluded.cipher,
      key_size = excluded.key_size, updated_at = now()`.execute();
}

function updateVolumeType(
  sql: TransactionSql,
  { id, set }: { id: string; set: Partial<Tables['volumeType']> },
) {
  const columns = toColumns(sql, 'volumeType', set);
  if (Object.keys(columns).length === 0) return undefined;
  return sql`update volume_types set ${sql(columns)} where id = ${id}`.execute();
}

async function replaceAccess(sql: TransactionSql, id: string, projects: readonly string[]): Promise<void> {
  await Promise.all([
    sql`delete from volume_type_access where volume_type_id = ${id} and project_id <> all(${[...projects]})`,
    sql`
      insert into volume_type_access (volume_type_id, project_id)
      select ${id}, unnest(${[...projects]}::text[]) on conflict do nothing`,
  ]);
}

function writeQosSpecs(sql: TransactionSql, change: ChangeOf<'qosSpecs'>): Promise<unknown> {
  if (change.op === 'insert') return insertRow(sql, 'qosSpecs', change.row);
  if (change.op === 'delete') return sql`delete from qos_specs where id = ${change.id}`.execute();
  return sql`
    update qos_specs set ${sql(toColumns(sql, 'qosSpecs', change.set))} where id = ${change.id}`.execute();
}

/** Only limits can be written: in use is counted, and reservations belong to their operations. */
async function writeQuota(sql: TransactionSql, change: ChangeOf<'quota'>): Promise<void> {
  if (change.op === 'delete') {
    await sql`delete from quotas where project_id = ${change.id}`;
    return;
  }
  const limits = change.op === 'insert' ? change.row.limits : (change.set.limits ?? {});
  const id = change.op === 'insert' ? change.row.id : change.id;
  const rows = Object.entries(limits).map(([resource, limit]) => ({
    project_id: id,
    service: serviceOfResource(resource),
    resource,
    hard_limit: limit,
  }));
  if (rows.length === 0) return;
  await sql`
    insert into quotas ${sql(rows)}
    on conflict (project_id, service, resource) do update set hard_limit = excluded.hard_limit`;
}

/** One row a resource, so that two who change different ones do not undo each other's change. */
async function writeDefaultQuota(sql: TransactionSql, change: ChangeOf<'defaultQuota'>): Promise<void> {
  const resource = change.op === 'insert' ? change.row.id : change.id;
  if (change.op === 'delete') {
    await sql`delete from default_quotas where resource = ${resource}`;
    return;
  }
  const limit = change.op === 'insert' ? change.row.limit : change.set.limit;
  if (limit === undefined) return;
  const row = { service: serviceOfResource(resource), resource, hard_limit: limit };
  await sql`
    insert into default_quotas ${sql(row)}
    on conflict (service, resource) do update set hard_limit = excluded.hard_limit`;
}
