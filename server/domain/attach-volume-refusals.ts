/**
 * What an attach can be refused for because of the volume itself: who holds it, and what it is busy with. The order in
 * which the rules are asked is in attach-volume.ts.
 */
import type { AttachmentFacts } from './attachment';
import type { Refusal, Remedy } from './refusal';
import type { ServerFacts } from './server';
import { isErrorStatus, migrationSource, type VolumeFacts, type VolumeStatus } from './volume';

/** Statuses from which a volume can be reserved (Cinder volume/api.py, _attachment_reserve). */
export const ATTACH_VOLUME_STATUSES = {
  single: ['available', 'downloading'],
  multiattach: ['available', 'in-use', 'downloading'],
} as const satisfies Record<string, readonly VolumeStatus[]>;

function advice(text: string, command?: string): Remedy {
  return { kind: 'advice', text, ...(command === undefined ? {} : { command }) };
}

function detachFrom(volume: VolumeFacts, attachment: AttachmentFacts, serverId: string): Remedy {
  return {
    kind: 'action',
    action: 'volume.detach',
    label: `Detach ${volume.name} from ${attachment.instanceName ?? serverId}`,
    args: { volumeId: volume.id, serverId },
  };
}

/**
 * A second server may only write to a volume that was made for it, even if an operator reset the volume's status.
 * @param serverId the server it is to be attached to, where that is known: what it has already is another refusal
 */
export function takenRefusal(
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
  serverId?: string,
): Refusal | null {
  if (volume.multiattach) return null;
  const holder = attachments.find((each) => each.computeSide !== null);
  if (holder === undefined || holder.instanceId === serverId) return null;
  const holderName = holder.instanceName ?? holder.instanceId ?? 'another server';
  return {
    rule: 'volume.attach.already-attached',
    code: 'invalid',
    message: `Volume ${volume.name} is attached to ${holderName}, and it is not a multiattach volume.`,
    ...(holder.instanceId === null ? {} : { remedy: detachFrom(volume, holder, holder.instanceId) }),
  };
}

/**
 * Whoever attached it would write among the data that are being copied to it.
 * @returns sentence and way out; null for every other volume
 */
export function migrationTargetObjection(
  volume: Pick<VolumeFacts, 'name' | 'migrationStatus'>,
): { message: string; remedy: Remedy } | null {
  const source = migrationSource(volume.migrationStatus);
  if (source === null) return null;
  return {
    message: `Volume ${volume.name} is what volume ${source} is being copied to; nothing else may write to it.`,
    remedy: advice('Wait until that migration has ended; attach the volume that migrates.'),
  };
}

export function sameServerRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
): Refusal | null {
  const here = attachments.some((each) => each.computeSide !== null && each.instanceId === server.id);
  if (!here) return null;
  return {
    rule: 'volume.attach.same-server',
    code: 'invalid',
    message: `Volume ${volume.name} is attached to server ${server.name} already; a second time would be the same disk twice.`,
  };
}

const WAIT_STATUSES: readonly VolumeStatus[] = [
  'creating',
  'attaching',
  'detaching',
  'uploading',
  'extending',
  'retyping',
  'reverting',
  'backing-up',
  'restoring-backup',
];

/** Whether the storage side already holds the volume for this very server: then it may be reserved once more. */
function heldFor(server: ServerFacts, attachments: readonly AttachmentFacts[]): boolean {
  return attachments.some((each) => each.instanceId === server.id && each.attachStatus !== null);
}

/** An attachment that only the storage side knows keeps everybody else off a single-attach volume. */
export function heldRefusal(
  server: Pick<ServerFacts, 'id'>,
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
): Refusal | null {
  if (volume.multiattach) return null;
  const holder = attachments.find((each) => each.computeSide === null && each.instanceId !== server.id);
  if (holder === undefined) return null;
  const forWhom =
    holder.instanceId === null ? 'nobody in particular' : (holder.instanceName ?? holder.instanceId);
  return {
    rule: 'volume.attach.held',
    code: 'invalid',
    message: `Volume ${volume.name} is held by attachment ${holder.id} (${holder.attachStatus ?? 'unknown'}) for ${forWhom}, without a disk on any server here.`,
    remedy: advice(
      'If nobody waits for that attachment, delete it.',
      `openstack --os-volume-api-version 3.27 volume attachment delete ${holder.id}`,
    ),
  };
}

/** Statuses in which it depends on the server: the one that holds the volume may reserve it again. */
const HELD_STATUSES: readonly VolumeStatus[] = ['reserved', 'in-use'];

export function volumeStatusRefusal(volume: VolumeFacts): Refusal | null {
  return HELD_STATUSES.includes(volume.status) ? null : statusRefusal(volume);
}

export function heldStatusRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachments: readonly AttachmentFacts[],
): Refusal | null {
  if (!HELD_STATUSES.includes(volume.status) || heldFor(server, attachments)) return null;
  return statusRefusal(volume);
}

function statusRefusal(volume: VolumeFacts): Refusal | null {
  const allowed: readonly VolumeStatus[] =
    ATTACH_VOLUME_STATUSES[volume.multiattach ? 'multiattach' : 'single'];
  if (allowed.includes(volume.status)) return null;
  const remedy = statusRemedy(volume);
  return {
    rule: 'volume.attach.volume-status',
    code: 'invalid',
    message: `Volume ${volume.name} is ${volume.status}; attaching needs ${allowed.join(' or ')}.`,
    ...(remedy === null ? {} : { remedy }),
  };
}

function statusRemedy(volume: VolumeFacts): Remedy | null {
  if (isErrorStatus(volume.status)) {
    return advice(
      'An administrator can find out what failed and then set the status back.',
      `openstack volume set --state available ${volume.id}`,
    );
  }
  if (WAIT_STATUSES.includes(volume.status))
    return advice(`Wait until ${volume.status} has ended, then try again.`);
  if (volume.status === 'reserved') {
    return advice(
      'It is reserved for an attachment that has not been completed: complete or delete that attachment first.',
      `openstack --os-volume-api-version 3.27 volume attachment list --volume-id ${volume.id}`,
    );
  }
  return null;
}
