/**
 * A volume grows. Storage makes it larger; the hosts of the servers that have it attached are told, so that guests see
 * the new size.
 */
import { type Change, update } from '../engine/change';
import { defineVerb, type Phase, type Step, type Work } from '../engine/verb';
import { attachmentsOf, type VolumeRecord, type World } from '../engine/world';
import { extendable, moreOf, NEW_SIZE_QUOTA_RULES, NEW_SIZE_RULES } from './extend-rules';
import { notInHandsRule, statusRule, volumeOf } from './volume-rules';
import { volumeAction } from './volume-words';
import { carriedNumber, impliedBy, overtaken, ownVolume, statusBefore, volumeOfWork } from './volume-work';

const SOURCE = 'cinder volume/api.py, _extend';

/** GiB; the API's own bound. */
export const MOST_GIB = 2_147_483_647;

/** @returns servers' disks whose guests are to see the new size */
function disksToTell(world: World, volumeId: string) {
  return attachmentsOf(world, volumeId).filter(
    ({ serverId, attachStatus }) =>
      serverId !== null && attachStatus === 'attached' && world.server.get(serverId)?.host !== null,
  );
}

function lacksRoom(world: World, volume: VolumeRecord, addGib: number): boolean {
  const free = volume.pool === null ? null : (world.pool.get(volume.pool)?.freeGib ?? null);
  return free !== null && free < addGib;
}

/**
 * The volume after it has grown: what its attachments say, whatever it was before (cinder volume/manager.py,
 * _finish_extend).
 */
export function grown(world: World, volume: VolumeRecord, sizeGib: number): Change {
  const { status } = impliedBy(world, volume.id);
  return update('volume', volume.id, { sizeGib, status, previousStatus: null });
}

/** What storage has made larger is larger, whatever its status says by now. */
function finish(work: Work, message: string): Step {
  const sizeGib = carriedNumber(work, 'sizeGib');
  const volume = ownVolume(work, 'extending');
  if (volume === null) {
    const other = volumeOfWork(work);
    return overtaken(work, other === null ? [] : [update('volume', other.id, { sizeGib })]);
  }
  return { changes: [grown(work.world, volume, sizeGib)], message, outcome: 'succeeded' };
}

function failExtend(work: Work, reason: string): Step {
  const volume = ownVolume(work, 'extending');
  if (volume === null) return overtaken(work);
  return {
    changes: [update('volume', volume.id, { status: 'error_extending' })],
    message: `${volume.name} could not be extended`,
    outcome: 'failed',
    reason,
  };
}

/** No backend has room: nothing was touched (cinder scheduler/manager.py, extend_volume). */
function giveUp(work: Work): Step {
  const volume = ownVolume(work, 'extending');
  if (volume === null) return overtaken(work);
  return {
    changes: [
      update('volume', volume.id, { status: statusBefore(work.world, volume), previousStatus: null }),
    ],
    message: `Pool ${volume.pool ?? ''} has no room for that`,
    outcome: 'failed',
    reason: `pool ${volume.pool ?? ''} has not enough free capacity`,
  };
}

const grow: Phase = {
  tasks: ({ operation }) =>
    operation.carry.lacksRoom === true
      ? []
      : [
          {
            call: 'extendVolume',
            volumeId: operation.subject.volumeId ?? '',
            args: { sizeGib: carriedNumber({ operation }, 'sizeGib') },
          },
        ],
  done: (work, [answer]) => {
    if (work.operation.carry.lacksRoom === true) return giveUp(work);
    const volume = ownVolume(work, 'extending');
    if (volume === null) return finish(work, '');
    const told = disksToTell(work.world, volume.id);
    // Storage that cannot resize what is attached leaves it to the host, and to the completion that follows.
    const byHost =
      typeof answer === 'object' && answer !== null && 'byHost' in answer && answer.byHost === true;
    if (told.length === 0 && !byHost) return finish(work, `${volume.name} has its new size`);
    return {
      changes: [],
      message: byHost ? 'The hosts are to resize it' : `Storage has extended ${volume.name}`,
      outcome: 'running',
      next: byHost ? 'complete' : 'tell',
    };
  },
  failed: failExtend,
};

function tellTasks({ world, operation }: Work) {
  const volumeId = operation.subject.volumeId ?? '';
  return disksToTell(world, volumeId).map(({ id, serverId }) => ({
    call: 'extendDevice' as const,
    serverId: serverId ?? '',
    volumeId,
    args: { attachmentId: id, sizeGib: carriedNumber({ operation }, 'sizeGib') },
  }));
}

const tell: Phase = {
  tasks: tellTasks,
  done: (work) => finish(work, 'Servers have been told of the new size'),
  // The volume is larger all the same; only the guest does not know (cinder volume/manager.py, message 007/009).
  failed: (work, reason) => {
    const step = finish(work, '');
    const why = `the volume has its new size, but a server could not be told: ${reason}`;
    return step.outcome === 'succeeded'
      ? {
          changes: step.changes,
          message: 'A server does not know its new size',
          outcome: 'failed',
          reason: why,
        }
      : step;
  },
};

/** Hosts resize it; whether that ends here or by an extend completion, one of the two comes first. */
const complete: Phase = {
  tasks: tellTasks,
  done: (work) => finish(work, 'The hosts have resized it'),
  failed: failExtend,
};

export const extendVolume = defineVerb({
  name: 'volume.extend',
  noun: 'volume',
  fields: {
    sizeGib: { kind: 'integer', label: 'New size', min: 1, max: MOST_GIB, unit: 'GiB' },
    // Before microversion 3.42 a volume in use was not extended (cinder api/contrib/volume_actions.py, _extend).
    inUse: { kind: 'flag', label: 'Also while it is in use', optional: true, untold: true },
  },
  life: { from: ['available', 'in-use'], during: 'extending', done: '=', failed: 'error_extending' },
  roots: ({ actor }) => ({ quotas: [actor.projectId] }),
  rules: [
    ...NEW_SIZE_RULES,
    statusRule(extendable, { doing: 'extending', source: SOURCE }),
    notInHandsRule({ doing: 'extending', source: SOURCE }),
    ...NEW_SIZE_QUOTA_RULES,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { sizeGib } = ask.input;
    const add = sizeGib - volume.sizeGib;
    return {
      changes: [update('volume', volume.id, { status: 'extending', previousStatus: volume.status })],
      subject: { volumeId: volume.id },
      job: {
        phase: 'act',
        owns: volume.id,
        carry: { sizeGib, lacksRoom: lacksRoom(ask.world, volume, add) },
        reserves: moreOf(ask),
      },
      message: `${volume.name} is to grow from ${volume.sizeGib} to ${sizeGib} GiB`,
    };
  },
  phases: { act: grow, tell, complete },
  initial: (ask) => ({ sizeGib: volumeOf(ask).sizeGib + 1 }),
  steps: (ask) => {
    const volume = volumeOf(ask);
    const { sizeGib } = ask.input;
    const size = sizeGib === undefined ? 'its new size' : `${sizeGib} GiB instead of ${volume.sizeGib}`;
    const servers = disksToTell(ask.world, volume.id).map(
      ({ serverId }) => ask.world.server.get(serverId ?? '')?.name ?? serverId,
    );
    return [
      `Volume ${volume.name} becomes extending: nobody can attach it or change it meanwhile.`,
      `Storage gives it ${size}, and the quota of its project is held for the difference.`,
      ...(servers.length === 0
        ? []
        : [`Server ${servers.join(' and ')} is told, so that its guest sees the new size.`]),
      `Afterwards it is ${impliedBy(ask.world, volume.id).status}.`,
    ];
  },
  warnings: (ask) => {
    const volume = volumeOf(ask);
    const add = (ask.input.sizeGib ?? volume.sizeGib) - volume.sizeGib;
    return [
      'A volume cannot be made smaller again. The file system on it has to be grown by its guest.',
      ...(lacksRoom(ask.world, volume, add) ? [`Pool ${volume.pool} has no room for ${add} GiB more.`] : []),
    ];
  },
  onFailure:
    'If storage has no room, it becomes what it was; if storage fails midway, it becomes error_extending. Either way it keeps its size, and the quota is given back.',
  spoken: (ask) => {
    const size = ask.input.sizeGib ?? 0;
    const version = volumeOf(ask).status === 'in-use' ? '--os-volume-api-version 3.42 ' : '';
    return volumeAction(ask, `openstack ${version}volume set --size ${size} ${ask.id}`, {
      'os-extend': { new_size: size },
    });
  },
});
