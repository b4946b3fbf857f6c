/**
 * Reads of volume types.
 */
import { z } from 'zod';
import { catalogueInput } from '~/server/services/catalogue';
import { listQos } from '~/server/services/qos-rows';
import { getVolumeType, listVolumeTypes } from '~/server/services/volume-type-rows';
import { procedure, router } from './init';

export const volumeTypesRouter = router({
  list: procedure.input(catalogueInput).query(({ ctx, input }) => listVolumeTypes(ctx.service, input)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getVolumeType(ctx.service, input.id)),
  qosSpecs: procedure.query(({ ctx }) => listQos(ctx.service)),
});
