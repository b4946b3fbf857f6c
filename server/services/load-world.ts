/**
 * Loads the part of the cloud that a verb looks at, with all that hangs on it, scoped to the caller and, for a verb that
 * will write, locked: quotas, then servers, then volumes, then types, then attachments and snapshots. All statements go
 * out together, so that it costs one round trip.
 */
import type { TransactionSql } from 'postgres';
import type { Subject, VolumeTypeRecord, World } from '~/server/domain/engine/world';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { aroundOf, type Fragment, quotasAround, uuids, type Wanted } from './around';
import { type HostFactsRow, hostFacts } from './facts';
import { type ImageFactsRow, imageFacts } from './image-facts';
import { keyed } from './keyed';
import { loadDefaultQuota } from './load-default-quota';
import {
  locksTypes,
  selectAttachments,
  selectHolders,
  selectServers,
  selectSnapshots,
  selectTypes,
  selectVolumes,
} from './load-objects';
import { loadQos } from './load-qos';
import { loadQuotas } from './load-quota';
import { selectFlavors, selectHosts, selectImages, selectOperations, selectPools } from './load-rest';
import { loadServices } from './load-services';
import {
  type FlavorWorldRow,
  flavorRecord,
  type OperationWorldRow,
  operationRecord,
  type PoolWorldRow,
  poolRecord,
} from './rest-rows';
import { together } from './together';
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

/** What a world is made of, as it comes from the database. */
type Found = {
  server: ServerWorldRow[];
  volume: VolumeWorldRow[];
  attachment: AttachmentWorldRow[];
  snapshot: SnapshotWorldRow[];
  volumeType: VolumeTypeWorldRow[];
  holder: ServerWorldRow[];
  host: HostFactsRow[];
  pool: PoolWorldRow[];
  image: ImageFactsRow[];
  flavor: FlavorWorldRow[];
  operation: OperationWorldRow[];
};

/**
 * Sent in the order of the locks, and executed in it: each statement sees what was committed while it waited. Whoever
 * writes an attachment or a snapshot holds its volume, so that nobody waits for one of those who has the volume: they
 * come with whatever is not locked.
 */
async function load(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  locking: Locking,
): Promise<World> {
  const locked = locking === 'update';
  const around = aroundOf(sql, wanted);
  const quotas = quotasAround(sql, actor, wanted);
  // Every statement looks rows up by id: planning each anew would take longer than running it.
  const planned = sql`set local plan_cache_mode = force_generic_plan`.execute();
  // A statement is sent when it is awaited, unless it is told to before: what is counted and what runs must be looked at
  // after the locks.
  const [, servers, volumes, qosSpecs, types, found, services, quota, defaultQuota] = await Promise.all([
    quotas === null || !locked
      ? []
      : sql`select 1 from projects where id = any(${quotas}) order by id for update`.execute(),
    locked ? sent<ServerWorldRow>(sql, selectServers(sql, actor, around, locked)) : [],
    locked ? sent<VolumeWorldRow>(sql, selectVolumes(sql, actor, wanted, around, locked)) : [],
    loadQos(sql, actor, wanted, locked),
    locksTypes(wanted, locked) ? sent<VolumeTypeWorldRow>(sql, selectTypes(sql, wanted, around, true)) : [],
    together<Found>(sql, around, (sets) => ({
      server: locked ? null : selectServers(sql, actor, sets, false),
      volume: locked ? null : selectVolumes(sql, actor, wanted, sets, false),
      attachment: selectAttachments(sql, sets, locked),
      snapshot: selectSnapshots(sql, actor, wanted, sets, locked),
      volumeType: locksTypes(wanted, locked) ? null : selectTypes(sql, wanted, sets, false),
      holder: selectHolders(sql, actor, sets),
      host: selectHosts(sql, wanted, sets),
      pool: selectPools(sql, wanted, sets),
      image: selectImages(sql, actor, wanted, sets, locked),
      flavor: selectFlavors(sql, actor, wanted, sets),
      operation: selectOperations(sql, sets),
    })),
    loadServices(sql, wanted, locked),
    quotas === null ? new Map() : loadQuotas(sql, quotas),
    quotas === null && wanted.defaultQuota !== true ? new Map() : loadDefaultQuota(sql),
    planned,
  ]);

  const volume = keyed([...volumes, ...found.volume].map(volumeRecord));
  // What was read without a lock gives way to what was locked.
  const server = keyed([...found.holder, ...found.server, ...servers].map(serverRecord));
  return {
    server,
    volume,
    attachment: keyed(found.attachment.filter((row) => volume.has(row.volume_id)).map(attachmentRecord)),
    snapshot: keyed(found.snapshot.filter((row) => volume.has(row.volume_id)).map(snapshotRecord)),
    volumeType: keyed(
      [...types, ...found.volumeType].map(volumeTypeRecord).filter((type) => seesType(type, actor, volume)),
    ),
    host: new Map(found.host.map((row) => [row.name, hostFacts(row)])),
    pool: keyed(found.pool.map(poolRecord)),
    image: keyed(found.image.map(imageFacts)),
    flavor: keyed(found.flavor.map(flavorRecord)),
    qosSpecs,
    quota,
    defaultQuota,
    ...services,
    operation: keyed(
      found.operation.map(operationRecord).filter(({ subject }) => isAbout(subject, volume, server)),
    ),
  };
}

function sent<Row extends object>(sql: TransactionSql, select: Fragment | null): Promise<Row[]> {
  return select === null ? Promise.resolve([]) : sql<Row[]>`${select}`.execute();
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
