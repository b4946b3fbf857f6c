/**
 * Puts connection info into attachments, sealed. A sealed text differs every time, so what is there is opened and kept
 * when it says the same.
 */
import { inArray } from 'drizzle-orm';
import type { MadeAttachment } from '~/db/import/rows/attachment';
import type { Made } from '~/db/import/rows/row';
import { sameJson } from '~/db/import/same-json';
import { attachments } from '~/db/schema/attachment';
import { seal, unseal } from '~/db/seal';
import { inChunks } from './chunks';
import type { Orm } from './known';

export async function sealAttachments(
  orm: Orm,
  key: Uint8Array,
  made: readonly MadeAttachment[],
): Promise<Made<typeof attachments.$inferInsert>[]> {
  const sealed: Made<typeof attachments.$inferInsert>[] = [];
  await inChunks(made, async (chunk) => {
    const there = await orm
      .select({ id: attachments.id, connectionInfo: attachments.connectionInfo })
      .from(attachments)
      .where(
        inArray(
          attachments.id,
          chunk.map(({ row }) => row.id),
        ),
      );
    const kept = new Map(there.map((row) => [row.id, row.connectionInfo]));
    for (const { row, from, connectionInfo } of chunk) {
      const text =
        connectionInfo === null ? null : await sealedText(key, kept.get(row.id) ?? null, connectionInfo);
      sealed.push({ row: { ...row, connectionInfo: text }, from });
    }
  });
  return sealed;
}

async function sealedText(
  key: Uint8Array,
  kept: string | null,
  value: Record<string, unknown>,
): Promise<string> {
  // Sealed with a key that is gone: sealing it anew is the only way to have it again.
  const opened = kept === null ? null : await unseal(key, kept).catch(() => null);
  return kept !== null && sameJson(opened, value) ? kept : seal(key, value);
}
