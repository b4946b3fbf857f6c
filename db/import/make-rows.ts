/**
 * All rows but volumes and attachments, which depend on each other (make-attachments.ts).
 */
import type { Inventory } from './inventory';
import type { Known } from './load/known';
import { flavorRows, hostRows, imageRows, serviceRows } from './rows/compute';
import { projectRows, quotaRows, roleAssignmentRows, userRows } from './rows/identity';
import { operationRows, serverRows } from './rows/server';
import { poolRows, snapshotRows, volumeTypeRows } from './rows/volume';
import { volumeTypeAccessRows } from './rows/volume-type-access';
import type { Breach } from './rules';

export function makeRows(inventory: Inventory, known: Known) {
  const projects = projectRows(inventory, known);
  const users = userRows(inventory, known);
  const roleAssignments = roleAssignmentRows(inventory);
  const hosts = hostRows(inventory, known);
  const flavors = flavorRows(inventory, known);
  const images = imageRows(inventory, known);
  const volumeTypes = volumeTypeRows(inventory, known);
  const volumeTypeAccess = volumeTypeAccessRows(inventory, known);
  const servers = serverRows(inventory, known);
  const volumeIds = new Set([...known.volumes.keys(), ...inventory.of.volume.map((each) => each.id)]);
  const snapshots = snapshotRows(inventory, volumeIds);
  const userNames = new Map([...known.users, ...users.rows.map(({ row }) => [row.id, row.name] as const)]);
  const operations = operationRows(inventory, userNames);
  const converted = [
    projects,
    users,
    roleAssignments,
    hosts,
    flavors,
    images,
    volumeTypes,
    volumeTypeAccess,
    servers,
    snapshots,
  ];
  return {
    projects: projects.rows,
    users: users.rows,
    roleAssignments: roleAssignments.rows,
    quotas: quotaRows(inventory),
    services: serviceRows(inventory),
    hosts: hosts.rows,
    flavors: flavors.rows,
    images: images.rows,
    pools: poolRows(inventory),
    volumeTypes: volumeTypes.rows,
    volumeTypeAccess: volumeTypeAccess.rows,
    servers: servers.rows,
    snapshots: snapshots.rows,
    operations,
    breaches: [
      ...converted.flatMap((each) => each.breaches),
      ...failedActions(operations),
      ...incompleteLists(inventory),
    ],
  };
}

function failedActions(operations: ReturnType<typeof operationRows>): Breach[] {
  return operations
    .filter(({ row }) => row.outcome === 'failed')
    .map(({ row }) => ({
      rule: 'action.failed',
      kind: 'operation',
      objectId: row.id,
      ...(row.serverId == null ? {} : { instanceId: row.serverId }),
      message: `Action ${row.action} on server ${row.serverName ?? row.serverId} had failed: ${row.reason}`,
    }));
}

function incompleteLists(inventory: Inventory): Breach[] {
  return inventory.incomplete.map(({ file, list }) => ({
    rule: 'document.incomplete',
    kind: 'document',
    objectId: file,
    message: `The list ${list} in ${file} says that it goes on in a next page.`,
  }));
}
