/**
 * How a volume gets to another pool. Storage moves it by itself where nobody has it attached; else its data are copied to
 * a hidden volume, by storage or by the hosts of the servers that have it, and the two records change places.
 *
 *   reserve ─┬─ copy ─────────────────────────────────────────▶ done            (storage moves it)
 *            └─ build ─┬─ copy ───────────────────────┬─ finish ▶ done          (storage copies it)
 *                      └─ connect ─ export ─ swap ─ disconnect ┘                (hosts copy it)
 */
import { CONNECTED } from '../attachment-life';
import { applyChanges, type Change, remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { attachmentsOf, type VolumeRecord } from '../engine/world';
import type { OperationPhase } from '../operation';
import { isMigrating } from '../volume';
import { overtaken, volumeOfWork } from '../volume-verbs/volume-work';
import {
  changedPlaces,
  freedStatus,
  hiddenTarget,
  pairsOf,
  reservedFor,
  targetOf,
} from './migration-records';
import { rollBack } from './migration-roll-back';

/** @returns the volume while it is this operation that moves it */
function moving(work: Work): VolumeRecord | null {
  const volume = volumeOfWork(work);
  if (volume === null) return null;
  return volume.status === 'retyping' || isMigrating(volume.migrationStatus) ? volume : null;
}

/** Nothing was made yet: only the volume says that it moves. */
function giveUp(work: Work, reason: string): Step {
  const volume = moving(work);
  if (volume === null) return overtaken(work);
  return {
    changes: [update('volume', volume.id, { migrationStatus: 'error', ...freedStatus(work.world, volume) })],
    message: `${volume.name} stays where it is`,
    outcome: 'failed',
    reason,
  };
}

function goOn(changes: readonly Change[], next: OperationPhase, message: string): Step {
  return { changes, message, outcome: 'running', next };
}

function goBack(reason: string): Step {
  return { changes: [], message: 'It is undone', outcome: 'running', next: 'roll-back', reason };
}

/** @returns why no host can copy it for its server; null when all can, and when none needs to */
function hostProblem(work: Work, volume: VolumeRecord): string | null {
  const held = attachmentsOf(work.world, volume.id).filter((each) => each.attachStatus === 'attached');
  const homeless = held.find((each) => {
    const server = work.world.server.get(each.serverId ?? '');
    return server === undefined || server.host === null;
  });
  if (homeless !== undefined)
    return `attachment ${homeless.id} is of no server on a host here, so that no host can copy the data for it`;
  // Compute refuses to copy under several writers (nova compute/api.py, swap_volume).
  const writers = held.filter((each) => each.mode !== 'ro');
  return writers.length > 1
    ? `${writers.length} servers can write to it; it can be moved under one at most`
    : null;
}

const reserve: Phase = {
  tasks: () => [],
  done: (work) => {
    const { pool, problem, way, typeId } = work.operation.carry;
    const volume = moving(work);
    if (volume === null) return overtaken(work);
    if (typeof pool !== 'string')
      return giveUp(work, typeof problem === 'string' ? problem : 'no pool was found');
    const begun = update('volume', volume.id, { migrationStatus: 'migrating' });
    if (way === 'by-storage' && attachmentsOf(work.world, volume.id).length === 0)
      return goOn([begun], 'copy', `Storage moves ${volume.name} to ${pool}`);
    const cannot = hostProblem(work, volume);
    if (cannot !== null) return giveUp(work, cannot);
    const type = work.world.volumeType.get(typeof typeId === 'string' ? typeId : volume.typeId);
    const target = hiddenTarget(work.fresh(), volume, pool, type);
    return {
      ...goOn([begun, { table: 'volume', op: 'insert', row: target }], 'build', `Room is made in ${pool}`),
      carry: { volumes: [target.id] },
    };
  },
  failed: giveUp,
};

const build: Phase = {
  tasks: (work) => {
    const target = targetOf(work);
    if (target === null) return [];
    return [
      { call: 'createVolume', volumeId: target.id, args: { sizeGib: target.sizeGib, pool: target.pool } },
    ];
  },
  done: (work) => {
    const volume = moving(work);
    const target = targetOf(work);
    if (volume === null || target === null) return goBack('overtaken: it is not being moved any more');
    const held = attachmentsOf(work.world, volume.id).filter((each) => each.attachStatus === 'attached');
    if (held.length === 0)
      return goOn([update('volume', target.id, { status: 'available' })], 'copy', 'Its data are copied');
    const reserved = held.map((each) => reservedFor(work.fresh(), each, target));
    return goOn(
      [...reserved, update('volume', target.id, { status: 'reserved', attachStatus: 'reserved' })],
      'connect',
      'The hosts of its servers connect to the new place',
    );
  },
  failed: (_work, reason) => goBack(reason),
};

/** @returns pairs of this migration; empty when it is not ours any more */
function pairs(work: Work) {
  const volume = moving(work);
  const target = targetOf(work);
  return volume === null || target === null ? [] : pairsOf(work.world, volume.id, target.id);
}

const connect: Phase = {
  tasks: (work) => pairs(work).map(({ to }) => ({ call: 'getConnector', attachmentId: to.id })),
  done: (work, connectors) => {
    const found = pairs(work);
    const target = targetOf(work);
    if (found.length === 0 || found.length !== connectors.length || target === null)
      return goBack('overtaken: its attachments were changed meanwhile');
    return goOn(
      [
        ...found.map(({ from, to }, index) =>
          update('attachment', to.id, {
            connector: typeof connectors[index] === 'string' ? connectors[index] : null,
            attachStatus: CONNECTED.attachStatus,
            attachedHost: from.attachedHost,
            mountpoint: from.mountpoint,
          }),
        ),
        update('volume', target.id, CONNECTED.volume),
      ],
      'export',
      'The hosts have said who they are',
    );
  },
  failed: (_work, reason) => goBack(reason),
};

const exportTarget: Phase = {
  tasks: (work) => pairs(work).map(({ to }) => ({ call: 'initializeConnection', attachmentId: to.id })),
  done: (work, infos) => {
    const found = pairs(work);
    if (found.length === 0 || found.length !== infos.length)
      return goBack('overtaken: its attachments were changed meanwhile');
    const changes = found.map(({ to }, index) =>
      update('attachment', to.id, {
        connectionInfo: typeof infos[index] === 'string' ? infos[index] : null,
      }),
    );
    return {
      ...goOn(changes, 'swap', 'The hosts can reach the new place'),
      // From now on nobody knows which volume a guest has, until somebody says so.
      carry: { moving: true },
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const swap: Phase = {
  tasks: (work) =>
    pairs(work).map(({ from, to }) => ({
      call: 'swapDevice',
      serverId: from.serverId ?? '',
      volumeId: to.volumeId,
      args: { fromAttachmentId: from.id, toAttachmentId: to.id },
    })),
  done: (work) =>
    pairs(work).length === 0
      ? goBack('overtaken: its attachments were changed meanwhile')
      : goOn([], 'disconnect', 'The hosts have copied it, and the guests write to the new place'),
  failed: (_work, reason) => goBack(reason),
};

/** The old connections go while their records still tell of them. Whether that works out, there is no way back. */
const disconnect: Phase = {
  tasks: (work) => pairs(work).map(({ from }) => ({ call: 'terminateConnection', attachmentId: from.id })),
  done: (work) => changePlaces(work, 'The old connections are gone'),
  failed: (work, reason) => changePlaces(work, `An old connection is left: ${reason}`),
};

function changePlaces(work: Work, message: string): Step {
  const volume = moving(work);
  const target = targetOf(work);
  if (volume === null || target === null) return goBack('overtaken: it is not being moved any more');
  return goOn(changedPlaces(work.world, volume, target), 'finish', message);
}

const copy: Phase = {
  tasks: (work) => {
    const volume = moving(work);
    const target = targetOf(work);
    const { pool } = work.operation.carry;
    if (volume === null || typeof pool !== 'string') return [];
    const args = target === null ? { pool } : { pool, toVolumeId: target.id };
    return [{ call: 'copyVolume', volumeId: volume.id, args }];
  },
  done: (work) => {
    const volume = moving(work);
    const target = targetOf(work);
    if (target === null) return movedByStorage(work);
    if (volume !== null && attachmentsOf(work.world, volume.id).length > 0)
      return goBack('somebody attached it while it was copied, so that the copy is out of date');
    return changePlaces(work, 'Its data are copied');
  },
  failed: (work, reason) => (targetOf(work) === null ? giveUp(work, reason) : goBack(reason)),
};

function movedByStorage(work: Work): Step {
  const { pool } = work.operation.carry;
  const there = typeof pool === 'string' ? { pool } : {};
  const volume = moving(work);
  if (volume === null) {
    const other = volumeOfWork(work);
    // Where its data are is a fact, whatever its status says by now.
    return overtaken(work, other === null ? [] : [update('volume', other.id, there)]);
  }
  return {
    changes: [
      update('volume', volume.id, {
        ...there,
        migrationStatus: 'success',
        ...freedStatus(work.world, volume),
      }),
    ],
    message: `${volume.name} is in ${typeof pool === 'string' ? pool : 'its new place'}`,
    outcome: 'succeeded',
  };
}

/** The hidden record has the old place by now; it goes, and nothing hangs on whether that works out. */
const finish: Phase = {
  tasks: (work) => {
    const target = targetOf(work);
    return target?.status === 'deleting'
      ? [{ call: 'deleteVolume', volumeId: target.id, args: { pool: target.pool } }]
      : [];
  },
  done: (work) => {
    const target = targetOf(work);
    return completed(
      work,
      target?.status === 'deleting' ? [remove('volume', target.id)] : [],
      'The old data are gone',
    );
  },
  failed: (work, reason) => {
    const target = targetOf(work);
    const left = target === null ? [] : [update('volume', target.id, { status: 'error_deleting' })];
    return completed(work, left, `The old data could not be deleted: ${reason}`);
  },
};

function completed(work: Work, changes: readonly Change[], message: string): Step {
  const volume = volumeOfWork(work);
  if (volume === null || volume.migrationStatus !== 'completing') return overtaken(work, changes);
  const world = applyChanges(work.world, changes);
  return {
    changes: [
      ...changes,
      update('volume', volume.id, { migrationStatus: 'success', ...freedStatus(world, volume) }),
    ],
    message,
    outcome: 'succeeded',
  };
}

export const MIGRATION_PHASES = {
  reserve,
  build,
  connect,
  export: exportTarget,
  swap,
  disconnect,
  copy,
  finish,
  'roll-back': rollBack,
} as const;
