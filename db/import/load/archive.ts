/**
 * Keeps every document as it came, also those that Mooring has no table for. Secrets are sealed: in their place stands a
 * keyed fingerprint, so that two documents can be compared without being opened.
 */
import { createHmac } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { type Document, sourceOf } from '~/db/import/inventory';
import { canonicalJson, sameJson } from '~/db/import/same-json';
import { importedDocuments } from '~/db/schema/import';
import { seal } from '~/db/seal';
import { inChunks } from './chunks';
import type { Orm } from './known';

export type Fate = 'new' | 'unchanged' | 'changed';

/** Members that may hold passwords: targets of a volume, and what a guest was told at its first boot. */
const SECRETS: Partial<Record<Document['kind'], string>> = {
  attachment: 'connection_info',
  server: 'OS-EXT-SRV-ATTR:user_data',
};

interface Sealed {
  fingerprint: string;
  sealed: string;
}

/**
 * @param key 32 bytes
 * @returns what became of each document, by its source
 */
export async function archive(
  orm: Orm,
  key: Uint8Array,
  documents: readonly Document[],
): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  await inChunks(documents, async (chunk) => {
    const kept = await keptDocuments(orm, chunk);
    const rows: (typeof importedDocuments.$inferInsert)[] = [];
    for (const document of chunk) {
      const source = sourceOf(document);
      const before = kept.get(source);
      const secret = secretOf(document);
      const bare =
        secret === null ? document.raw : withSecret(document, { fingerprint: fingerprint(key, secret) });
      const fate =
        before === undefined
          ? 'new'
          : sameJson(withoutSealed(document, before), bare)
            ? 'unchanged'
            : 'changed';
      fates.set(source, fate);
      if (fate === 'unchanged') continue;
      const safe =
        secret === null
          ? document.raw
          : withSecret(document, { fingerprint: fingerprint(key, secret), sealed: await seal(key, secret) });
      rows.push({ kind: document.kind, id: document.id, document: safe });
    }
    if (rows.length === 0) return;
    await orm
      .insert(importedDocuments)
      .values(rows)
      .onConflictDoUpdate({
        target: [importedDocuments.kind, importedDocuments.id],
        set: { document: sql`excluded.document`, importedAt: sql`now()` },
      });
  });
  return fates;
}

async function keptDocuments(orm: Orm, chunk: readonly Document[]) {
  const rows = await orm
    .select({ kind: importedDocuments.kind, id: importedDocuments.id, document: importedDocuments.document })
    .from(importedDocuments)
    .where(inArray(importedDocuments.id, [...new Set(chunk.map((each) => each.id))]));
  return new Map(rows.map((row) => [`${row.kind}/${row.id}`, row.document]));
}

/** @returns the member to hide, or null where there is none or it is empty */
function secretOf(document: Document): unknown {
  const member = SECRETS[document.kind];
  const secret = member === undefined ? null : document.raw[member];
  const empty = secret === null || secret === undefined || secret === '' || sameJson(secret, {});
  return empty ? null : secret;
}

function withSecret(document: Document, replacement: Partial<Sealed>): Record<string, unknown> {
  const member = SECRETS[document.kind];
  return member === undefined ? document.raw : { ...document.raw, [member]: replacement };
}

function withoutSealed(document: Document, kept: Record<string, unknown>): Record<string, unknown> {
  const member = SECRETS[document.kind];
  const held = member === undefined ? undefined : kept[member];
  if (member === undefined || typeof held !== 'object' || held === null || !('sealed' in held)) return kept;
  const { sealed: _sealed, ...rest } = held;
  return { ...kept, [member]: rest };
}

function fingerprint(key: Uint8Array, secret: unknown): string {
  return createHmac('sha256', key).update(canonicalJson(secret)).digest('hex');
}
