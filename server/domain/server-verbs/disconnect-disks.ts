/**
 * Storage takes its exports back, one disk after another, so that a disk which storage does not let go stops none of the
 * others.
 */
import type { DriverTask } from '../driver-task';
import type { Change } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import type { AttachmentRecord, ServerRecord } from '../engine/world';
import type { OperationPhase } from '../operation';
import type { TaskState } from '../server';
import { carriedIds, serverInHand, serverOvertaken } from './server-work';

interface Way {
  tasks: readonly TaskState[];
  /** The phase this is, to come back to for the next disk. */
  phase: OperationPhase;
  /** `host`: it gives the disk back first; a guest that was removed from it has none any more. */
  asks?: 'host' | 'storage';
  /** @param letGo whether storage did; the changes for that disk, and what else must happen with it before the next */
  disk(work: Work, disk: AttachmentRecord, letGo: boolean): { changes: Change[]; detour?: Detour };
  /** All disks are done. @param last what the last one comes to, to be written with the step, and a sentence of it */
  end(work: Work, server: ServerRecord, last: Last): Step;
}

export interface Last {
  changes: readonly Change[];
  said: string;
}

interface Detour {
  phase: OperationPhase;
  volumeId: string;
  message: string;
}

export function disconnectPhase(way: Way): Phase {
  return {
    tasks: (work): DriverTask[] => {
      const disk = current(work);
      // What was never exported has no export to take back.
      if (disk === null || disk.connector === null) return [];
      const { id: attachmentId } = disk;
      const back: DriverTask = { call: 'terminateConnection', attachmentId };
      return way.asks === 'host' ? [{ call: 'detachDevice', attachmentId }, back] : [back];
    },
    done: (work) => goOn(work, way, null),
    failed: (work, reason) => goOn(work, way, reason),
  };
}

function current(work: Work): AttachmentRecord | null {
  return work.world.attachment.get(carriedIds(work, 'attachments')[0] ?? '') ?? null;
}

function goOn(work: Work, way: Way, problem: string | null): Step {
  const server = serverInHand(work, way.tasks);
  if (server === null) return serverOvertaken(work);
  const disk = current(work);
  const rest = carriedIds(work, 'attachments').slice(1);
  // Ended by somebody else meanwhile: there is nothing left of it.
  if (disk === null)
    return nextDisk(work, way, server, rest, { changes: [], said: 'A disk was gone already' });
  const name = work.world.volume.get(disk.volumeId)?.name ?? disk.volumeId;
  const { changes, detour } = way.disk(work, disk, problem === null);
  if (detour !== undefined) {
    const { phase, volumeId, message } = detour;
    const carry = { volumes: [volumeId], attachments: rest };
    return { changes, message, outcome: 'running', next: phase, carry };
  }
  const said =
    problem === null
      ? `${name} is let go`
      : `Storage does not let ${name} go: ${problem} Its attachment ${disk.id} is left for somebody to delete.`;
  return nextDisk(work, way, server, rest, { changes, said });
}

/** @param rest ids of the attachments that are still to be done */
export function nextDisk(
  work: Work,
  way: Pick<Way, 'phase' | 'end'>,
  server: ServerRecord,
  rest: readonly string[],
  last: Last,
): Step {
  if (rest.length === 0) return way.end(work, server, last);
  const carry = { attachments: rest, volumes: [] };
  const message = last.said === '' ? 'A disk was gone already' : last.said;
  return { changes: last.changes, message, outcome: 'running', next: way.phase, carry };
}
