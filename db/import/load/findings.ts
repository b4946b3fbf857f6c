/**
 * Writes what an import has found, and takes back what an earlier one had found and is no longer so.
 */
import { inArray, sql } from 'drizzle-orm';
import type { Finding } from '~/db/import/rules';
import { importFindings } from '~/db/schema/import';
import { inChunks } from './chunks';
import type { Orm } from './known';

/**
 * @param imported ids of all that came in, whatever is wrong with them or not
 */
export async function writeFindings(
  orm: Orm,
  findings: readonly Finding[],
  imported: readonly string[],
): Promise<void> {
  const found = new Set(findings.map(keyOf));
  await inChunks([...new Set(imported)], async (ids) => {
    const earlier = await orm
      .select()
      .from(importFindings)
      .where(inArray(importFindings.objectId, [...ids]));
    for (const finding of earlier.filter((each) => !found.has(keyOf(each)))) {
      await orm
        .delete(importFindings)
        .where(
          sql`${importFindings.rule} = ${finding.rule} and ${importFindings.kind} = ${finding.kind} and ${importFindings.objectId} = ${finding.objectId}`,
        );
    }
  });
  await inChunks(findings, async (chunk) => {
    await orm
      .insert(importFindings)
      .values([...chunk])
      .onConflictDoUpdate({
        target: [importFindings.rule, importFindings.kind, importFindings.objectId],
        set: { message: sql`excluded.message`, kept: sql`excluded.kept`, importedAt: sql`now()` },
        // A second import of the same leaves the row as it was, time included.
        setWhere: sql`${importFindings.message} is distinct from excluded.message or ${importFindings.kept} is distinct from excluded.kept`,
      });
  });
}

function keyOf({ rule, kind, objectId }: { rule: string; kind: string; objectId: string }): string {
  return JSON.stringify([rule, kind, objectId]);
}
