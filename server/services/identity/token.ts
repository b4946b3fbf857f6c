/**
 * Looking at tokens, and ending them.
 */
import { policyRefusal } from '~/server/domain/policy';
import type { PolicyName } from '~/server/domain/policy-defaults';
import { hasRole } from '~/server/domain/roles';
import type { Context } from '../context';
import { notFound, RefusedError } from '../refused';
import { hashToken } from '../tokens';
import { actorOfToken, type TokenView } from './authenticate';

/**
 * One's own, or as an administrator or a service anybody's.
 * @param token to look at
 * @throws RefusedError not_found for a token that is over or never was, forbidden
 */
export async function validateToken(context: Context, token: string): Promise<TokenView> {
  return lookAt(context, token, 'identity:validate_token');
}

/**
 * Ends a token at once; those made from it go on, as upstream's do.
 * @throws RefusedError not_found, forbidden
 */
export async function revokeToken(context: Context, token: string): Promise<void> {
  await lookAt(context, token, 'identity:revoke_token');
  await context.runtime.database.sql`delete from api_tokens where token_hash = ${hashToken(token)}`;
}

async function lookAt(context: Context, token: string, policy: PolicyName): Promise<TokenView> {
  const found = await actorOfToken(context.runtime, token, null);
  // Said to everybody, as upstream has it: whoever knows a token could find out by using it.
  if (found === null) throw notFound('token', 'in X-Subject-Token');
  if (found.actor.userId === context.actor.userId) return found.tokenView;
  // Who asks here for others is itself a service: the role of its own token counts, not a second token's.
  const actor = { ...context.actor, service: hasRole(context.actor, 'service') };
  const refusal = policyRefusal(policy, actor, null);
  if (refusal !== null) throw new RefusedError([refusal]);
  return found.tokenView;
}
