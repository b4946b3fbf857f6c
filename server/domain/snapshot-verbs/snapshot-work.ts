/**
 * What the phases of actions on a snapshot have in common.
 */
import type { Step, Work } from '../engine/verb';
import type { SnapshotRecord } from '../engine/world';
import type { SnapshotStatus } from '../snapshot';

/** @returns the snapshot while it is in the operation's own in-progress state; null when it is not, or gone */
export function ownSnapshot({ world, operation }: Work, status: SnapshotStatus): SnapshotRecord | null {
  const snapshot = world.snapshot.get(operation.owns ?? '');
  return snapshot?.status === status ? snapshot : null;
}

/** @returns the end of an operation whose snapshot somebody has taken over */
export function overtakenSnapshot({ world, operation }: Work): Step {
  const snapshot = world.snapshot.get(operation.owns ?? '');
  const now = snapshot === undefined ? 'is gone' : `is ${snapshot.status} by now`;
  return {
    changes: [],
    message: `The snapshot ${now}, and is left alone`,
    outcome: 'failed',
    cause: 'overtaken',
    reason: `Snapshot ${snapshot?.name ?? operation.owns ?? ''} ${now}.`,
  };
}
