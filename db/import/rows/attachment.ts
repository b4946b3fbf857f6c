/**
 * Attachments: rows from joined drafts.
 */
import type { Draft } from '~/db/import/attachments/join';
import type { DocumentOf } from '~/db/import/documents/catalogue';
import type { Breach } from '~/db/import/rules';
import type { attachments } from '~/db/schema/attachment';
import { ATTACH_MODES, ATTACH_STATUSES, type AttachStatus } from '~/server/domain/attachment';
import type { Made } from './row';

type AttachmentRow = typeof attachments.$inferInsert;

/** The row, and what has yet to be sealed into it. */
export interface MadeAttachment extends Made<AttachmentRow> {
  connectionInfo: Record<string, unknown> | null;
}

interface Surroundings {
  multiattach(volumeId: string): boolean;
  server(id: string): DocumentOf<'server'> | undefined;
  /** When the volume last changed: the best there is to say when an attachment was reserved. */
  volumeUpdated(volumeId: string): Date;
  /** Volumes on the server, by its compute side. */
  volumesOf(serverId: string): number;
  quarantine: ReadonlyMap<string, string>;
}

/** @returns the row; an unknown status is kept as one that counts for nothing and that a person must look at */
export function attachmentRow(draft: Draft, around: Surroundings): MadeAttachment {
  const { storage, compute } = draft;
  const attachStatus = storage === null ? null : (knownStatus(storage.status) ?? 'error_detaching');
  const since = storage?.attachedAt ?? around.volumeUpdated(draft.volumeId);
  const ended = attachStatus === 'detached' ? (storage?.detachedAt ?? since) : null;
  const secrets =
    storage === null || Object.keys(storage.connectionInfo).length === 0 ? null : storage.connectionInfo;
  return {
    row: {
      id: draft.id,
      volumeId: draft.volumeId,
      multiattach: around.multiattach(draft.volumeId),
      attachStatus,
      mode: ATTACH_MODES.find((mode) => mode === storage?.mode) ?? null,
      instanceId: storage?.instanceId ?? compute?.serverId ?? null,
      attachedHost: draft.listed?.host_name ?? null,
      mountpoint: draft.listed?.device ?? null,
      attachedAt: storage?.attachedAt ?? null,
      detachedAt: storage?.detachedAt ?? null,
      bdmId: compute?.bdmId ?? null,
      serverId: compute?.serverId ?? null,
      device: compute?.device ?? null,
      bootIndex: isRootVolume(draft, around) ? 0 : null,
      tag: compute?.tag ?? null,
      deleteOnTermination: compute?.deleteOnTermination ?? false,
      quarantine: around.quarantine.get(draft.id) ?? null,
      createdAt: since,
      updatedAt: since,
      statusSince: since,
      deletedAt: ended,
    },
    from: draft.from,
    connectionInfo: ended === null ? secrets : null,
  };
}

export function knownStatus(status: string): AttachStatus | undefined {
  return ATTACH_STATUSES.find((each) => each === status);
}

/**
 * No API shows boot_index. The root is what has the server's root device name; and where the server has no image and one
 * volume only, that volume must be its root. Older shelved servers have neither names, hence the second rule.
 */
function isRootVolume({ compute }: Draft, around: Surroundings): boolean {
  if (compute === null) return false;
  const server = around.server(compute.serverId);
  if (server === undefined || (server.image !== '' && server.image !== null)) return false;
  const root = server['OS-EXT-SRV-ATTR:root_device_name'];
  return (compute.device !== null && compute.device === root) || around.volumesOf(compute.serverId) === 1;
}

export function statusBreaches(draft: Draft, volumeName: string): Breach[] {
  const { storage } = draft;
  if (storage === null) return [];
  const about = {
    kind: 'attachment',
    objectId: draft.id,
    volumeId: draft.volumeId,
    ...(storage.instanceId === null ? {} : { instanceId: storage.instanceId }),
  };
  const message = `Attachment ${draft.id} of volume ${volumeName} is ${storage.status}.`;
  const status = knownStatus(storage.status);
  if (status === undefined) return [{ ...about, rule: 'attachment.status-unknown', message }];
  if (status === 'detached') return [{ ...about, rule: 'attachment.already-detached', message }];
  if (status === 'attaching') return [{ ...about, rule: 'attachment.stuck', message }];
  if (status.startsWith('error')) return [{ ...about, rule: 'attachment.in-error', message }];
  return [];
}
