/**
 * The way back of a migration: guests get the volume they had, and the hidden volume goes.
 */
import { type Change, remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { attachmentsOf } from '../engine/world';
import { isMigrating } from '../volume';
import { volumeOfWork } from '../volume-verbs/volume-work';
import { freedStatus, pairsOf, targetOf } from './migration-records';

/** @returns what becomes of the volume itself, unless somebody has set it to something else */
function stays(work: Work): Change[] {
  const volume = volumeOfWork(work);
  if (volume === null) return [];
  if (volume.status !== 'retyping' && !isMigrating(volume.migrationStatus)) return [];
  return [update('volume', volume.id, { migrationStatus: 'error', ...freedStatus(work.world, volume) })];
}

/** For who says himself that it has failed, giving it up is what he wanted. */
function end(work: Work, changes: readonly Change[], message: string, more = ''): Step {
  if (work.operation.action === 'volume.complete-migration' && more === '')
    return { changes, message, outcome: 'succeeded' };
  const reason = `${work.operation.reason ?? 'It was given up.'}${more}`;
  return { changes, message, outcome: 'failed', reason, ...(more === '' ? {} : { cause: 'fault' as const }) };
}

export const rollBack: Phase = {
  tasks: (work) => {
    const volume = volumeOfWork(work);
    const target = targetOf(work);
    if (target === null) return [];
    const disks = volume === null ? [] : pairsOf(work.world, volume.id, target.id);
    const undone = work.operation.carry.moving === true ? disks : [];
    return [
      ...undone.map(({ from, to }) => ({
        call: 'swapDevice' as const,
        serverId: from.serverId ?? '',
        volumeId: from.volumeId,
        args: { fromAttachmentId: to.id, toAttachmentId: from.id },
      })),
      ...attachmentsOf(work.world, target.id)
        .filter((each) => each.connector !== null)
        .map((each) => ({ call: 'terminateConnection' as const, attachmentId: each.id })),
      { call: 'deleteVolume' as const, volumeId: target.id, args: { pool: target.pool } },
    ];
  },
  done: (work) => {
    const target = targetOf(work);
    const gone =
      target === null
        ? []
        : [
            ...attachmentsOf(work.world, target.id).map((each) => remove('attachment', each.id)),
            remove('volume', target.id),
          ];
    return end(work, [...gone, ...stays(work)], 'The volume is where it was');
  },
  failed: (work, reason) => {
    const target = targetOf(work);
    const left =
      target === null
        ? []
        : [
            ...attachmentsOf(work.world, target.id).map((each) =>
              update('attachment', each.id, { attachStatus: 'error_attaching' }),
            ),
            update('volume', target.id, {
              status: 'error',
              attachStatus: 'detached',
              migrationStatus: 'error',
            }),
          ];
    return end(
      work,
      [...left, ...stays(work)],
      'The hidden volume is left',
      ` The way back failed as well: ${reason}`,
    );
  },
};
