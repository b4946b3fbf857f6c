/**
 * Which rows hang on what a verb asks for: each set as an SQL array of ids. Arrays, because Postgres then looks each id up
 * by its index; a join with a union it can only guess the size of, and reads whole tables. Sets that nobody asked for are
 * null, and what is empty for certain is not asked.
 */
import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres';
import type { Noun, Roots } from '~/server/domain/engine/verb';
import type { Actor } from '~/server/domain/roles';
import { isAdmin } from '~/server/domain/roles';

/** What is looked at: objects, by their kind, and rows besides. */
export type Wanted = Roots;

export type Fragment = PendingQuery<Row[]>;

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
    case 'qosSpecs':
      // Which types have it is known by looking at all of them.
      return { ...more, everyQosSpecs: true, everyVolumeType: true };
    case 'image':
      return { ...more, images: [id, ...(more.images ?? [])], writesImages: true };
    case 'computeService':
      return { ...more, computeServices: [id, ...(more.computeServices ?? [])] };
    case 'storageService':
      return { ...more, storageServices: [id, ...(more.storageServices ?? [])] };
    case 'project':
      return more;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that is none cannot be there; Postgres would call it an error. */
export function uuids(ids: readonly string[] | undefined): string[] {
  return (ids ?? []).filter((id) => UUID.test(id));
}

export interface Around {
  /** Servers that are named, and those of attachments that are: verbs may write them. */
  servers: Fragment | null;
  /** Volumes that are named, or hang on what is. */
  volumes: Fragment | null;
  /** Instances that hold such a volume. */
  holders: Fragment | null;
}

/** @returns the sets of ids as they are when a statement with them begins */
export function aroundOf(sql: TransactionSql, wanted: Wanted): Around {
  const ofAttachments = uuids(wanted.attachments);
  const ofSnapshots = uuids(wanted.snapshots);
  const ofTypes = uuids(wanted.volumesOfTypes);
  const transfers = uuids(wanted.transfers);
  const servers = arrayOf(sql, uuids(wanted.servers), [
    ofAttachments.length > 0 &&
      sql`select server_id from attachments where id = any(${ofAttachments}::uuid[]) and server_id is not null`,
  ]);
  const named = arrayOf(sql, uuids(wanted.volumes), [
    ofAttachments.length > 0 &&
      sql`select volume_id from attachments where id = any(${ofAttachments}::uuid[])`,
    ofSnapshots.length > 0 && sql`select volume_id from snapshots where id = any(${ofSnapshots}::uuid[])`,
    transfers.length > 0 && sql`select volume_id from volume_transfers where id = any(${transfers}::uuid[])`,
  ]);
  // A hidden volume that an operation on the volume works with; volumes that one makes or deletes with the server.
  const carried = (column: 'volume_id' | 'server_id', ids: Fragment) => sql`
    select target::uuid from operations, jsonb_array_elements_text(carry->'volumes') target
    where outcome = 'running' and ${sql(column)} = any(${ids})`;
  const volumes = arrayOf(
    sql,
    [],
    [
      named && sql`select unnest(${named})`,
      servers &&
        sql`select volume_id from attachments where deleted_at is null and server_id = any(${servers})`,
      named && carried('volume_id', named),
      servers && carried('server_id', servers),
      ofTypes.length > 0 &&
        sql`(select distinct on (volume_type_id) id from volumes
          where volume_type_id = any(${ofTypes}::uuid[]) and deleted_at is null)`,
    ],
  );
  return { servers, volumes, holders: volumes && holdersOf(sql, volumes) };
}

/** @returns instances that hold one of these volumes */
export function holdersOf(sql: TransactionSql, volumes: Fragment): Fragment {
  return sql`array(select instance_id from attachments
    where deleted_at is null and instance_id is not null and volume_id = any(${volumes}))`;
}

/** @returns projects whose quota is held: who sees other projects may act on their objects; null for none */
export function quotasAround(sql: TransactionSql, actor: Actor | null, wanted: Wanted): Fragment | null {
  if (wanted.quotas === undefined) return null;
  const asked = sql`${[...wanted.quotas]}::text[]`;
  if (actor === null || !isAdmin(actor)) return wanted.quotas.length === 0 ? null : asked;
  const owners = (['servers', 'volumes', 'snapshots'] as const).flatMap((table) => {
    const ids = uuids(wanted[table]);
    return ids.length === 0 ? [] : [sql`select project_id from ${sql(table)} where id = any(${ids}::uuid[])`];
  });
  return owners.length === 0 ? asked : sql`array(select unnest(${asked}) ${unions(sql, owners)})`;
}

function arrayOf(
  sql: TransactionSql,
  ids: readonly string[],
  selects: readonly (Fragment | null | false)[],
): Fragment | null {
  const known = selects.filter((each) => each !== null && each !== false);
  const [first, ...rest] = known;
  if (first === undefined) return ids.length === 0 ? null : sql`${[...ids]}::uuid[]`;
  if (ids.length === 0) return sql`array(${first} ${unions(sql, rest)})`;
  return sql`array(select unnest(${[...ids]}::uuid[]) ${unions(sql, known)})`;
}

function unions(sql: Sql | TransactionSql, selects: readonly Fragment[]): Fragment {
  // An empty list of fragments would be a parameter.
  return selects.reduce((all, each) => sql`${all} union ${each}`, sql``);
}
