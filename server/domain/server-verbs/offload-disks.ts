/**
 * A server leaves its host: each disk is let go there, and held for the server (Nova compute/manager.py,
 * _terminate_volume_connections).
 */
import type { Phase, Step, Work } from '../engine/verb';
import type { ServerRecord } from '../engine/world';
import type { OperationPhase } from '../operation';
import type { TaskState } from '../server';
import { disconnectPhase, type Last } from './disconnect-disks';
import { holdForServer } from './disk-moves';

/**
 * A disk that storage does not let go is held all the same, by a new attachment; the old one stays with storage, for
 * somebody to delete: the guest is gone, and cannot be given back.
 */
export function holdPhase(
  phase: OperationPhase,
  tasks: readonly TaskState[],
  end: (work: Work, server: ServerRecord, last: Last) => Step,
  asks: 'host' | 'storage' = 'storage',
): Phase {
  return disconnectPhase({
    tasks,
    phase,
    asks,
    end,
    disk: ({ world, fresh }, disk, letGo) => ({ changes: holdForServer(world, disk, fresh(), !letGo) }),
  });
}
