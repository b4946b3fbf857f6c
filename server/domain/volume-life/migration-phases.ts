/**
 * How a volume gets to another pool. Storage moves it by itself where nobody has it attached; else its data are copied to
 * a hidden volume, by storage or by the hosts of the servers that have it, and the two records change places.
 *
 *   reserve ─┬─ copy ─────────────────────────────────────────▶ done            (storage moves it)
 *            └─ build ─┬─ copy ───────────────────────┬─ finish ▶ done          (storage copies it)
 *                      └─ connect ─ export ─ swap ─ disconnect ┘                (hosts copy it)
 */
import { applyChanges, type Change, remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { attachmentsOf } from '../engine/world';
import { overtaken, volumeOfWork } from '../volume-verbs/volume-work';
import { HOST_PHASES, hostProblem } from './copy-by-hosts';
import { encryptedAs, unfitByNow } from './encrypted-as';
import { freedStatus, hiddenTarget, reservedFor, targetOf } from './migration-records';
import { rollBack } from './migration-roll-back';
import { changePlaces, giveUp, goBack, goOn, moving } from './migration-steps';

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
    const unfit = typeof typeId === 'string' ? unfitByNow(volume, type) : null;
    if (unfit !== null) return giveUp(work, unfit);
    const before = work.world.volumeType.get(volume.typeId);
    const target = {
      ...hiddenTarget(work.fresh(), volume, pool, type),
      ...encryptedAs(volume, before, type, work.fresh),
    };
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
    if (volume === null || target === null) return goBack('It is not being moved any more.', 'overtaken');
    if (attachmentsOf(work.world, target.id).length > 0)
      return goBack('Somebody attached the volume that it was to be copied to.', 'overtaken');
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
      return goBack(
        'Somebody attached it while it was copied, so that the copy is out of date.',
        'overtaken',
      );
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
  ...HOST_PHASES,
  copy,
  finish,
  'roll-back': rollBack,
} as const;
