/**
 * What may be done with a volume, as far as its row knows.
 */
import type { VolumeRow } from '~/app/_trpc/types';
import { attachRefusals } from '~/server/domain/attach-volume';
import type { AttachmentFacts } from '~/server/domain/attachment';
import { detachAnywhereRefusals } from '~/server/domain/detach-volume';
import type { Refusal } from '~/server/domain/refusal';
import type { Actor } from '~/server/domain/roles';

type Known = Pick<VolumeRow, 'facts'> & { attachments: readonly AttachmentFacts[] };

/** @returns why no server can get it; empty when one can */
export function volumeAttachRefusals(actor: Actor, { facts, attachments }: Known): Refusal[] {
  return attachRefusals({ actor, volume: facts, volumeAttachments: attachments });
}

/** @returns the attachments that a server holds, and could let go */
export function heldBySomeServer(
  attachments: readonly AttachmentFacts[],
): (AttachmentFacts & { instanceId: string })[] {
  return attachments.flatMap((each) =>
    each.computeSide !== null && each.instanceId !== null ? [{ ...each, instanceId: each.instanceId }] : [],
  );
}

/** @returns why it cannot be detached, whatever from; empty when one server could let it go */
export function volumeDetachRefusals(
  actor: Actor,
  { facts, holders }: Pick<VolumeRow, 'facts' | 'holders'>,
): Refusal[] {
  return detachAnywhereRefusals({ actor, volume: facts }, holders);
}
