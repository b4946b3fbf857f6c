/**
 * Brings an inventory into the database: archive, convert, check, load, all in one transaction.
 */
import { sql } from 'drizzle-orm';
import type { Database } from '~/db/client';
import { attachments } from '~/db/schema/attachment';
import { flavors, hosts, images, servers, services } from '~/db/schema/compute';
import { projects, quotas, roleAssignments, users } from '~/db/schema/identity';
import { operations } from '~/db/schema/operation';
import { pools, snapshots, volumes, volumeTypeAccess, volumeTypes } from '~/db/schema/volume';
import { KIND_NAMES, type Kind } from './documents/catalogue';
import { type Document, type Inventory, sourceOf } from './inventory';
import { announceImport, type Touched } from './load/announce';
import { archive, type Fate } from './load/archive';
import { writeFindings } from './load/findings';
import { lockChanged } from './load/in-progress';
import { lookUpKnown, type Orm } from './load/known';
import { refusalOf } from './load/refused-row';
import { sealAttachments } from './load/seal-attachments';
import { loadTable, type RowChange, type Tally } from './load/table';
import { makeAttachments } from './make-attachments';
import { makeRows } from './make-rows';
import { type Breach, type Finding, findingOf } from './rules';

/** Two imports at once go one after the other. */
const IMPORT_LOCK = 727_002;

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
  changes: RowChange[];
  /** How the attachments' sides came together. */
  attachments: { both: number; storageOnly: number; computeOnly: number };
  findings: Finding[];
}

/**
 * @param secretKey 32 bytes that seal connection info
 * @param signal takes everything back when it aborts
 * @throws ImportError when a row does not fit, or an operation works on what would change; nothing has been written then
 */
export function importInventory(
  database: Database,
  secretKey: Uint8Array,
  inventory: Inventory,
  signal?: AbortSignal,
): Promise<ImportReport> {
  const importing = database.orm.transaction(async (orm) => {
    const { report, touched } = await loadInventory(orm, secretKey, inventory, signal);
    await announceImport(orm, touched);
    signal?.throwIfAborted();
    return report;
  });
  return importing.catch((error: unknown) => {
    throw refusalOf(error) ?? error;
  });
}

/**
 * The same in a transaction of the caller's, who has more to write.
 * @returns the report, and what browsers would want to read again
 */
export async function loadInventory(
  orm: Orm,
  secretKey: Uint8Array,
  inventory: Inventory,
  signal?: AbortSignal,
): Promise<{ report: ImportReport; touched: Touched[] }> {
  await orm.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
  const documents: Document[] = KIND_NAMES.flatMap((kind): Document[] => inventory.of[kind]);
  const known = await lookUpKnown(orm, inventory);
  const fates = await archive(orm, secretKey, documents);
  await lockChanged(orm, fates);
  const made = makeRows(inventory, known);
  const joined = await makeAttachments(orm, inventory, known, fates);
  const sealed = await sealAttachments(orm, secretKey, joined.attachments);

  const rows: ImportReport['rows'] = {};
  const changes: RowChange[] = [];
  const usedSources = new Set<string>();
  const into = async <Table extends Parameters<typeof loadTable>[1]>(
    name: string,
    table: Table,
    items: Parameters<typeof loadTable<Table>>[2],
  ) => {
    signal?.throwIfAborted();
    for (const { from } of items) for (const source of from) usedSources.add(source);
    const { tally, written, changes: changed } = await loadTable(orm, table, items, fates);
    rows[name] = tally;
    changes.push(...changed);
    return written;
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
  await into('accesses to volume types', volumeTypeAccess, made.volumeTypeAccess);
  const writtenServers = await into('servers', servers, made.servers);
  const writtenVolumes = await into('volumes', volumes, joined.volumes);
  const writtenAttachments = await into('attachments', attachments, sealed);
  await into('snapshots', snapshots, made.snapshots);
  const writtenOperations = await into('operations', operations, made.operations);

  const findings = onePerRow([...made.breaches, ...joined.breaches]);
  await writeFindings(orm, findings, [
    ...documents.flatMap((each) => [each.id, each.file, `${each.kind.replace('-quota', '')}/${each.id}`]),
    ...made.hosts.map(({ row }) => row.name),
    ...made.operations.map(({ row }) => row.id),
    ...sealed.map(({ row }) => row.id),
    ...findings.map((each) => each.objectId),
  ]);
  const projectOf = new Map(joined.volumes.map(({ row }) => [row.id, row.projectId]));
  return {
    report: {
      documents: Object.fromEntries(
        KIND_NAMES.map((kind) => [kind, kindReport(inventory.of[kind], fates, usedSources)]),
      ) as ImportReport['documents'],
      rows,
      changes,
      attachments: joined.sides,
      findings,
    },
    touched: [
      ...writtenServers.map((row) => ({
        kind: 'server' as const,
        objectId: row.id,
        projectId: row.projectId,
      })),
      ...writtenVolumes.map((row) => ({
        kind: 'volume' as const,
        objectId: row.id,
        projectId: row.projectId,
      })),
      ...writtenAttachments.flatMap((row) => {
        const projectId = projectOf.get(row.volumeId);
        return projectId === undefined ? [] : [{ kind: 'attachment' as const, objectId: row.id, projectId }];
      }),
      ...writtenOperations.map((row) => ({
        kind: 'operation' as const,
        objectId: row.id,
        projectId: row.projectId,
      })),
    ],
  };
}

/** A row may break one rule in two ways; that is one finding with both sentences. */
function onePerRow(breaches: readonly Breach[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const breach of breaches) {
    const key = JSON.stringify([breach.rule, breach.kind, breach.objectId]);
    const before = findings.get(key);
    const finding = findingOf(breach);
    findings.set(
      key,
      before === undefined ? finding : { ...before, message: `${before.message} ${finding.message}` },
    );
  }
  return [...findings.values()];
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
