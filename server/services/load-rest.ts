/**
 * Loads what a verb looks at and never locks: hosts, pools, images, flavors, operations under way.
 */
import type { TransactionSql } from 'postgres';
import type { OperationRecord, World } from '~/server/domain/engine/world';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { type Around, uuids, type Wanted } from './around';
import type { HostFactsRow } from './facts';
import { type ImageFactsRow, imageColumns, imageFacts } from './image-facts';
import { keyed } from './keyed';
import {
  type FlavorWorldRow,
  flavorRecord,
  type OperationWorldRow,
  operationRecord,
  type PoolWorldRow,
  poolRecord,
} from './rest-rows';

export function loadHosts(sql: TransactionSql, wanted: Wanted, { servers, holders }: Around) {
  const columns = sql`name, up, enabled, zone, hypervisor_type = 'ironic' as bare_metal, supports_multiattach,
    supports_tagging`;
  if (wanted.flavors !== undefined) return sql<HostFactsRow[]>`select ${columns} from hosts`.execute();
  const ids = [servers, holders].filter((each) => each !== null);
  if (ids.length === 0) return [];
  const named = ids.map((each) => sql`or id = any(${each})`);
  return sql<HostFactsRow[]>`
    select ${columns} from hosts
    where name = any(array(select host from servers where false ${named}))`.execute();
}

/** @returns rows by their id; operations as a list, for the caller to choose from */
export async function loadRest(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  { servers, volumes, holders }: Around,
  locking: boolean,
): Promise<Pick<World, 'pool' | 'image' | 'flavor'> & { operation: OperationRecord[] }> {
  const everything = actor === null || isAdmin(actor);
  const images = uuids(wanted.images);
  const flavors = [...(wanted.flavors ?? [])];
  const open = everything ? sql`` : sql`and (visibility <> 'private' or owner = ${actor.projectId})`;
  const about = [
    ...(volumes === null ? [] : [sql`or o.volume_id = any(${volumes})`]),
    ...(servers === null ? [] : [sql`or o.server_id = any(${servers})`]),
    ...(holders === null ? [] : [sql`or o.server_id = any(${holders})`]),
  ];
  const [poolRows, imageRows, flavorRows, operationRows] = await Promise.all([
    wanted.pools !== true && volumes === null
      ? []
      : sql<PoolWorldRow[]>`
          select p.name, p.total_gib, p.free_gib, p.capabilities,
            coalesce(s.enabled and s.up and not s.frozen, true) as usable, coalesce(s.frozen, false) as frozen
          from pools p
          left join services s on s.binary = 'cinder-volume' and s.host = split_part(p.name, '#', 1)
          ${wanted.pools === true ? sql`` : sql`where p.name = any(array(select pool from volumes where id = any(${volumes})))`}
          order by p.name`.execute(),
    volumes === null && images.length === 0
      ? []
      : sql<ImageFactsRow[]>`
          select ${imageColumns(sql)} from images t
          where (id = any(${images}::uuid[]) ${open})
            -- One that an operation on a volume is making.
            ${
              volumes === null
                ? sql``
                : sql`or id = any(array(
                    select image::uuid from operations, jsonb_array_elements_text(carry->'images') image
                    where outcome = 'running' and volume_id = any(${volumes})))`
            }
          ${locking && wanted.writesImages === true ? sql`order by id for update` : sql``}`.execute(),
    flavors.length === 0 && servers === null
      ? []
      : sql<FlavorWorldRow[]>`
          select id, name, vcpus, ram_mib, disk_gib, ephemeral_gib, swap_mib, extra_specs from flavors
          where (id = any(${flavors}) ${
            everything
              ? sql``
              : sql`and (is_public or exists (
                    select from flavor_access a where a.flavor_id = flavors.id and a.project_id = ${actor.projectId}))`
          })
            ${servers === null ? sql`` : sql`or id = any(array(select flavor_id from servers where id = any(${servers})))`}`.execute(),
    about.length === 0
      ? []
      : sql<OperationWorldRow[]>`
          select o.id, o.action, o.phase, o.outcome, o.project_id, o.owns, o.server_id, o.volume_id, o.attachment_id,
            o.snapshot_id, o.volume_type_id, o.input, o.carry, o.reason, o.cause,
            (select json_object_agg(r.resource, r.delta) from quota_reservations r where r.operation_id = o.id) as reserves
          from operations o
          where o.outcome = 'running' and (false ${about})`.execute(),
  ]);
  return {
    pool: keyed(poolRows.map(poolRecord)),
    image: keyed(imageRows.map(imageFacts)),
    flavor: keyed(flavorRows.map(flavorRecord)),
    operation: operationRows.map(operationRecord),
  };
}
