/**
 * Reads of snapshots.
 */
import { z } from 'zod';
import { idsInput } from '~/server/services/list-filters';
import {
  getSnapshot,
  listSnapshots,
  listSnapshotsInput,
  snapshotFacets,
  snapshotsByIds,
} from '~/server/services/snapshot-rows';
import { procedure, router } from './init';

export const snapshotsRouter = router({
  list: procedure.input(listSnapshotsInput).query(({ ctx, input }) => listSnapshots(ctx.service, input)),
  byIds: procedure.input(idsInput).query(({ ctx, input }) => snapshotsByIds(ctx.service, input.ids)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getSnapshot(ctx.service, input.id)),
  facets: procedure
    .input(z.object({ allProjects: z.boolean().default(false) }))
    .query(({ ctx, input }) => snapshotFacets(ctx.service, input.allProjects)),
});
