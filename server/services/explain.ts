/**
 * Explains an action on a pair: the verb's own facts and rules, without locks and without a commit.
 */
import type { AttachRequest } from '~/server/domain/attach-volume';
import { type Explanation, explainAttach, explainDetach } from '~/server/domain/explanation';
import type { Context } from './context';
import { loadAttachFacts, loadDetachFacts, type PairIds } from './load';

/** @throws RefusedError not_found when either is not there or another project's */
export async function explainAttachVolume(
  context: Context,
  input: PairIds & { request: AttachRequest },
): Promise<Explanation> {
  return context.runtime.database.sql.begin('read only', async (sql) =>
    explainAttach(await loadAttachFacts(sql, context, input, 'none')),
  );
}

/** @throws RefusedError not_found when either is not there or another project's */
export async function explainDetachVolume(context: Context, ids: PairIds): Promise<Explanation> {
  return context.runtime.database.sql.begin('read only', async (sql) =>
    explainDetach(await loadDetachFacts(sql, context, ids, 'none')),
  );
}
