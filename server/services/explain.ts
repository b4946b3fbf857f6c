/**
 * Explains an action on a pair: the verb's own facts and rules, without locks and without a commit.
 */
import type { AttachRequest } from '~/server/domain/attach-volume';
import { attachFactsOf, detachFactsOf, whole } from '~/server/domain/disk-verbs/disk-facts';
import type { Ask } from '~/server/domain/engine/verb';
import { type Explanation, explainAttach, explainDetach } from '~/server/domain/explanation';
import { VERBS } from '~/server/domain/verbs';
import { attachInput, type PairIds } from './attach-volume';
import type { Context } from './context';
import { loadAsk } from './perform';
import { notFound } from './refused';

/** @throws RefusedError not_found when either is not there or another project's */
export async function explainAttachVolume(
  context: Context,
  { serverId, ...input }: PairIds & { request: AttachRequest },
): Promise<Explanation> {
  return explainAttach(whole(attachFactsOf(await pairAsk(context, serverId, attachInput(input)))));
}

/** @throws RefusedError not_found when either is not there or another project's */
export async function explainDetachVolume(
  context: Context,
  { serverId, volumeId }: PairIds,
): Promise<Explanation> {
  return explainDetach(whole(detachFactsOf(await pairAsk(context, serverId, { volumeId }))));
}

async function pairAsk(context: Context, serverId: string, input: { volumeId: string }): Promise<Ask> {
  const ask = await context.runtime.database.sql.begin('read only', (sql) =>
    loadAsk(sql, context, VERBS['volume.attach'], serverId, input, 'none'),
  );
  if (!ask.world.volume.has(input.volumeId)) throw notFound('volume', input.volumeId);
  return ask;
}
