/**
 * How far a snapshot is, told by a host that makes or deletes it on its own: of a disk it uses, only the host can.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import type { SnapshotStatus } from '../snapshot';
import { advice } from '../volume-verbs/volume-remedy';
import { oneOf } from '../volume-verbs/volume-rules';
import { commandOf, option } from '../volume-verbs/volume-words';
import { snapshotAction, snapshotOf } from './snapshot-rules';

const REPORTED = ['creating', 'available', 'error', 'deleting', 'error_deleting'] as const;

/** What may come of what is under way; nothing comes of anything else. */
const FROM: Partial<Record<SnapshotStatus, readonly SnapshotStatus[]>> = {
  creating: ['creating', 'available', 'error'],
  deleting: ['deleting', 'error_deleting'],
};

interface Report {
  status: SnapshotStatus;
  progress?: number | undefined;
}

const SOURCE = 'cinder api/contrib/snapshot_actions.py, _update_snapshot_status';

const rules: Rule<Report>[] = [
  {
    id: 'nothing-under-way',
    code: 'invalid',
    source: SOURCE,
    test: (ask) => {
      const { name, status } = snapshotOf(ask);
      if (FROM[status] !== undefined) return null;
      return {
        message: `Snapshot ${name} is ${status}; reporting needs ${oneOf(Object.keys(FROM))}.`,
        remedy: advice('Only what is being made or deleted is reported on.'),
      };
    },
  },
  {
    id: 'no-way-there',
    code: 'invalid',
    source: SOURCE,
    needs: ['status'],
    test: (ask) => {
      const { name, status } = snapshotOf(ask);
      const ways = FROM[status];
      if (ways === undefined || ways.includes(ask.input.status)) return null;
      return {
        message: `Snapshot ${name} is ${status}; it cannot be reported as ${ask.input.status}.`,
        remedy: advice(`Report ${oneOf(ways)}.`),
      };
    },
  },
];

export const reportSnapshot = defineVerb({
  name: 'snapshot.report',
  noun: 'snapshot',
  fields: {
    status: { kind: 'choice', label: 'Status', options: REPORTED },
    progress: { kind: 'integer', label: 'Progress', unit: '%', min: 0, max: 100, optional: true },
  },
  life: null,
  rules,
  plan: (ask) => {
    const { id, name, volumeId, status: before } = snapshotOf(ask);
    const { status, progress } = ask.input;
    return {
      changes: [update('snapshot', id, { status, ...(progress === undefined ? {} : { progress }) })],
      subject: { volumeId, snapshotId: id },
      job: null,
      relieves: status === before ? [] : [id],
      message: `Snapshot ${name} is reported as ${status}`,
    };
  },
  initial: (ask) => {
    const { status, progress } = snapshotOf(ask);
    return status === 'deleting'
      ? { status: 'error_deleting', progress }
      : { status: 'available', progress: 100 };
  },
  steps: (ask) => [
    `Snapshot ${snapshotOf(ask).name} is recorded as ${ask.input.status ?? 'what you choose'}. Nothing happens on its backend.`,
    'Whatever was under way on it ends with that.',
  ],
  warnings: () => ['A host says this of what it does itself. Make sure that it is true.'],
  spoken: (ask) => {
    const { status = 'available', progress } = ask.input;
    const told = progress === undefined ? {} : { progress: `${progress}%` };
    // The command knows no report; it can only set the status, which is an administrator's.
    return snapshotAction(
      ask,
      commandOf('openstack volume snapshot set', option('--state', status), ask.id),
      {
        'os-update_snapshot_status': { status, ...told },
      },
    );
  },
});
