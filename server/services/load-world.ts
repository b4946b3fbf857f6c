/**
 * Loads the part of the cloud that a verb looks at, with all that hangs on it, scoped to the caller and, for a verb that
 * will write, locked: quotas, then servers, then volumes, then attachments, then snapshots and types. All statements go
 * out together, so that it costs one round trip.
 */
import type { TransactionSql } from 'postgres';
import type { Subject, VolumeTypeRecord, World } from '~/server/domain/engine/world';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { aroundOf, type Fragment, quotasAround, uuids, type Wanted } from './around';
import { hostFacts } from './facts';
import { keyed } from './keyed';
import { loadDefaultQuota } from './load-default-quota';
import { loadQos } from './load-qos';
import { loadQuotas } from './load-quota';
import { loadHosts, loadRest } from './load-rest';
import { loadServices } from './load-services';
import {
  type AttachmentWorldRow,
  attachmentRecord,
  type ServerWorldRow,
  type SnapshotWorldRow,
  serverRecord,
  snapshotRecord,
  type VolumeTypeWorldRow,
  type VolumeWorldRow,
  volumeRecord,
  volumeTypeRecord,
} from './world-rows';

/** `update` for a verb that will write, `none` for one that only explains. */
export type Locking = 'update' | 'none';

/**
 * @param actor null for the machinery itself, which sees everything
 * @returns rows that are not there, or are another project's, are simply not in it
 */
export async function loadWorld(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  locking: Locking,
): Promise<World> {
  const world = await load(sql, actor, wanted, locking);
  if (locking === 'none') return world;
  // While we waited for its volume, an operation may have begun that works with another one: that is then locked too.
  const carried = [...world.operation.values()].flatMap(({ carry }) => uuids(strings(carry.volumes)));
  const unseen = carried.filter((id) => !world.volume.has(id));
  if (unseen.length === 0) return world;
  return load(sql, actor, { ...wanted, volumes: [...(wanted.volumes ?? []), ...unseen] }, locking);
}

/** Sent in the order of the locks, and executed in it: each statement sees what was committed while it waited. */
async function load(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  locking: Locking,
): Promise<World> {
  const everything = actor === null || isAdmin(actor);
  const scope = everything ? sql`` : sql`and project_id = ${actor.projectId}`;
  const lock = locking === 'update' ? sql`for update` : sql``;
  const around = aroundOf(sql, wanted);
  const { servers, volumes, holders } = around;
  const quotas = quotasAround(sql, actor, wanted);
  const snapshots = uuids(wanted.snapshots);
  // What is offered is seen by whoever may take it; the rules ask for the key.
  const transfers = uuids(wanted.transfers);
  const offered = sql`(select volume_id from volume_transfers where id = any(${transfers}::uuid[]))`;
  const orOffered = (column: 'id' | 'volume_id') =>
    everything
      ? sql``
      : transfers.length === 0
        ? scope
        : sql`and (project_id = ${actor.projectId} or ${sql(column)} in ${offered})`;

  // Every statement looks rows up by id: planning each anew would take longer than running it.
  const planned = sql`set local plan_cache_mode = force_generic_plan`.execute();
  // A statement is sent when it is awaited, unless it is told to before: what is counted and what runs must be looked at
  // after the locks.
  const [
    ,
    serverRows,
    volumeRows,
    attachmentRows,
    snapshotRows,
    qosSpecs,
    typeRows,
    holderRows,
    hosts,
    rest,
    services,
    quota,
    defaultQuota,
  ] = await Promise.all([
    quotas === null || locking === 'none'
      ? []
      : sql`select 1 from projects where id = any(${quotas}) order by id for update`.execute(),
    servers === null
      ? []
      : sql<ServerWorldRow[]>`
            select ${serverColumns(sql)} from servers
            where id = any(${servers}) and deleted_at is null ${scope} order by id ${lock}`.execute(),
    volumes === null
      ? []
      : sql<VolumeWorldRow[]>`
            select ${volumeColumns(sql)} from volumes
            where id = any(${volumes}) and deleted_at is null ${orOffered('id')} order by id ${lock}`.execute(),
    volumes === null
      ? []
      : sql<AttachmentWorldRow[]>`
            select id, volume_id, multiattach, instance_id, attach_status, mode, attached_host, mountpoint, connector,
              connection_info, bdm_id, server_id, device, boot_index, tag, delete_on_termination
            from attachments
            where deleted_at is null and volume_id = any(${volumes}) order by created_at, id ${lock}`.execute(),
    volumes === null
      ? []
      : sql<SnapshotWorldRow[]>`
            select id, volume_id, project_id, user_id, name, description, size_gib, status, progress, metadata,
              consumes_quota
            from snapshots
            where (volume_id = any(${volumes}) ${snapshots.length === 0 ? sql`` : sql`or id = any(${snapshots}::uuid[])`})
              and deleted_at is null ${orOffered('volume_id')}
            order by created_at, id ${lock}`.execute(),
    loadQos(sql, actor, wanted, locking === 'update'),
    loadTypes(sql, wanted, volumes, locking),
    holders === null
      ? []
      : sql<ServerWorldRow[]>`
            select ${serverColumns(sql)} from servers
            where id = any(${holders}) and deleted_at is null ${scope}`.execute(),
    loadHosts(sql, wanted, around),
    loadRest(sql, actor, wanted, around, locking === 'update'),
    loadServices(sql, wanted, locking === 'update'),
    quotas === null ? new Map() : loadQuotas(sql, quotas),
    quotas === null && wanted.defaultQuota !== true ? new Map() : loadDefaultQuota(sql),
    planned,
  ]);

  const volume = keyed(volumeRows.map(volumeRecord));
  // What was read without a lock gives way to what was locked.
  const server = keyed([...holderRows, ...serverRows].map(serverRecord));
  const { operation, ...others } = rest;
  return {
    server,
    volume,
    attachment: keyed(attachmentRows.filter((row) => volume.has(row.volume_id)).map(attachmentRecord)),
    snapshot: keyed(snapshotRows.filter((row) => volume.has(row.volume_id)).map(snapshotRecord)),
    volumeType: keyed(typeRows.map(volumeTypeRecord).filter((type) => seesType(type, actor, volume))),
    host: new Map(hosts.map((row) => [row.name, hostFacts(row)])),
    qosSpecs,
    quota,
    defaultQuota,
    ...others,
    ...services,
    operation: keyed(operation.filter(({ subject }) => isAbout(subject, volume, server))),
  };
}

/** A type that is not public is there for those who may use it, and with the volumes that have it. */
function seesType(type: VolumeTypeRecord, actor: Actor | null, volumes: World['volume']): boolean {
  if (actor === null || isAdmin(actor) || type.public || type.access.includes(actor.projectId)) return true;
  return [...volumes.values()].some((volume) => volume.typeId === type.id);
}

/** What goes on with objects that the caller does not see is none of the caller's business either. */
function isAbout(
  { volumeId, serverId }: Subject,
  volumes: World['volume'],
  servers: World['server'],
): boolean {
  return (
    (volumeId !== undefined && volumes.has(volumeId)) || (serverId !== undefined && servers.has(serverId))
  );
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function loadTypes(sql: TransactionSql, wanted: Wanted, volumes: Fragment | null, locking: Locking) {
  const names = [...(wanted.volumeTypes ?? [])];
  const ids = uuids(names);
  if (names.length === 0 && volumes === null && wanted.everyVolumeType !== true) return [];
  const which = [
    ...(names.length === 0 ? [] : [sql`or t.id = any(${ids}::uuid[]) or t.name = any(${names})`]),
    ...(volumes === null
      ? []
      : [sql`or t.id = any(array(select volume_type_id from volumes where id = any(${volumes})))`]),
  ];
  return sql<VolumeTypeWorldRow[]>`
    select t.id, t.name, t.description, t.is_public, t.extra_specs, t.qos_specs_id, ${encryptionOfType(sql)} as encryption,
      coalesce((select array_agg(a.project_id) from volume_type_access a where a.volume_type_id = t.id), '{}') as access
    from volume_types t
    where ${wanted.everyVolumeType === true ? sql`true` : sql`false ${which}`}
    order by t.id ${locking === 'update' && ids.length > 0 ? sql`for update of t` : sql``}`.execute();
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
