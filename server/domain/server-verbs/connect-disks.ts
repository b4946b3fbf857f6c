/**
 * A server's disks are connected to its host: all connectors first, because storage needs them, then all exports.
 */
import type { Json } from '../connection';
import { allocateDevice } from '../device';
import type { DriverTask } from '../driver-task';
import { applyChanges, type Change, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { type AttachmentRecord, disksOf, type ServerRecord, type World } from '../engine/world';
import type { OperationPhase } from '../operation';
import type { TaskState } from '../server';
import { connected } from './disk-moves';
import { carriedIds, serverInHand, serverOvertaken } from './server-work';

interface Way {
  /** Tasks of the server during which this is ours. */
  tasks: readonly TaskState[];
  /** The phase after it, and the task of the server then. */
  next: OperationPhase;
  task: TaskState;
  /** When it failed. */
  failed(work: Work, server: ServerRecord, reason: string): Step;
}

/** @returns the phases `reserve` (who is the host?) and `connect` (export to it) of the disks that `carry` names */
export function connectPhases(way: Way): { reserve: Phase; connect: Phase } {
  return {
    reserve: connectPhase(askConnector, way, (work, server, disks) => ({
      changes: disks.map(([disk, connector], at) => {
        const device = disk.device ?? freeDevice(work.world, server, disks.slice(0, at));
        return update('attachment', disk.id, {
          connector: String(connector),
          attachedHost: server.host,
          device,
        });
      }),
      carry: { unnamed: unnamed(work, disks) },
      message: `Host ${server.host ?? ''} says who it is to storage`,
      outcome: 'running',
      next: 'connect',
    })),
    connect: connectPhase(askExport, way, (work, server, disks) => {
      const exported = inTurn(work.world, disks, (world, [disk, info]) =>
        connected(world, disk, String(info)),
      );
      return {
        changes: [...exported, update('server', server.id, { taskState: way.task })],
        message: `${disks.length === 1 ? 'One disk is' : `${disks.length} disks are`} connected to ${server.host ?? ''}`,
        outcome: 'running',
        next: way.next,
      };
    }),
  };
}

function askConnector(attachmentId: string): DriverTask {
  return { call: 'getConnector', attachmentId };
}

function askExport(attachmentId: string): DriverTask {
  return { call: 'initializeConnection', attachmentId };
}

type Answered = readonly [AttachmentRecord, Json];

function connectPhase(
  taskOf: (attachmentId: string) => DriverTask,
  way: Way,
  done: (work: Work, server: ServerRecord, disks: readonly Answered[]) => Step,
): Phase {
  return {
    tasks: (work) => carriedIds(work, 'attachments').map(taskOf),
    done: (work, answers) => {
      const server = serverInHand(work, way.tasks);
      if (server === null) return serverOvertaken(work);
      const disks = carriedIds(work, 'attachments').flatMap((id, at): Answered[] => {
        const disk = work.world.attachment.get(id);
        return disk?.serverId === server.id ? [[disk, answers[at] ?? null]] : [];
      });
      if (disks.length < answers.length)
        return way.failed(work, server, `A disk of ${server.name} was taken away meanwhile.`);
      return done(work, server, disks);
    },
    failed: (work, reason) => {
      const server = serverInHand(work, way.tasks);
      return server === null ? serverOvertaken(work) : way.failed(work, server, reason);
    },
  };
}

/** @returns the changes of all, each made on what those before it have left */
export function inTurn<Item>(
  world: World,
  items: readonly Item[],
  changesOf: (world: World, item: Item) => Change[],
): Change[] {
  let now = world;
  return items.flatMap((item) => {
    const changes = changesOf(now, item);
    now = applyChanges(now, changes);
    return changes;
  });
}

/** Attached while the server was on no host, a disk has no name yet; it gets the next free one. */
function freeDevice(world: World, server: ServerRecord, before: readonly Answered[]): string {
  const taken = disksOf(world, server.id).map(({ device }) => device);
  const named: string[] = [];
  for (const [disk] of before) {
    if (disk.device === null) named.push(nextDevice(server, [...taken, ...named]));
  }
  return nextDevice(server, [...taken, ...named]);
}

function nextDevice({ rootDeviceName }: ServerRecord, devices: readonly (string | null)[]): string {
  return allocateDevice(null, { rootDeviceName, devices });
}

function unnamed(work: Work, disks: readonly Answered[]): string[] {
  const before = work.operation.carry.unnamed;
  const known = Array.isArray(before) ? before.filter((each) => typeof each === 'string') : [];
  return [...known, ...disks.flatMap(([disk]) => (disk.device === null ? [disk.volumeId] : []))];
}
