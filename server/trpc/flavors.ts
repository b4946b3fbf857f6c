/**
 * Reads of flavors.
 */
import { z } from 'zod';
import { catalogueInput } from '~/server/services/catalogue';
import { getFlavor, listFlavors } from '~/server/services/flavor-rows';
import { procedure, router } from './init';

export const flavorsRouter = router({
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listFlavors(ctx.service, input)),
  // Ids of flavors are free text, mostly but not always a UUID.
  get: procedure
    .input(z.object({ id: z.string().min(1).max(255) }))
    .query(({ ctx, input }) => getFlavor(ctx.service, input.id)),
});
