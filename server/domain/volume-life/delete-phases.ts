/**
 * How a volume goes: first the snapshots that go along, then the volume itself.
 */
import { remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { attachmentsOf, type SnapshotRecord, snapshotsOf, type VolumeRecord } from '../engine/world';
import { overtaken, volumeOfWork } from '../volume-verbs/volume-work';

/** The volume, while it is going by this operation. */
function going(work: Work): VolumeRecord | null {
  const volume = volumeOfWork(work);
  const ours = volume?.status === 'deleting' || volume?.status === 'error_managing_deleting';
  return ours ? volume : null;
}

/** Snapshots that go along, as far as nobody has set them to something else. */
function along(work: Work): SnapshotRecord[] {
  const ids = work.operation.carry.snapshots;
  return Array.isArray(ids)
    ? snapshotsOf(work.world, work.operation.owns ?? '').filter(
        (each) => ids.includes(each.id) && each.status === 'deleting',
      )
    : [];
}

function failed(work: Work, reason: string): Step {
  const volume = going(work);
  if (volume === null) return overtaken(work);
  return {
    changes: [
      ...along(work).map((each) => update('snapshot', each.id, { status: 'error_deleting' })),
      update('volume', volume.id, { status: 'error_deleting' }),
    ],
    message: `${volume.name} could not be deleted`,
    outcome: 'failed',
    reason,
  };
}

const clear: Phase = {
  tasks: (work) =>
    along(work).map(({ id, volumeId }) => ({ call: 'deleteSnapshot', volumeId, args: { snapshotId: id } })),
  done: (work) => {
    const snapshots = along(work);
    const volume = going(work);
    if (volume === null)
      return overtaken(
        work,
        snapshots.map((each) => remove('snapshot', each.id)),
      );
    // One that is not ours any more keeps the volume from going (cinder volume/manager.py, delete_volume cascade).
    const left = snapshotsOf(work.world, volume.id).filter((each) => !snapshots.includes(each));
    const removed = snapshots.map((each) => remove('snapshot', each.id));
    const [first] = left;
    if (first !== undefined) {
      return {
        changes: [...removed, update('volume', volume.id, { status: 'error_deleting' })],
        message: `${volume.name} still has snapshot ${first.name}`,
        outcome: 'failed',
        reason: `Snapshot ${first.name} is ${first.status} by now, and keeps the volume from being deleted.`,
      };
    }
    return { changes: removed, message: 'Its snapshots are deleted', outcome: 'running', next: 'finish' };
  },
  failed,
};

const finish: Phase = {
  tasks: (work) => {
    const volume = going(work);
    return volume === null
      ? []
      : [{ call: 'deleteVolume', volumeId: volume.id, args: { pool: volume.pool } }];
  },
  done: (work) => {
    const volume = going(work);
    if (volume === null) return overtaken(work);
    return {
      changes: [
        ...attachmentsOf(work.world, volume.id).map((each) => remove('attachment', each.id)),
        ...snapshotsOf(work.world, volume.id).map((each) => remove('snapshot', each.id)),
        remove('volume', volume.id),
      ],
      message: `${volume.name} is deleted`,
      outcome: 'succeeded',
    };
  },
  failed,
};

export const DELETE_PHASES = { clear, finish };
