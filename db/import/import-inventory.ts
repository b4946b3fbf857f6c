/**
 * Brings an inventory into the database: archive, convert, check, load, all in one transaction.
 */
import type { Database } from '~/db/client';
import { attachments } from '~/db/schema/attachment';
import { flavors, hosts, images, servers, services } from '~/db/schema/compute';
import { projects, quotas, roleAssignments, users } from '~/db/schema/identity';
import { operations } from '~/db/schema/operation';
import { pools, snapshots, volumes, volumeTypes } from '~/db/schema/volume';
import { KIND_NAMES, type Kind } from './documents/catalogue';
import { type Document, type Inventory, sourceOf } from './inventory';
import { archive, type Fate } from './load/archive';
import { writeFindings } from './load/findings';
import { lookUpKnown, type Orm } from './load/known';
import { sealAttachments } from './load/seal-attachments';
import { loadTable, type Tally } from './load/table';
import { makeAttachments } from './make-attachments';
import { makeRows } from './make-rows';
import { type Finding, findingOf } from './rules';

/** What became of the documents of one kind. */
export interface KindReport extends Tally {
  documents: number;
  /** Without a row: there is no table for them, or none that they fit in. */
  documentOnly: number;
}

export interface ImportReport {
  documents: Record<Kind, KindReport>;
  /** Rows written, by table. */
  rows: Record<string, Tally>;
  /** How the attachments' sides came together. */
  attachments: { both: number; storageOnly: number; computeOnly: number };
  findings: Finding[];
}

/**
 * @param secretKey 32 bytes that seal connection info
 * @throws what Postgres says when a row does not fit; nothing has been written then
 */
export function importInventory(
  database: Database,
  secretKey: Uint8Array,
  inventory: Inventory,
): Promise<ImportReport> {
  return database.orm.transaction((orm) => loadInventory(orm, secretKey, inventory));
}

/** The same in a transaction of the caller's, who has more to write. */
export async function loadInventory(
  orm: Orm,
  secretKey: Uint8Array,
  inventory: Inventory,
): Promise<ImportReport> {
  const documents: Document[] = KIND_NAMES.flatMap((kind): Document[] => inventory.of[kind]);
  const known = await lookUpKnown(orm, inventory);
  const fates = await archive(orm, secretKey, documents);
  const made = makeRows(inventory, known);
  const joined = await makeAttachments(orm, inventory, known, fates);
  const sealed = await sealAttachments(orm, secretKey, joined.attachments);

  const rows: ImportReport['rows'] = {};
  const usedSources = new Set<string>();
  const into = async <Table extends Parameters<typeof loadTable>[1]>(
    name: string,
    table: Table,
    items: Parameters<typeof loadTable<Table>>[2],
  ) => {
    for (const { from } of items) for (const source of from) usedSources.add(source);
    rows[name] = (await loadTable(orm, table, items, fates)).tally;
  };
  await into('projects', projects, made.projects);
  await into('users', users, made.users);
  await into('role assignments', roleAssignments, made.roleAssignments);
  await into('quotas', quotas, made.quotas);
  await into('services', services, made.services);
  await into('hosts', hosts, made.hosts);
  await into('flavors', flavors, made.flavors);
  await into('images', images, made.images);
  await into('pools', pools, made.pools);
  await into('volume types', volumeTypes, made.volumeTypes);
  await into('servers', servers, made.servers);
  await into('volumes', volumes, joined.volumes);
  await into('attachments', attachments, sealed);
  await into('snapshots', snapshots, made.snapshots);
  await into('operations', operations, made.operations);

  const findings = [...made.breaches, ...joined.breaches].map(findingOf);
  await writeFindings(orm, findings, importedIds(documents, findings));
  return {
    documents: Object.fromEntries(
      KIND_NAMES.map((kind) => [kind, kindReport(inventory.of[kind], fates, usedSources)]),
    ) as ImportReport['documents'],
    rows,
    attachments: joined.sides,
    findings,
  };
}

/** Findings are about documents, and about what was made of several of them. */
function importedIds(documents: readonly Document[], findings: readonly Finding[]): string[] {
  return [...documents.map((each) => each.id), ...findings.map((each) => each.objectId)];
}

function kindReport(
  documents: readonly Document[],
  fates: ReadonlyMap<string, Fate>,
  usedSources: ReadonlySet<string>,
): KindReport {
  const count = (fate: Fate) => documents.filter((each) => fates.get(sourceOf(each)) === fate).length;
  return {
    documents: documents.length,
    new: count('new'),
    unchanged: count('unchanged'),
    changed: count('changed'),
    documentOnly: documents.filter((each) => !usedSources.has(sourceOf(each))).length,
  };
}
