/**
 * What the phases of actions on a volume have in common: the volume as it is by then, which need not be as it was left.
 */
import { type ImpliedVolumeState, impliedVolumeState } from '../attachment';
import type { Change } from '../engine/change';
import type { Step, Work } from '../engine/verb';
import { attachmentsOf, type VolumeRecord, type World } from '../engine/world';
import type { VolumeStatus } from '../volume';

/** @returns the volume the operation is about; null when it is gone */
export function volumeOfWork({ world, operation }: Work): VolumeRecord | null {
  return world.volume.get(operation.subject.volumeId ?? '') ?? null;
}

/** @returns the volume while it is in the operation's own in-progress state; null when somebody has set another */
export function ownVolume(work: Work, status: VolumeStatus): VolumeRecord | null {
  const volume = volumeOfWork(work);
  return volume?.status === status ? volume : null;
}

/** @returns what the volume is by its live attachments alone */
export function impliedBy(world: World, volumeId: string): ImpliedVolumeState {
  return impliedVolumeState(attachmentsOf(world, volumeId).map((each) => each.attachStatus));
}

/** Statuses that attachments give and take. */
const OF_ATTACHMENTS: readonly VolumeStatus[] = ['available', 'reserved', 'attaching', 'in-use'];

/**
 * @returns the status from before; where it was one that attachments give, what they say now, since one of them may have
 * come or gone meanwhile
 */
export function statusBefore(world: World, { id, previousStatus }: VolumeRecord): VolumeStatus {
  if (previousStatus !== null && !OF_ATTACHMENTS.includes(previousStatus)) return previousStatus;
  return impliedBy(world, id).status;
}

/** @param kept what is written all the same, because it is a fact about data and not about the status */
export function overtaken(work: Work, kept: readonly Change[] = []): Step {
  const volume = volumeOfWork(work);
  const now = volume === null ? 'is gone' : `is ${volume.status} by now`;
  return {
    changes: kept,
    message: `The volume ${now}, and is left alone`,
    outcome: 'failed',
    cause: 'overtaken',
    reason: `Volume ${volume?.name ?? work.operation.subject.volumeId ?? ''} ${now}.`,
  };
}

/** @throws Error when the plan has not handed it on, which is a bug */
export function carriedText({ operation }: Work, name: string): string {
  const value = operation.carry[name];
  if (typeof value !== 'string') throw new Error(`${operation.action} carries no text ${name}`);
  return value;
}

/** @throws Error when the plan has not handed it on, which is a bug */
export function carriedNumber({ operation }: Pick<Work, 'operation'>, name: string): number {
  const value = operation.carry[name];
  if (typeof value !== 'number') throw new Error(`${operation.action} carries no number ${name}`);
  return value;
}
