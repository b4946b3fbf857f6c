/**
 * An attachment in words: the state that a person sees, and what its two sides disagree about.
 */
import type { AttachmentRow } from '~/app/_trpc/types';
import { ATTACH_STATUS_FAMILY, type AttachmentFacts } from '~/server/domain/attachment';
import { detachRefusals } from '~/server/domain/detach-volume';
import type { Refusal } from '~/server/domain/refusal';
import type { Actor } from '~/server/domain/roles';
import type { StatusFamily } from '~/server/domain/volume';
import { nameOf } from './name';

interface ShownState {
  status: string;
  family: StatusFamily;
  /** Null where nobody has written down since when. */
  since: string | null;
}

/**
 * `detaching` is a status of the volume only; with a single attachment it can only be this one's.
 * @param volumeSince since when the volume is in its status, where that is known
 * @returns the state of the attachment as it is shown
 */
export function attachmentState(
  row: Pick<AttachmentRow, 'facts' | 'volume' | 'volumeAttachments' | 'statusSince'>,
  volumeSince: string | null = null,
): ShownState {
  const { attachStatus } = row.facts;
  if (attachStatus === null) return { status: 'no record', family: 'attention', since: null };
  if (
    row.volume.status === 'detaching' &&
    attachStatus === 'attached' &&
    row.volumeAttachments.length === 1
  ) {
    return { status: 'detaching', family: 'progress', since: volumeSince };
  }
  return { status: attachStatus, family: ATTACH_STATUS_FAMILY[attachStatus], since: row.statusSince };
}

/** @returns what is wrong with it, in sentences; empty for a sound one */
export function disagreements({ facts, findings, quarantine }: AttachmentRow): string[] {
  const sides = [
    facts.attachStatus === null ? 'Compute has this disk, but storage has no record of it.' : null,
    facts.computeSide === null ? 'Storage has a record of it, but no server has the disk.' : null,
  ];
  return [...new Set([...sides, ...findings, quarantine].filter((each) => each !== null))];
}

/** @returns name of what holds the volume: the server, else the id that storage gives, else a host */
export function holderName(facts: Pick<AttachmentFacts, 'instanceId' | 'instanceName'>): string {
  return facts.instanceName ?? facts.instanceId ?? 'a host';
}

/** @returns e.g. `data-1 on web-3` */
export function attachmentTitle({ volume, facts }: Pick<AttachmentRow, 'volume' | 'facts'>): string {
  return `${nameOf(volume)} on ${holderName(facts)}`;
}

/** @returns why this attachment cannot be detached; empty when it can */
export function rowDetachRefusals(actor: Actor, row: AttachmentRow): Refusal[] {
  const { facts, server, host, volume, volumeAttachments } = row;
  if (server === null) return [noServerRefusal(volume.name, facts)];
  return detachRefusals({
    actor,
    server,
    host,
    volume,
    attachment: facts.computeSide === null ? null : facts,
    volumeAttachments,
  });
}

function noServerRefusal(volumeName: string, facts: AttachmentFacts): Refusal {
  return {
    rule: 'console.detach.no-server',
    code: 'not_found',
    message: `No server here holds volume ${volumeName}; only storage has a record, for ${holderName(facts)}. There is no disk to detach.`,
    remedy: {
      kind: 'advice',
      text: 'If nothing uses it any more, delete the record.',
      command: `openstack --os-volume-api-version 3.27 volume attachment delete ${facts.id}`,
    },
  };
}
