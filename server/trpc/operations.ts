/**
 * Reads of operations: the timeline and the audit trail.
 */
import { z } from 'zod';
import { idsInput } from '~/server/services/list-filters';
import {
  getOperation,
  listOperations,
  listOperationsInput,
  operationsByIds,
} from '~/server/services/operation-rows';
import { procedure, router } from './init';

export const operationsRouter = router({
  list: procedure.input(listOperationsInput).query(({ ctx, input }) => listOperations(ctx.service, input)),
  byIds: procedure.input(idsInput).query(({ ctx, input }) => operationsByIds(ctx.service, input.ids)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getOperation(ctx.service, input.id)),
});
