/**
 * How a new server comes to be: volumes are made for it one after another, all its disks are connected, the host makes
 * it. Where something fails, its disks are let go, and it is in ERROR.
 */
import type { DriverTask } from '../driver-task';
import { applyChanges, type Change, remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { type AttachmentRecord, disksOf, type ServerRecord, type VolumeRecord } from '../engine/world';
import { POWER_STATE } from '../server-action';
import { imageMetadataOf } from '../volume-life/create-source';
import { connectPhases } from './connect-disks';
import { letGoPhases } from './let-go';
import { carriedIds, serverInHand, serverOvertaken } from './server-work';

const TASKS = ['scheduling', 'block_device_mapping', 'spawning'] as const;

/** The volume whose turn it is, with its disk. */
function current(work: Work): { volume: VolumeRecord; disk: AttachmentRecord } | null {
  const volume = work.world.volume.get(carriedIds(work, 'volumes')[0] ?? '');
  const disk = [...work.world.attachment.values()].find(
    ({ volumeId, serverId }) => volumeId === volume?.id && serverId === work.operation.subject.serverId,
  );
  return volume?.status === 'creating' && disk !== undefined ? { volume, disk } : null;
}

function imageIdOf(work: Work, volumeId: string): string | null {
  const images = work.operation.carry.images;
  if (typeof images !== 'object' || images === null || Array.isArray(images)) return null;
  const id = (images as { readonly [key: string]: unknown })[volumeId];
  return typeof id === 'string' ? id : null;
}

const build: Phase = {
  tasks: (work): DriverTask[] => {
    const turn = current(work);
    if (work.operation.carry.problem !== null || turn === null || turn.volume.pool === null) return [];
    const { id: volumeId, sizeGib, pool, snapshotId, sourceVolumeId } = turn.volume;
    const imageId = imageIdOf(work, volumeId);
    return [
      { call: 'createVolume', volumeId, args: { sizeGib, pool, snapshotId, sourceVolumeId } },
      ...(imageId === null ? [] : [{ call: 'reimageVolume', volumeId, args: { imageId } } as const]),
    ];
  },
  done: (work) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work, notMade(work));
    const { problem } = work.operation.carry;
    if (problem === 'no-host') return unscheduled(server);
    if (problem !== null)
      return goBack(work, server, `${server.name} would have more disks than are allowed.`);
    const turn = current(work);
    if (turn === null) return goBack(work, server, 'A volume that was being made was taken away meanwhile.');
    if (turn.volume.pool === null) return notBuilt(work, 'No storage pool can take the volume.');
    return made(work, turn);
  },
  failed: (work, reason) => notBuilt(work, reason),
};

function made(work: Work, { volume, disk }: { volume: VolumeRecord; disk: AttachmentRecord }): Step {
  const image = work.world.image.get(imageIdOf(work, volume.id) ?? '');
  const fromImage = image === undefined ? {} : { bootable: true, imageMetadata: imageMetadataOf(image) };
  const rest = carriedIds(work, 'volumes').slice(1);
  return {
    changes: [
      update('attachment', disk.id, { attachStatus: 'reserved' }),
      update('volume', volume.id, { ...fromImage, status: 'reserved' }),
    ],
    message: `${volume.name} is made`,
    outcome: 'running',
    next: rest.length > 0 ? 'build' : 'reserve',
    carry: { volumes: rest },
  };
}

/** The one whose turn it was is in error; those after it were never begun, and go. */
function notMade(work: Work): Change[] {
  const [failed, ...rest] = carriedIds(work, 'volumes').filter(
    (id) => work.world.volume.get(id)?.status === 'creating',
  );
  const disks = [...work.world.attachment.values()];
  return [
    ...(failed === undefined ? [] : [update('volume', failed, { status: 'error' })]),
    ...disks.filter(({ volumeId }) => rest.includes(volumeId)).map(({ id }) => remove('attachment', id)),
    ...rest.map((id) => remove('volume', id)),
  ];
}

function notBuilt(work: Work, reason: string): Step {
  const server = serverInHand(work, TASKS);
  const changes = notMade(work);
  return server === null ? serverOvertaken(work, changes) : goBack(work, server, reason, changes);
}

/** Its volumes stay reserved for it, until it is deleted (Nova conductor/manager.py, _bury_in_cell0). */
function unscheduled(server: ServerRecord): Step {
  return {
    changes: [update('server', server.id, { vmState: 'error', taskState: null })],
    message: `No host takes ${server.name}`,
    outcome: 'failed',
    reason: 'No host that is up and enabled can take it with its volumes.',
  };
}

function goBack(work: Work, server: ServerRecord, reason: string, changes: readonly Change[] = []): Step {
  const attachments = disksOf(applyChanges(work.world, changes), server.id).map(({ id }) => id);
  return {
    changes,
    message: `${server.name} cannot be made; its disks are let go`,
    outcome: 'running',
    next: 'disconnect',
    reason,
    carry: { attachments, volumes: [] },
  };
}

const spawn: Phase = {
  tasks: ({ world, operation }) => {
    const serverId = operation.subject.serverId ?? '';
    const server = world.server.get(serverId);
    const args = { imageId: server?.imageId ?? null, flavorId: server?.flavorId ?? null };
    return [{ call: 'spawn', serverId, args }];
  },
  done: (work) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    const set = {
      vmState: 'active',
      taskState: null,
      powerState: POWER_STATE.running,
      launched: true,
    } as const;
    return {
      changes: [update('server', server.id, set)],
      message: `${server.name} is ACTIVE`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    // The host may have made it nevertheless; its disks are free when it is gone.
    return {
      changes: [],
      message: `${server.name} is removed from its host again`,
      outcome: 'running',
      next: 'roll-back',
      reason,
    };
  },
};

const unspawn: Phase = {
  tasks: ({ operation }) => [{ call: 'destroy', serverId: operation.subject.serverId ?? '', args: {} }],
  done: (work) => {
    const server = serverInHand(work, TASKS);
    return server === null ? serverOvertaken(work) : goBack(work, server, work.operation.reason ?? '');
  },
  failed: (work, reason) => {
    const server = serverInHand(work, TASKS);
    return server === null ? serverOvertaken(work) : stuck(server, work.operation.reason ?? reason);
  },
};

/** Nobody knows whether it runs: it keeps its disks, until it is deleted. */
function stuck(server: ServerRecord, reason: string): Step {
  return {
    changes: [update('server', server.id, { vmState: 'error', taskState: null })],
    message: `${server.name} could not be removed from its host, and keeps its disks`,
    outcome: 'failed',
    reason,
  };
}

export const CREATE_SERVER_PHASES = {
  build,
  ...connectPhases({ tasks: TASKS, next: 'act', task: 'spawning', failed: goBack }),
  act: spawn,
  'roll-back': unspawn,
  ...letGoPhases({
    tasks: TASKS,
    end: ({ operation }, server, { changes, said }) => ({
      changes: [...changes, update('server', server.id, { vmState: 'error', taskState: null, host: null })],
      message: `${said === '' ? '' : `${said}; `}${server.name} is in ERROR`,
      outcome: 'failed',
      reason: operation.reason ?? 'It could not be made.',
    }),
  }),
};
