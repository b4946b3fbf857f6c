/**
 * Loads the part of the cloud that a verb looks at, with all that hangs on it, scoped to the caller and, for a verb that
 * will write, locked: quotas, then servers, then volumes, then attachments, then snapshots and types. All statements go
 * out together, so that it costs one round trip.
 */
import type { TransactionSql } from 'postgres';
import type { Noun, Roots } from '~/server/domain/engine/verb';
import type { World } from '~/server/domain/engine/world';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { type HostFactsRow, hostFacts } from './facts';
import { loadQuotas } from './load-quota';
import {
  type AttachmentWorldRow,
  attachmentRecord,
  type FlavorWorldRow,
  flavorRecord,
  type ImageWorldRow,
  imageRecord,
  type OperationWorldRow,
  operationRecord,
  type PoolWorldRow,
  poolRecord,
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

/** What is looked at: objects, by their kind, and rows besides. */
export type Wanted = Roots & { projects?: readonly string[] };

/** @returns roots of one object, joined with further ones */
export function wantedOf(noun: Noun, id: string, more: Roots = {}): Wanted {
  switch (noun) {
    case 'server':
      return { ...more, servers: [id, ...(more.servers ?? [])] };
    case 'volume':
      return { ...more, volumes: [id, ...(more.volumes ?? [])] };
    case 'attachment':
      return { ...more, attachments: [id, ...(more.attachments ?? [])] };
    case 'snapshot':
      return { ...more, snapshots: [id, ...(more.snapshots ?? [])] };
    case 'volumeType':
      return { ...more, volumeTypes: [id, ...(more.volumeTypes ?? [])] };
    case 'project':
      return more;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that is none cannot be there; Postgres would call it an error. */
function uuids(ids: readonly string[] | undefined): string[] {
  return (ids ?? []).filter((id) => UUID.test(id));
}

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
  const scope = actor === null || isAdmin(actor) ? sql`` : sql`and project_id = ${actor.projectId}`;
  const lock = locking === 'update' ? sql`for update` : sql``;
  const lockOf = (alias: string) => (locking === 'update' ? sql`for update of ${sql(alias)}` : sql``);
  const quotas = await quotaProjects(sql, actor, wanted);
  const servers = uuids(wanted.servers);
  const attachments = uuids(wanted.attachments);
  const snapshots = uuids(wanted.snapshots);
  const typeIds = uuids(wanted.volumeTypes);

  const rootServers = sql`(
    select unnest(${servers}::uuid[]) union
    select server_id from attachments where id = any(${attachments}::uuid[]) and server_id is not null)`;
  const volumesAround = sql`(
    select unnest(${uuids(wanted.volumes)}::uuid[]) union
    select volume_id from attachments where deleted_at is null and server_id in ${rootServers} union
    select volume_id from attachments where id = any(${attachments}::uuid[]) union
    select volume_id from snapshots where id = any(${snapshots}::uuid[]) union
    -- A hidden volume that an operation on the volume works with; volumes that one makes or deletes with the server.
    select target::uuid from operations, jsonb_array_elements_text(carry->'volumes') target
      where outcome = 'running'
        and (volume_id = any(${uuids(wanted.volumes)}::uuid[]) or server_id = any(${servers}::uuid[])) union
    (select distinct on (volume_type_id) id from volumes
      where volume_type_id = any(${uuids(wanted.volumesOfTypes)}::uuid[]) and deleted_at is null))`;
  const serversAround = sql`(
    select id from servers where id in ${rootServers} union
    select instance_id from attachments
    where deleted_at is null and instance_id is not null and volume_id in ${volumesAround})`;

  // Sent in this order, and executed in it: that is the order of the locks. A statement is sent when it is awaited, unless
  // it is told to before: what is counted and what runs must be looked at after the locks, not before.
  const [, serverRows, volumeRows, attachmentRows, snapshotRows, typeRows, around, hosts, rest, quota] =
    await Promise.all([
      locking === 'update' && quotas.length > 0
        ? sql`select 1 from projects where id = any(${quotas}) order by id for update`.execute()
        : [],
      sql<ServerWorldRow[]>`
        select ${serverColumns(sql)} from servers
        where id in ${rootServers} and deleted_at is null ${scope} order by id ${lock}`.execute(),
      sql<VolumeWorldRow[]>`
        select ${volumeColumns(sql)} from volumes
        where id in ${volumesAround} and deleted_at is null ${scope} order by id ${lock}`.execute(),
      sql<AttachmentWorldRow[]>`
        select a.id, a.volume_id, a.multiattach, a.instance_id, a.attach_status, a.mode, a.attached_host, a.mountpoint,
          a.connector, a.connection_info, a.bdm_id, a.server_id, a.device, a.boot_index, a.tag, a.delete_on_termination
        from attachments a
        where a.deleted_at is null and a.volume_id in ${volumesAround} order by a.created_at, a.id ${lockOf('a')}`.execute(),
      sql<SnapshotWorldRow[]>`
        select id, volume_id, project_id, user_id, name, description, size_gib, status, progress, metadata, consumes_quota
        from snapshots
        where (id = any(${snapshots}::uuid[]) or volume_id in ${volumesAround}) and deleted_at is null ${scope}
        order by created_at, id ${lock}`.execute(),
      sql<VolumeTypeWorldRow[]>`
        select t.id, t.name, t.description, t.is_public, t.extra_specs,
          coalesce((select array_agg(a.project_id) from volume_type_access a where a.volume_type_id = t.id), '{}') as access
        from volume_types t
        where t.id = any(${typeIds}::uuid[]) or t.name = any(${[...(wanted.volumeTypes ?? [])]})
          or t.id in (select volume_type_id from volumes where id in ${volumesAround})
          or ${wanted.everyVolumeType === true}
        order by t.id ${typeIds.length > 0 ? lockOf('t') : sql``}`.execute(),
      sql<ServerWorldRow[]>`
        select ${serverColumns(sql)} from servers where id in ${serversAround} and deleted_at is null ${scope}`.execute(),
      sql<HostFactsRow[]>`
        select name, up, enabled, supports_multiattach, supports_tagging from hosts
        ${wanted.flavors === undefined ? sql`where name in (select host from servers where id in ${serversAround})` : sql``}`.execute(),
      loadRest(sql, wanted, rootServers, volumesAround, serversAround),
      loadQuotas(sql, quotas),
    ]);

  const volumes = keyed(volumeRows.map(volumeRecord));
  return {
    server: keyed([...around, ...serverRows].map(serverRecord)),
    volume: volumes,
    attachment: keyed(attachmentRows.filter((row) => volumes.has(row.volume_id)).map(attachmentRecord)),
    snapshot: keyed(snapshotRows.map(snapshotRecord)),
    volumeType: keyed(typeRows.map(volumeTypeRecord)),
    host: new Map(hosts.map((row) => [row.name, hostFacts(row)])),
    quota,
    ...rest,
  };
}

/** Only who sees other projects needs to ask whose an object is: its quota is locked before itself. */
async function quotaProjects(sql: TransactionSql, actor: Actor | null, wanted: Wanted): Promise<string[]> {
  if (wanted.quotas === undefined) return [];
  if (actor !== null && !isAdmin(actor)) return [...wanted.quotas];
  const ids = uuids([...(wanted.servers ?? []), ...(wanted.volumes ?? []), ...(wanted.snapshots ?? [])]);
  const owners = await sql<{ project_id: string }[]>`
    select project_id from servers where id = any(${ids}::uuid[]) union
    select project_id from volumes where id = any(${ids}::uuid[]) union
    select project_id from snapshots where id = any(${ids}::uuid[])`;
  return [...new Set([...wanted.quotas, ...owners.map((each) => each.project_id)])];
}

type Fragment = ReturnType<typeof serverColumns>;

/** What is read and never locked: pools, images, flavors, operations under way. */
async function loadRest(
  sql: TransactionSql,
  wanted: Wanted,
  rootServers: Fragment,
  volumesAround: Fragment,
  serversAround: Fragment,
): Promise<Pick<World, 'pool' | 'image' | 'flavor' | 'operation'>> {
  const [pools, images, flavors, operations] = await Promise.all([
    sql<PoolWorldRow[]>`
      select p.name, p.total_gib, p.free_gib, p.capabilities, coalesce(s.enabled and s.up and not s.frozen, true) as usable
      from pools p
      left join services s on s.binary = 'cinder-volume' and s.host = split_part(p.name, '#', 1)
      where ${wanted.pools === true} or p.name in (select pool from volumes where id in ${volumesAround})
      order by p.name`,
    sql<ImageWorldRow[]>`
      select id, name, owner, status, visibility, disk_format, container_format, min_disk_gib, size_bytes, is_protected,
        properties
      from images where id = any(${uuids(wanted.images)}::uuid[])
        -- One that an operation on a volume is making.
        or id in (select image::uuid from operations, jsonb_array_elements_text(carry->'images') image
          where outcome = 'running' and volume_id in ${volumesAround})`,
    sql<FlavorWorldRow[]>`
      select id, name, vcpus, ram_mib, disk_gib, ephemeral_gib, swap_mib, extra_specs from flavors
      where id = any(${[...(wanted.flavors ?? [])]}) or id in (select flavor_id from servers where id in ${rootServers})`,
    sql<OperationWorldRow[]>`
      select o.id, o.action, o.phase, o.outcome, o.project_id, o.owns, o.server_id, o.volume_id, o.attachment_id,
        o.snapshot_id, o.volume_type_id, o.input, o.carry, o.reason,
        (select json_object_agg(r.resource, r.delta) from quota_reservations r where r.operation_id = o.id) as reserves
      from operations o
      where o.outcome = 'running' and (o.volume_id in ${volumesAround} or o.server_id in ${serversAround})`,
  ]);
  return {
    pool: keyed(pools.map(poolRecord)),
    image: keyed(images.map(imageRecord)),
    flavor: keyed(flavors.map(flavorRecord)),
    operation: keyed(operations.map(operationRecord)),
  };
}

function serverColumns(sql: TransactionSql) {
  return sql`id, name, project_id, vm_state, task_state, locked_by, launched_at, host, root_device_name,
    availability_zone, user_id, description, power_state, locked_reason, flavor_id, flavor, image_id, metadata, former`;
}

function volumeColumns(sql: TransactionSql) {
  return sql`id, name, project_id, status, attach_status, migration_status, multiattach, bootable, readonly, size_gib,
    availability_zone, user_id, description, previous_status, volume_type_id, pool, snapshot_id, source_volume_id,
    metadata, image_metadata, encrypted, group_id, name_id, consumes_quota`;
}

function keyed<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
