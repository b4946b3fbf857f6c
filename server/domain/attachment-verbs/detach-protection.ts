/**
 * The detach protection of OSSA-2023-003 (CVE-2023-2088): storage does not take a disk away from a server that the
 * compute side still gives it to, whoever asks. Only a service with a service token may; being an administrator does not
 * help. Cinder volume/api.py, attachment_deletion_allowed.
 */
import { recoverRemedy } from '../detach-volume';
import type { Ask, Objection, Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type VolumeRecord, type World } from '../engine/world';
import { policyRefusal } from '../policy';
import { advice, detachRemedy } from '../volume-verbs/volume-remedy';

const SOURCE = 'cinder volume/api.py, attachment_deletion_allowed (OSSA-2023-003)';

/** What is about to be taken away. */
export interface Taken {
  /** null: whatever the volume has. */
  attachmentId: string | null;
  /** The volume it has to be of; null where only the attachment was named. */
  volumeId: string | null;
}

type Situation = Pick<Ask<object>, 'actor' | 'world'>;

/** @returns why it must not be taken away, null when it may */
export function protectedBecause(situation: Situation, { attachmentId, volumeId }: Taken): Objection | null {
  const { actor, world } = situation;
  if (actor.service) return null;
  if (attachmentId !== null) {
    const attachment = world.attachment.get(attachmentId);
    if (attachment === undefined) return unknown(attachmentId);
    if (volumeId !== null && attachment.volumeId !== volumeId) return ofAnother(attachment, world, volumeId);
    // What only the compute side has is none of the volume's for storage; its guest may well hold the disk.
    if (volumeId !== null && attachment.attachStatus === null) return unknown(attachmentId);
    return usedByCompute(situation, attachment);
  }
  const all = knownToStorage(world, volumeId ?? '');
  const [only] = all;
  if (only === undefined) return null;
  return all.length === 1 ? usedByCompute(situation, only) : several(all.length);
}

/** @returns the volume's attachments that the storage side has */
export function knownToStorage(world: World, volumeId: string): AttachmentRecord[] {
  return attachmentsOf(world, volumeId).filter((each) => each.attachStatus !== null);
}

function unknown(attachmentId: string): Objection {
  return {
    message: `There is no attachment ${attachmentId}; storage takes nothing away that it cannot check.`,
    remedy: advice(
      'Look up the attachments of the volume and name one of them.',
      'openstack volume attachment list',
    ),
  };
}

function ofAnother(attachment: AttachmentRecord, world: World, volumeId: string): Objection {
  const name = (id: string) => world.volume.get(id)?.name ?? id;
  return {
    code: 'invalid',
    message: `Attachment ${attachment.id} is of volume ${name(attachment.volumeId)}, not of ${name(volumeId)}.`,
    remedy: advice('Name an attachment of this volume.'),
  };
}

function several(count: number): Objection {
  return {
    message: `The volume has ${count} attachments and none was named; storage cannot tell which server would lose it.`,
    remedy: advice('Name the attachment, or detach the volume from each of its servers.'),
  };
}

/**
 * Asks the compute side as the caller would, with nobody else's eyes: what the caller cannot see there does not protect
 * (upstream looks the disk up with the user's own token, and takes 404 for "not in use").
 */
function usedByCompute(situation: Situation, attachment: AttachmentRecord): Objection | null {
  const { actor, world } = situation;
  const { instanceId, connectionInfo, volumeId } = attachment;
  if (instanceId === null || connectionInfo === null) return null;
  const server = world.server.get(instanceId);
  if (server === undefined) return null;
  const denied = policyRefusal('os_compute_api:os-volumes-attachments:show', actor, server.projectId);
  if (denied !== null) return denied;
  const disk = attachmentsOf(world, volumeId).find((each) => each.serverId === instanceId);
  if (disk?.id !== attachment.id || attachment.attachStatus === null) return null;
  const volume = world.volume.get(volumeId);
  return {
    message: `Server ${server.name} has volume ${volume?.name ?? volumeId} as a disk through attachment ${attachment.id}; only the compute side may take it away.`,
    ...(volume === undefined ? {} : { remedy: wayOut(situation, volume, attachment) }),
  };
}

/** A detach needs a volume that is in use; after a failed way back it is not, and has to be set so first. */
function wayOut(situation: Situation, volume: VolumeRecord, attachment: AttachmentRecord) {
  return volume.status === 'error'
    ? recoverRemedy(situation.actor, volume)
    : detachRemedy(situation, volume, attachment);
}

/** @param taken what the call would take away; null for nothing that has not been asked about */
export function detachProtectionRule<I>(
  taken: (ask: Ask<I>) => Taken | null,
  id = 'used-by-compute',
): Rule<I> {
  return {
    id,
    code: 'conflict',
    source: SOURCE,
    test: (ask) => {
      const what = taken(ask);
      return what === null ? null : protectedBecause(ask, what);
    },
  };
}
