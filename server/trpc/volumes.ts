/**
 * Reads of volumes.
 */
import { z } from 'zod';
import { idsInput } from '~/server/services/list-filters';
import {
  getVolume,
  listVolumes,
  listVolumesInput,
  volumeFacets,
  volumesByIds,
} from '~/server/services/volume-rows';
import { procedure, router } from './init';

export const volumesRouter = router({
  list: procedure.input(listVolumesInput).query(({ ctx, input }) => listVolumes(ctx.service, input)),
  byIds: procedure.input(idsInput).query(({ ctx, input }) => volumesByIds(ctx.service, input.ids)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getVolume(ctx.service, input.id)),
  facets: procedure
    .input(z.object({ allProjects: z.boolean().default(false) }))
    .query(({ ctx, input }) => volumeFacets(ctx.service, input.allProjects)),
});
