/**
 * What the database holds already, as far as an import has to fit in.
 */
import { and, isNull, ne, not, or } from 'drizzle-orm';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { Inventory } from '~/db/import/inventory';
import { attachments } from '~/db/schema/attachment';
import { flavors, hosts, images, servers } from '~/db/schema/compute';
import { projects, users } from '~/db/schema/identity';
import { pools, volumes, volumeTypes } from '~/db/schema/volume';
import { anyOf } from './any-of';

/** Hypervisor type of a host that only servers speak of. */
export const UNREPORTED = 'unreported';

/** The pool or one transaction of it. */
export type Orm = PgDatabase<PostgresJsQueryResultHKT>;

export interface Holder {
  id: string;
  volumeId: string;
  instanceId: string | null;
  serverId: string | null;
  device: string | null;
}

export interface Known {
  /** Names by id. */
  projects: Map<string, string>;
  users: Map<string, string>;
  volumeTypes: Map<string, string>;
  flavors: Map<string, string>;
  /** Without placeholders: whatever is on those is still to be found. */
  hosts: Set<string>;
  pools: Set<string>;
  images: Set<string>;
  servers: Map<string, string>;
  volumes: Map<string, { name: string; multiattach: boolean }>;
}

/** @param inventory what comes in: of large tables, only its rows are looked up */
export async function lookUpKnown(orm: Orm, inventory: Inventory): Promise<Known> {
  const names = async (table: typeof projects | typeof users | typeof volumeTypes | typeof flavors) => {
    const rows = await orm.select({ id: table.id, name: table.name }).from(table);
    return new Map(rows.map((row) => [row.id, row.name]));
  };
  const volumeIds = mentionedVolumes(inventory);
  const serverIds = mentionedServers(inventory);
  const volumeRows = await orm
    .select({ id: volumes.id, name: volumes.name, multiattach: volumes.multiattach })
    .from(volumes)
    .where(and(anyOf(volumes.id, volumeIds), isNull(volumes.deletedAt)));
  const serverRows = await orm
    .select({ id: servers.id, name: servers.name })
    .from(servers)
    .where(and(anyOf(servers.id, serverIds), isNull(servers.deletedAt)));
  return {
    projects: await names(projects),
    users: await names(users),
    volumeTypes: await names(volumeTypes),
    flavors: await names(flavors),
    hosts: new Set(await reportedHosts(orm)),
    pools: new Set((await orm.select({ name: pools.name }).from(pools)).map((row) => row.name)),
    images: new Set((await orm.select({ id: images.id }).from(images)).map((row) => row.id)),
    servers: new Map(serverRows.map((row) => [row.id, row.name])),
    volumes: new Map(volumeRows.map((row) => [row.id, row])),
  };
}

async function reportedHosts(orm: Orm): Promise<string[]> {
  const rows = await orm.select({ name: hosts.name }).from(hosts).where(ne(hosts.hypervisorType, UNREPORTED));
  return rows.map((row) => row.name);
}

/**
 * Live attachments of the folder's volumes and servers that do not come from the folder: they were made here, or came
 * in earlier.
 * @param ours ids of the attachments that come in
 */
export function lookUpHolders(orm: Orm, inventory: Inventory, ours: string[]): Promise<Holder[]> {
  const volumeIds = mentionedVolumes(inventory);
  const serverIds = mentionedServers(inventory);
  return orm
    .select({
      id: attachments.id,
      volumeId: attachments.volumeId,
      instanceId: attachments.instanceId,
      serverId: attachments.serverId,
      device: attachments.device,
    })
    .from(attachments)
    .where(
      and(
        isNull(attachments.deletedAt),
        isNull(attachments.quarantine),
        or(anyOf(attachments.volumeId, volumeIds), anyOf(attachments.serverId, serverIds)),
        not(anyOf(attachments.id, ours)),
      ),
    );
}

function mentionedVolumes({ of }: Inventory): string[] {
  const ids = [
    ...of.volume.map((each) => each.id),
    ...of.attachment.map((each) => each.value.volume_id),
    ...of['server-volume'].map((each) => each.value.volumeId),
    ...of.snapshot.map((each) => each.value.volume_id),
    ...of.transfer.map((each) => each.value.volume_id),
  ];
  return [...new Set(ids)];
}

function mentionedServers({ of }: Inventory): string[] {
  const ids = [
    ...of.server.map((each) => each.id),
    ...of.attachment.flatMap((each) => each.value.instance ?? []),
    ...of['server-volume'].map((each) => each.value.serverId),
  ];
  return [...new Set(ids)];
}
