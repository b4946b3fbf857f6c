/**
 * A snapshot goes; by force whatever its status is.
 */
import { remove, update } from '../engine/change';
import { type Ask, defineVerb, type Phase, type Plan } from '../engine/verb';
import {
  snapshotAction,
  snapshotNotFrozenRule,
  snapshotOf,
  snapshotPath,
  snapshotStatusRule,
} from './snapshot-rules';
import { overtakenSnapshot, ownSnapshot } from './snapshot-work';

const SOURCE = 'cinder volume/api.py, delete_snapshot';
const ABOUT = { doing: 'deleting', source: SOURCE } as const;
const DELETABLE = ['available', 'error'] as const;

const finish: Phase = {
  tasks: (work) => {
    const snapshot = ownSnapshot(work, 'deleting');
    if (snapshot === null) return [];
    return [{ call: 'deleteSnapshot', volumeId: snapshot.volumeId, args: { snapshotId: snapshot.id } }];
  },
  done: (work) => {
    const snapshot = ownSnapshot(work, 'deleting');
    if (snapshot === null) return overtakenSnapshot(work);
    return {
      changes: [remove('snapshot', snapshot.id)],
      message: `Snapshot ${snapshot.name} is deleted`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const snapshot = ownSnapshot(work, 'deleting');
    if (snapshot === null) return overtakenSnapshot(work);
    return {
      changes: [update('snapshot', snapshot.id, { status: 'error_deleting' })],
      message: `Snapshot ${snapshot.name} could not be deleted`,
      outcome: 'failed',
      reason,
    };
  },
};

function plan(ask: Ask<object>): Plan {
  const snapshot = snapshotOf(ask);
  return {
    changes: [update('snapshot', snapshot.id, { status: 'deleting' })],
    subject: { volumeId: snapshot.volumeId, snapshotId: snapshot.id },
    job: { phase: 'finish', owns: snapshot.id },
    relieves: [snapshot.id],
    message: `Snapshot ${snapshot.name} is to be deleted`,
  };
}

function steps(ask: Ask<object>): string[] {
  const { name, sizeGib } = snapshotOf(ask);
  return [
    `Snapshot ${name} becomes deleting.`,
    `Storage deletes it; then it is gone, and its ${sizeGib} GiB of quota are free.`,
  ];
}

const LOST = 'What it kept is lost; volumes that were made from it stay as they are.';

export const deleteSnapshot = defineVerb({
  name: 'snapshot.delete',
  noun: 'snapshot',
  fields: {},
  confirm: (ask) => snapshotOf(ask).name,
  life: { from: DELETABLE, during: 'deleting', done: 'deleted', failed: 'error_deleting' },
  rules: [snapshotNotFrozenRule(ABOUT), snapshotStatusRule(DELETABLE, ABOUT)],
  plan,
  phases: { finish },
  steps,
  warnings: () => [LOST],
  onFailure: 'It becomes error_deleting, and still counts; an administrator can delete it by force.',
  spoken: (ask) => ({
    command: `openstack volume snapshot delete ${ask.id}`,
    request: { method: 'DELETE', path: snapshotPath(ask), body: null },
  }),
});

export const forceDeleteSnapshot = defineVerb({
  name: 'snapshot.force-delete',
  noun: 'snapshot',
  fields: {},
  confirm: (ask) => snapshotOf(ask).name,
  life: { from: ['*'], during: 'deleting', done: 'deleted', failed: 'error_deleting' },
  rules: [snapshotNotFrozenRule(ABOUT)],
  plan,
  phases: { finish },
  steps,
  warnings: (ask) => {
    const { status, name, volumeId } = snapshotOf(ask);
    const volume = ask.world.volume.get(volumeId)?.name ?? volumeId;
    return [
      LOST,
      ...(status === 'restoring' ? [`Volume ${volume} is being reverted to ${name} right now.`] : []),
    ];
  },
  onFailure: 'It becomes error_deleting, and still counts; deleting it by force can be tried again.',
  spoken: (ask) =>
    snapshotAction(ask, `openstack volume snapshot delete --force ${ask.id}`, { 'os-force_delete': {} }),
});
