/**
 * The way out for a volume that is in the way: another action, where the caller may do that.
 */
import { ACTIONS, type ActionName } from '../action';
import { impliedVolumeState } from '../attachment';
import type { Ask } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type VolumeRecord, type World } from '../engine/world';
import { policyRefusal } from '../policy';
import type { Remedy } from '../refusal';
import { isErrorStatus, isMigrating } from '../volume';

/** What a remedy depends on: who asks, and what there is. */
export type Situation = Pick<Ask<object>, 'actor' | 'world'>;

export function advice(text: string, command?: string): Remedy {
  return { kind: 'advice', text, ...(command === undefined ? {} : { command }) };
}

/**
 * @param step the action that lifts the refusal: its label in full, the project of what it is done to, its arguments
 * @param otherwise what to say to somebody who may not do it
 */
export function actionRemedy(
  { actor }: Pick<Situation, 'actor'>,
  step: { action: ActionName; label: string; projectId: string | null; args: Record<string, string> },
  otherwise: string,
): Remedy {
  const { action, label, projectId, args } = step;
  if (policyRefusal(ACTIONS[action].policy, actor, projectId) !== null) return advice(otherwise);
  return { kind: 'action', action, label, args };
}

/** @returns whether an operation runs that is about the volume: it will end what is in progress */
export function isInHands(world: World, volumeId: string): boolean {
  return [...world.operation.values()].some(
    (each) => each.owns === volumeId || each.subject.volumeId === volumeId,
  );
}

/** @returns what takes one attachment of the volume away: by its server where it has one */
export function detachRemedy(
  situation: Situation,
  volume: VolumeRecord,
  attachment: AttachmentRecord,
): Remedy {
  const { serverId } = attachment;
  if (serverId === null) {
    return actionRemedy(
      situation,
      {
        action: 'attachment.delete',
        label: `Delete attachment ${attachment.id}`,
        projectId: volume.projectId,
        args: { attachmentId: attachment.id, volumeId: volume.id },
      },
      `Ask somebody who may delete attachment ${attachment.id}.`,
    );
  }
  const name = situation.world.server.get(serverId)?.name ?? serverId;
  return actionRemedy(
    situation,
    {
      action: 'volume.detach',
      label: `Detach ${volume.name} from ${name}`,
      projectId: volume.projectId,
      args: { volumeId: volume.id, serverId },
    },
    `Ask somebody who may detach it from ${name}.`,
  );
}

/** @returns setting the status to what the attachments say it is, for who may; for others whom to ask */
export function resetRemedy(situation: Situation, volume: VolumeRecord): Remedy {
  const live = attachmentsOf(situation.world, volume.id);
  const implied = impliedVolumeState(live.map((each) => each.attachStatus)).status;
  return actionRemedy(
    situation,
    {
      action: 'volume.reset-status',
      label: `Reset ${volume.name} to ${implied}`,
      projectId: volume.projectId,
      args: { volumeId: volume.id, status: implied },
    },
    `An administrator can find out what happened to ${volume.name} and then set its status to ${implied}.`,
  );
}

/** @returns the first step out of the volume's status */
export function statusRemedy(situation: Situation, volume: VolumeRecord): Remedy {
  const { status } = volume;
  if (isErrorStatus(status)) return resetRemedy(situation, volume);
  if (status !== 'in-use' && isInHands(situation.world, volume.id))
    return advice(`Wait until ${status} has ended, then try again.`);
  const live = attachmentsOf(situation.world, volume.id);
  if (status === 'attaching' && live.length === 0) return legacyRemedy(situation, volume, 'volume.unreserve');
  if (status === 'detaching') return legacyRemedy(situation, volume, 'volume.roll-detaching');
  const [holder] = live;
  if (holder !== undefined && ['in-use', 'reserved', 'attaching'].includes(status))
    return detachRemedy(situation, volume, holder);
  if (status === 'maintenance' && isMigrating(volume.migrationStatus))
    return advice('Wait until its migration has ended, then try again.');
  if (status === 'awaiting-transfer' && volume.transfer != null) return offerRemedy(situation, volume);
  if (status === 'available')
    return advice('Nobody has it attached, and nothing is under way on it: there is nothing to end.');
  // In progress, and nobody is at work: it was left behind.
  return resetRemedy(situation, volume);
}

/** Its offer is accepted, or withdrawn. */
function offerRemedy(situation: Situation, volume: VolumeRecord): Remedy {
  return actionRemedy(
    situation,
    {
      action: 'volume.delete-transfer',
      label: `Withdraw the offer of ${volume.name}`,
      projectId: volume.projectId,
      args: { volumeId: volume.id },
    },
    `Wait until somebody has taken it, or ask somebody who may withdraw the offer of ${volume.name}.`,
  );
}

/** What the block storage API began without an attachment ends by the API as well. */
function legacyRemedy(
  situation: Situation,
  volume: VolumeRecord,
  action: 'volume.unreserve' | 'volume.roll-detaching',
): Remedy {
  const label = `${ACTIONS[action].label} ${volume.name}`;
  return actionRemedy(
    situation,
    { action, label, projectId: volume.projectId, args: { volumeId: volume.id } },
    `Wait until ${volume.status} has ended, or ask somebody who may end it.`,
  );
}
