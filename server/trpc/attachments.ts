/**
 * Attachments: reads, the two verbs, and what they would do.
 */
import { z } from 'zod';
import { ATTACH_MODES } from '~/server/domain/attachment';
import { candidatesInput, serverCandidates, volumeCandidates } from '~/server/services/attach-candidates';
import { attachVolume } from '~/server/services/attach-volume';
import {
  attachmentsByIds,
  getAttachment,
  listAttachments,
  listAttachmentsInput,
} from '~/server/services/attachment-rows';
import { detachVolume } from '~/server/services/detach-volume';
import { explainAttachVolume, explainDetachVolume } from '~/server/services/explain';
import { idsInput } from '~/server/services/list-filters';
import { procedure, router } from './init';

const pairInput = z.object({ serverId: z.guid(), volumeId: z.guid() });

/** Device role tags: 1 to 60 characters, no comma, no slash (Nova parameter_types.py). */
const tag = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[^,/]+$/, 'A tag has no comma and no slash.');

const attachInput = pairInput
  .extend({
    // What is a device name is a rule, and refused with a remedy; here only its size is.
    device: z.string().max(1000).nullish(),
    mode: z.enum(ATTACH_MODES).nullish(),
    tag: tag.nullish(),
    deleteOnTermination: z.boolean().default(false),
  })
  .transform(({ serverId, volumeId, device, mode, tag, deleteOnTermination }) => ({
    serverId,
    volumeId,
    request: { device: device ?? null, mode: mode ?? null, tag: tag ?? null, deleteOnTermination },
  }));

export const attachmentsRouter = router({
  list: procedure.input(listAttachmentsInput).query(({ ctx, input }) => listAttachments(ctx.service, input)),
  byIds: procedure.input(idsInput).query(({ ctx, input }) => attachmentsByIds(ctx.service, input.ids)),
  get: procedure
    .input(z.object({ id: z.guid() }))
    .query(({ ctx, input }) => getAttachment(ctx.service, input.id)),

  explainAttach: procedure
    .input(attachInput)
    .query(({ ctx, input }) => explainAttachVolume(ctx.service, input)),
  explainDetach: procedure
    .input(pairInput)
    .query(({ ctx, input }) => explainDetachVolume(ctx.service, input)),
  volumeCandidates: procedure
    .input(candidatesInput.extend({ serverId: z.guid() }))
    .query(({ ctx, input: { serverId, ...list } }) => volumeCandidates(ctx.service, serverId, list)),
  serverCandidates: procedure
    .input(candidatesInput.extend({ volumeId: z.guid() }))
    .query(({ ctx, input: { volumeId, ...list } }) => serverCandidates(ctx.service, volumeId, list)),

  attach: procedure.input(attachInput).mutation(({ ctx, input }) => attachVolume(ctx.service, input)),
  detach: procedure.input(pairInput).mutation(({ ctx, input }) => detachVolume(ctx.service, input)),
});
