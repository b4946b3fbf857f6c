/**
 * What a verb looks at and never locks, as selects: hosts, pools, images, flavors, operations under way.
 */
import type { TransactionSql } from 'postgres';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { type Around, type Fragment, uuids, type Wanted } from './around';
import { imageColumns } from './image-facts';

export function selectHosts(
  sql: TransactionSql,
  wanted: Wanted,
  { servers, holders }: Around,
): Fragment | null {
  const columns = sql`name, up, enabled, zone, hypervisor_type = 'ironic' as bare_metal, supports_multiattach,
    supports_tagging`;
  if (wanted.flavors !== undefined) return sql`select ${columns} from hosts`;
  const ids = [servers, holders].filter((each) => each !== null);
  if (ids.length === 0) return null;
  const named = ids.map((each) => sql`or id = any(${each})`);
  return sql`
    select ${columns} from hosts
    where name = any(array(select host from servers where false ${named}))`;
}

export function selectPools(sql: TransactionSql, wanted: Wanted, { volumes }: Around): Fragment | null {
  if (wanted.pools !== true && volumes === null) return null;
  return sql`
    select p.name, p.total_gib, p.free_gib, p.capabilities,
      coalesce(s.enabled and s.up and not s.frozen, true) as usable, coalesce(s.frozen, false) as frozen
    from pools p
    left join services s on s.binary = 'cinder-volume' and s.host = split_part(p.name, '#', 1)
    ${wanted.pools === true ? sql`` : sql`where p.name = any(array(select pool from volumes where id = any(${volumes})))`}
    order by p.name`;
}

/** @param locking for a verb that will write; of images that it does */
export function selectImages(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  { volumes }: Around,
  locking: boolean,
): Fragment | null {
  const images = uuids(wanted.images);
  if (volumes === null && images.length === 0) return null;
  const everything = actor === null || isAdmin(actor);
  const open = everything ? sql`` : sql`and (visibility <> 'private' or owner = ${actor.projectId})`;
  const named = images.length === 0 ? sql`false` : sql`(id = any(${images}::uuid[]) ${open})`;
  // One that an operation on a volume is making.
  const made =
    volumes === null
      ? sql``
      : sql`or id = any(array(
          select image::uuid from operations, jsonb_array_elements_text(carry->'images') image
          where outcome = 'running' and volume_id = any(${volumes})))`;
  return sql`
    select ${imageColumns(sql)} from images t where ${named} ${made}
    ${locking && wanted.writesImages === true ? sql`order by id for update` : sql``}`;
}

export function selectFlavors(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  { servers }: Around,
): Fragment | null {
  const flavors = [...(wanted.flavors ?? [])];
  if (flavors.length === 0 && servers === null) return null;
  const open =
    actor === null || isAdmin(actor)
      ? sql``
      : sql`and (is_public or exists (
          select from flavor_access a where a.flavor_id = flavors.id and a.project_id = ${actor.projectId}))`;
  const named = flavors.length === 0 ? sql`false` : sql`(id = any(${flavors}::text[]) ${open})`;
  const ofServers =
    servers === null
      ? sql``
      : sql`or id = any(array(select flavor_id from servers where id = any(${servers})))`;
  return sql`
    select id, name, vcpus, ram_mib, disk_gib, ephemeral_gib, swap_mib, extra_specs from flavors
    where ${named} ${ofServers}`;
}

export function selectOperations(
  sql: TransactionSql,
  { servers, volumes, holders }: Around,
): Fragment | null {
  const about = [
    ...(volumes === null ? [] : [sql`or o.volume_id = any(${volumes})`]),
    ...(servers === null ? [] : [sql`or o.server_id = any(${servers})`]),
    ...(holders === null ? [] : [sql`or o.server_id = any(${holders})`]),
  ];
  if (about.length === 0) return null;
  return sql`
    select o.id, o.action, o.phase, o.outcome, o.project_id, o.owns, o.server_id, o.volume_id, o.attachment_id,
      o.snapshot_id, o.volume_type_id, o.input, o.carry, o.reason, o.cause,
      (select json_object_agg(r.resource, r.delta) from quota_reservations r where r.operation_id = o.id) as reserves
    from operations o
    where o.outcome = 'running' and (false ${about})`;
}
