/**
 * A server loses all its disks for good: it is deleted, or could not be made. Volumes that go with it are deleted, the
 * others are free again. Nothing that storage says stops it (Nova compute/manager.py, _shutdown_instance and
 * _cleanup_volumes).
 */
import { applyChanges, type Change, remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { attachmentsOf, ownerOf, type ServerRecord, snapshotsOf, type World } from '../engine/world';
import type { TaskState } from '../server';
import { isMigrating, type VolumeStatus } from '../volume';
import { disconnectPhase, type Last, nextDisk } from './disconnect-disks';
import { leaveToStorage, letGo } from './disk-moves';
import { carriedIds, serverInHand, serverOvertaken } from './server-work';

interface Way {
  /** Tasks of the server during which this is ours. */
  tasks: readonly TaskState[];
  end(work: Work, server: ServerRecord, last: Last): Step;
}

const DELETABLE: readonly VolumeStatus[] = ['available', 'error', 'error_restoring', 'error_extending'];

/** Whether storage would delete the volume (Cinder volume/api.py, delete); what it refuses stays as it is. */
function mayBeDeleted(world: World, volumeId: string): boolean {
  const volume = world.volume.get(volumeId);
  if (volume === undefined) return false;
  const free =
    DELETABLE.includes(volume.status) && !isMigrating(volume.migrationStatus) && volume.groupId === null;
  const alone = attachmentsOf(world, volumeId).length === 0 && snapshotsOf(world, volumeId).length === 0;
  return free && alone && ownerOf(world, volumeId) === null;
}

/** @returns phases `disconnect` (of each disk that `carry` names) and `clear` (its volume is deleted) */
export function letGoPhases(way: Way): { disconnect: Phase; clear: Phase } {
  const disconnect = disconnectPhase({
    tasks: way.tasks,
    phase: 'disconnect',
    end: way.end,
    disk: ({ world }, disk, gone) => {
      if (!gone) return { changes: leaveToStorage(world, disk) };
      const changes = letGo(world, disk);
      const { volumeId } = disk;
      if (!disk.deleteOnTermination || !mayBeDeleted(applyChanges(world, changes), volumeId))
        return { changes };
      const message = `${world.volume.get(volumeId)?.name ?? volumeId} is let go, and is deleted with the server`;
      const deleting = update('volume', volumeId, { status: 'deleting', attachStatus: 'detached' });
      return { changes: [...changes, deleting], detour: { phase: 'clear', volumeId, message } };
    },
  });
  const clear: Phase = {
    tasks: (work) =>
      carriedIds(work, 'volumes').map((volumeId) => ({ call: 'deleteVolume', volumeId, args: {} })),
    done: (work) => cleared(work, way, null),
    failed: (work, reason) => cleared(work, way, reason),
  };
  return { disconnect, clear };
}

function cleared(work: Work, way: Way, problem: string | null): Step {
  const volume = work.world.volume.get(carriedIds(work, 'volumes')[0] ?? '');
  const changes: Change[] =
    volume?.status !== 'deleting'
      ? []
      : [
          problem === null
            ? remove('volume', volume.id)
            : update('volume', volume.id, { status: 'error_deleting' }),
        ];
  const server = serverInHand(work, way.tasks);
  if (server === null) return serverOvertaken(work, changes);
  const name = volume?.name ?? 'The volume';
  const said = problem === null ? `${name} is deleted` : `${name} could not be deleted: ${problem}`;
  return nextDisk(work, { phase: 'disconnect', end: way.end }, server, carriedIds(work, 'attachments'), {
    changes,
    said,
  });
}
