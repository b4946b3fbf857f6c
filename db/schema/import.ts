/**
 * What came from another cloud: the documents as they were, and what was wrong with them.
 */
import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** Every document an import has read, unedited but for secrets; also those that Mooring has no table for. */
export const importedDocuments = pgTable(
  'imported_documents',
  {
    /** `server`, `volume`, `transfer` … */
    kind: text().notNull(),
    id: text().notNull(),
    document: jsonb().$type<Record<string, unknown>>().notNull(),
    importedAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] })],
);

/** A row that broke an invariant, and how it was kept. */
export const importFindings = pgTable(
  'import_findings',
  {
    /** Stable id of the invariant, e.g. `attachment.no-compute-side`. */
    rule: text().notNull(),
    kind: text().notNull(),
    objectId: text().notNull(),
    volumeId: uuid(),
    instanceId: uuid(),
    message: text().notNull(),
    kept: text().notNull(),
    importedAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.rule, t.kind, t.objectId] }), index().on(t.volumeId)],
);
