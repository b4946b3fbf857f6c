/**
 * Tells running servers, and through them browsers, that an import has written.
 */
import { sql } from 'drizzle-orm';
import { CHANGES_CHANNEL, changes } from '~/db/schema/operation';
import { inChunks } from './chunks';
import type { Orm } from './known';

export type Touched = typeof changes.$inferInsert;

/** Whoever hears it reads everything again: an import touches more than is worth naming one by one. */
const RESET = JSON.stringify('reset');

/**
 * @param orm transaction of the import: nobody hears of what is rolled back
 * @param touched what was written, for browsers that lost the stream meanwhile
 */
export async function announceImport(orm: Orm, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  await inChunks(touched, async (chunk) => {
    await orm.insert(changes).values([...chunk]);
  });
  await orm.execute(sql`select pg_notify(${CHANGES_CHANNEL}, ${RESET})`);
}
