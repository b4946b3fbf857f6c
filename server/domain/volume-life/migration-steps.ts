/**
 * Steps that the phases of a migration have in common: it goes on, goes back, is given up, or the records change places.
 */
import { applyChanges, type Change, update } from '../engine/change';
import type { Step, Work } from '../engine/verb';
import type { VolumeRecord } from '../engine/world';
import type { FailureCause, OperationPhase } from '../operation';
import { isMigrating } from '../volume';
import { overtaken, volumeOfWork } from '../volume-verbs/volume-work';
import { changedPlaces, freedStatus, targetOf } from './migration-records';

/** @returns the volume while it is this operation that moves it */
export function moving(work: Work): VolumeRecord | null {
  const volume = volumeOfWork(work);
  if (volume === null) return null;
  return volume.status === 'retyping' || isMigrating(volume.migrationStatus) ? volume : null;
}

/** Nothing was made yet: only the volume says that it moves. */
export function giveUp(work: Work, reason: string): Step {
  const volume = moving(work);
  if (volume === null) return overtaken(work);
  return {
    changes: [update('volume', volume.id, { migrationStatus: 'error', ...freedStatus(work.world, volume) })],
    message: `${volume.name} stays where it is`,
    outcome: 'failed',
    reason,
  };
}

export function goOn(changes: readonly Change[], next: OperationPhase, message: string): Step {
  return { changes, message, outcome: 'running', next };
}

export function goBack(reason: string, cause: FailureCause = 'fault'): Step {
  return { changes: [], message: 'It is undone', outcome: 'running', next: 'roll-back', reason, cause };
}

/**
 * The volume is in its new place from now on, and what it was in is to be deleted.
 * @param first what is written before
 */
export function changePlaces(work: Work, message: string, first: readonly Change[] = []): Step {
  const world = applyChanges(work.world, first);
  const now = { ...work, world };
  const volume = moving(now);
  const target = targetOf(now);
  if (volume === null || target === null) return goBack('It is not being moved any more.', 'overtaken');
  return goOn([...first, ...changedPlaces(world, volume, target)], 'finish', message);
}
