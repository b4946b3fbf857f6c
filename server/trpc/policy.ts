/**
 * Who may do what. A list only: the rules are few, and change with a restart alone.
 */
import { listPolicy } from '~/server/services/policy-rows';
import { procedure, router } from './init';

export const policyRouter = router({
  list: procedure.query(({ ctx }) => listPolicy(ctx.service)),
});
