/**
 * Attachments that an earlier import brought and that the source has ended since: they end here too.
 */
import { and, inArray, sql } from 'drizzle-orm';
import type { View } from '~/db/import/checks/view';
import type { Breach } from '~/db/import/rules';
import { attachments } from '~/db/schema/attachment';
import { importedDocuments } from '~/db/schema/import';
import { anyOf } from './any-of';
import type { Fate } from './archive';
import type { Holder, Orm } from './known';

/**
 * @param holders live attachments that the folder does not list
 * @returns ids of those that were ended
 */
export async function endVanished(
  orm: Orm,
  holders: readonly Holder[],
  fates: ReadonlyMap<string, Fate>,
  view: View,
): Promise<{ ids: ReadonlySet<string>; breaches: Breach[] }> {
  // Only where the volume itself has changed: else the folder leaves attachments out, and says nothing of their end.
  const suspects = holders.filter((holder) => fates.get(`volume/${holder.volumeId}`) === 'changed');
  if (suspects.length === 0) return { ids: new Set(), breaches: [] };
  const archived = await orm
    .select({ id: importedDocuments.id })
    .from(importedDocuments)
    .where(
      and(
        inArray(importedDocuments.kind, ['attachment', 'server-volume']),
        inArray(
          importedDocuments.id,
          suspects.map((each) => each.id),
        ),
      ),
    );
  const ids = new Set(archived.map((each) => each.id));
  if (ids.size > 0) {
    await orm
      .update(attachments)
      .set({
        attachStatus: sql`case when ${attachments.attachStatus} is null then null else 'detached'::attach_status end`,
        detachedAt: sql`now()`,
        deletedAt: sql`now()`,
        updatedAt: sql`now()`,
        statusSince: sql`now()`,
        connector: null,
        connectionInfo: null,
      })
      .where(anyOf(attachments.id, ids));
  }
  return {
    ids,
    breaches: suspects
      .filter((each) => ids.has(each.id))
      .map((each) => ({
        rule: 'attachment.no-longer-listed',
        kind: 'attachment',
        objectId: each.id,
        volumeId: each.volumeId,
        ...(each.instanceId === null ? {} : { instanceId: each.instanceId }),
        message: `Attachment ${each.id} of volume ${view.volumeName(each.volumeId)} is no longer listed by its cloud.`,
      })),
  };
}
