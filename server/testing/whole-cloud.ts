/**
 * All that a test's project has, as the rules see it: for comparing the database with a model of it.
 */
import { randomUUID } from 'node:crypto';
import type { TransactionSql } from 'postgres';
import { makeHost, makeProject, makeServer, makeVolume, type ProjectRecord } from '~/db/factories';
import { flavors, images } from '~/db/schema/compute';
import { pools, volumeTypes } from '~/db/schema/volume';
import type { World } from '~/server/domain/engine/world';
import { loadWorld } from '~/server/services/load-world';
import { type OperationWorldRow, operationRecord } from '~/server/services/rest-rows';
import type { Runtime } from '~/server/services/runtime';

const POOLS = [
  { name: 'a@usual#pool', capabilities: { volume_backend_name: 'usual', multiattach: true } },
  { name: 'b@other#pool', capabilities: { volume_backend_name: 'other', multiattach: true } },
];
const TYPES = [
  { name: '__DEFAULT__', extraSpecs: {} },
  { name: 'multi', extraSpecs: { multiattach: '<is> True' } },
  { name: 'elsewhere', extraSpecs: { volume_backend_name: 'other' } },
];

/** What projects share: pools, types, an image, two flavors. */
export interface Shared {
  typeIds: Readonly<Record<string, string>>;
  imageId: string;
}

export async function makeShared({ database: { orm } }: Runtime): Promise<Shared> {
  const types = TYPES.map((each) => ({ ...each, id: randomUUID() }));
  const imageId = randomUUID();
  const flavor = { vcpus: 1, ramMib: 64, diskGib: 1 };
  await orm.insert(pools).values(POOLS.map((each) => ({ ...each, totalGib: 1000, freeGib: 900 })));
  await orm.insert(volumeTypes).values(types);
  await orm.insert(flavors).values([
    { ...flavor, id: 'tiny', name: 'tiny' },
    { ...flavor, id: 'small', name: 'small', ramMib: 128 },
  ]);
  await orm.insert(images).values({
    id: imageId,
    name: 'image',
    status: 'active',
    visibility: 'public',
    diskFormat: 'raw',
    containerFormat: 'bare',
    sizeBytes: 2 ** 20,
  });
  return { typeIds: Object.fromEntries(types.map(({ name, id }) => [name, id])), imageId };
}

/** A project with two servers on a host, an ordinary volume and one for several servers. */
export async function makeSmallCloud(
  { database }: Runtime,
  { typeIds }: Shared,
): Promise<{ project: ProjectRecord; servers: string[]; volumes: string[] }> {
  const project = await makeProject(database);
  const { name: host } = await makeHost(database);
  const projectId = project.id;
  const server = { projectId, host, flavorId: 'tiny' };
  const volume = { projectId, pool: 'a@usual#pool' };
  const servers = [await makeServer(database, server), await makeServer(database, server)];
  const volumes = [
    await makeVolume(database, { ...volume, volumeTypeId: typeIds.__DEFAULT__ }),
    await makeVolume(database, { ...volume, volumeTypeId: typeIds.multi, multiattach: true }),
  ];
  return { project, servers: servers.map(({ id }) => id), volumes: volumes.map(({ id }) => id) };
}

/** @returns every row of a project, and what all share */
export function loadWhole({ database }: Runtime, projectId: string): Promise<World> {
  return database.sql.begin('read only', async (sql) => {
    const ids = async (table: string): Promise<string[]> => {
      const rows = await sql<{ id: string }[]>`
        select id from ${sql(table)} where project_id = ${projectId} and deleted_at is null order by created_at, id`;
      return rows.map(({ id }) => id);
    };
    const images = await sql<{ id: string }[]>`select id from images order by id`;
    const world = await loadWorld(
      sql,
      null,
      {
        servers: await ids('servers'),
        volumes: await ids('volumes'),
        snapshots: await ids('snapshots'),
        everyVolumeType: true,
        images: images.map(({ id }) => id),
        flavors: ['tiny', 'small'],
        pools: true,
        quotas: [projectId],
      },
      'none',
    );
    return { ...world, operation: await operationsOf(sql, projectId) };
  });
}

/** Also those that are about something that is gone by now. */
async function operationsOf(sql: TransactionSql, projectId: string): Promise<World['operation']> {
  const rows = await sql<OperationWorldRow[]>`
    select o.id, o.action, o.phase, o.outcome, o.project_id, o.owns, o.server_id, o.volume_id, o.attachment_id,
      o.snapshot_id, o.volume_type_id, o.input, o.carry, o.reason, o.cause,
      (select json_object_agg(r.resource, r.delta) from quota_reservations r where r.operation_id = o.id) as reserves
    from operations o where o.outcome = 'running' and o.project_id = ${projectId} order by o.started_at, o.id`;
  return new Map(rows.map((row) => [row.id, operationRecord(row)]));
}
