/**
 * Reads of images.
 */
import { z } from 'zod';
import { catalogueInput } from '~/server/services/catalogue';
import { getImage, listImages } from '~/server/services/image-rows';
import { procedure, router } from './init';

export const imagesRouter = router({
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listImages(ctx.service, input)),
  get: procedure.input(z.object({ id: z.guid() })).query(({ ctx, input }) => getImage(ctx.service, input.id)),
});
