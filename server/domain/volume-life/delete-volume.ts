/**
 * A volume goes: its data on the backend, its snapshots if asked for, and its record. By force whatever its status is.
 * Deletion, forced or not, is one routine upstream too (cinder volume/api.py, delete).
 */
import { type Change, remove, update } from '../engine/change';
import { type Ask, defineVerb, type Plan, type Rule } from '../engine/verb';
import { attachmentsOf, type SnapshotRecord, snapshotsOf, type VolumeRecord } from '../engine/world';
import type { VolumeStatus } from '../volume';
import { leftBehind } from '../volume-verbs/relieved-work';
import { actionRemedy, detachRemedy } from '../volume-verbs/volume-remedy';
import {
  notAttachedRule,
  notFrozenRule,
  notInGroupRule,
  notInHandsRule,
  notMigratingRule,
  oneOf,
  statusRule,
  type VolumeRule,
  volumeOf,
} from '../volume-verbs/volume-rules';
import { commandOf, volumeAction, volumePath } from '../volume-verbs/volume-words';
import { DELETE_PHASES } from './delete-phases';

const SOURCE = 'cinder volume/api.py, delete';
const ABOUT = { doing: 'deleting', source: SOURCE } as const;

const DELETABLE: readonly VolumeStatus[] = [
  'available',
  'error',
  'error_restoring',
  'error_extending',
  'error_managing',
];

interface Cascade {
  cascade?: boolean | undefined;
}

/** A volume that never reached a backend has nothing to be deleted there: it goes at once, whatever its status. */
function isPlaced(ask: Pick<Ask<object>, 'world' | 'id'>): boolean {
  return volumeOf(ask).pool !== null;
}

function whenPlaced<I>(rule: Rule<I>): Rule<I> {
  return { ...rule, test: (ask) => (isPlaced(ask) ? rule.test(ask) : null) };
}

/** The attach status may lie; a disk in a server does not. Upstream loses it, we keep it (no lost disk by deletion). */
const noDiskRule: VolumeRule = {
  id: 'disk-of-server',
  code: 'invalid',
  source: `${SOURCE}: attach_status`,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.attachStatus === 'attached') return null;
    const holder = attachmentsOf(ask.world, volume.id).find((each) => each.serverId !== null);
    if (holder?.serverId == null) return null;
    const name = ask.world.server.get(holder.serverId)?.name ?? holder.serverId;
    return {
      message: `Volume ${volume.name} is a disk of server ${name}; deleting needs it detached from there.`,
      remedy: detachRemedy(ask, volume, holder),
    };
  },
};

const snapshotsRule: Rule<Cascade> = {
  id: 'has-snapshots',
  code: 'invalid',
  source: SOURCE,
  test: (ask) => {
    const volume = volumeOf(ask);
    const snapshots = snapshotsOf(ask.world, volume.id);
    if (ask.input.cascade === true || snapshots.length === 0) return null;
    const count = snapshots.length === 1 ? 'a snapshot' : `${snapshots.length} snapshots`;
    return {
      message: `Volume ${volume.name} has ${count}; deleting needs a volume without snapshots, or takes them along.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'volume.delete',
          label: `Delete ${volume.name} with its snapshots`,
          projectId: volume.projectId,
          args: { volumeId: volume.id, cascade: 'true' },
        },
        'Ask somebody who may delete its snapshots.',
      ),
    };
  },
};

const SNAPSHOT_DELETABLE: readonly string[] = ['available', 'error'];

const cascadeRule: Rule<Cascade> = {
  id: 'snapshot-status',
  code: 'invalid',
  source: `${SOURCE} with cascade: snapshots must be available or error`,
  test: (ask) => {
    const stuck = snapshotsOf(ask.world, ask.id).find((each) => !SNAPSHOT_DELETABLE.includes(each.status));
    if (ask.input.cascade !== true || stuck === undefined) return null;
    return {
      message: `Snapshot ${stuck.name} is ${stuck.status}; deleting it along needs ${oneOf(SNAPSHOT_DELETABLE)}.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'snapshot.reset-status',
          label: `Reset ${stuck.name} to error`,
          projectId: stuck.projectId,
          args: { snapshotId: stuck.id, status: 'error' },
        },
        stuck.status === 'error_deleting'
          ? `An administrator can delete snapshot ${stuck.name} by force, or set its status.`
          : `Wait until snapshot ${stuck.name} has left ${stuck.status}, or ask an administrator to reset it.`,
      ),
    };
  },
};

const CASCADE = {
  cascade: {
    kind: 'flag',
    label: 'Delete its snapshots too',
    optional: true,
  },
} as const;

/** What everything that goes along is, for sentences. */
function company(ask: Pick<Ask<Cascade>, 'world' | 'id' | 'input'>): SnapshotRecord[] {
  return ask.input.cascade === true ? snapshotsOf(ask.world, ask.id) : [];
}

function steps(ask: Ask<Cascade>): string[] {
  const volume = volumeOf(ask);
  if (volume.pool === null) return [`Volume ${volume.name} is on no backend: it is gone at once.`];
  const along = company(ask);
  return [
    `Volume ${volume.name} becomes deleting.`,
    ...(along.length === 0 ? [] : [`Storage deletes ${along.map((each) => each.name).join(', ')}.`]),
    'Storage deletes its data; then the volume is gone, and its quota is free.',
  ];
}

function warnings(ask: Ask<Cascade>): string[] {
  const volume = volumeOf(ask);
  return [`The ${volume.sizeGib} GiB on it are lost. Nothing brings them back.`];
}

function plan(ask: Ask<Cascade>, by: 'rule' | 'force'): Plan {
  const volume = volumeOf(ask);
  const attachments = attachmentsOf(ask.world, volume.id);
  const along = company(ask);
  const forgotten: Change[] = attachments.map((each) => remove('attachment', each.id));
  const relieves = [volume, ...attachments, ...along].map((each) => each.id);
  if (volume.pool === null) {
    return {
      changes: [
        ...forgotten,
        ...leftBehind(ask.world, volume.id),
        ...along.map((each) => remove('snapshot', each.id)),
        remove('volume', volume.id),
      ],
      subject: { volumeId: volume.id },
      job: null,
      relieves,
      message: `${volume.name} was on no backend, and is gone`,
    };
  }
  return {
    changes: [
      ...forgotten,
      ...(by === 'force' ? leftBehind(ask.world, volume.id) : []),
      ...along.map((each) => update('snapshot', each.id, { status: 'deleting' })),
      update('volume', volume.id, { ...deleting(volume), attachStatus: 'detached' }),
    ],
    subject: { volumeId: volume.id },
    job: {
      phase: along.length === 0 ? 'finish' : 'clear',
      owns: volume.id,
      carry: { snapshots: along.map((each) => each.id) },
    },
    relieves: by === 'force' ? relieves : attachments.map((each) => each.id),
    message: `${volume.name} is to be deleted`,
  };
}

/** A volume that could not be taken over is not said to be deleted, but given up (cinder volume/api.py, delete). */
function deleting({ status }: VolumeRecord): { status: VolumeStatus } {
  return { status: status === 'error_managing' ? 'error_managing_deleting' : 'deleting' };
}

export const deleteVolume = defineVerb({
  name: 'volume.delete',
  noun: 'volume',
  fields: CASCADE,
  confirm: (ask) => volumeOf(ask).name,
  life: { from: DELETABLE, during: 'deleting', done: 'deleted', failed: 'error_deleting' },
  rules: [
    notFrozenRule(ABOUT),
    whenPlaced(statusRule(DELETABLE, ABOUT)),
    notAttachedRule(ABOUT),
    noDiskRule,
    whenPlaced(notMigratingRule(ABOUT)),
    whenPlaced(notInGroupRule(ABOUT)),
    snapshotsRule,
    cascadeRule,
    whenPlaced(notInHandsRule(ABOUT)),
  ],
  plan: (ask) => plan(ask, 'rule'),
  phases: DELETE_PHASES,
  steps,
  warnings,
  onFailure: 'It becomes error_deleting, and still counts; an administrator can delete it by force.',
  spoken: (ask) => ({
    command: commandOf('openstack volume delete', ask.input.cascade === true ? '--purge' : '', ask.id),
    request: {
      method: 'DELETE',
      path: `${volumePath(ask)}${ask.input.cascade === true ? '?cascade=true' : ''}`,
      body: null,
    },
  }),
});

export const forceDeleteVolume = defineVerb({
  name: 'volume.force-delete',
  noun: 'volume',
  fields: CASCADE,
  confirm: (ask) => volumeOf(ask).name,
  life: { from: ['*'], during: 'deleting', done: 'deleted', failed: 'error_deleting' },
  rules: [
    notFrozenRule(ABOUT),
    notAttachedRule(ABOUT),
    whenPlaced(notMigratingRule(ABOUT)),
    whenPlaced(notInGroupRule(ABOUT)),
    snapshotsRule,
  ],
  plan: (ask) => plan(ask, 'force'),
  phases: DELETE_PHASES,
  steps,
  warnings: (ask) => [
    ...warnings(ask),
    `It is ${volumeOf(ask).status}: whatever was under way on it does not count any more.`,
    ...attachmentsOf(ask.world, ask.id)
      .filter((each) => each.serverId !== null)
      .map(
        ({ serverId }) => `Server ${ask.world.server.get(serverId ?? '')?.name ?? serverId} loses its disk.`,
      ),
  ],
  onFailure: 'It becomes error_deleting, and still counts; deleting it by force can be tried again.',
  spoken: (ask) => {
    const command = `openstack volume delete --force ${ask.id}`;
    if (ask.input.cascade !== true) return volumeAction(ask, command, { 'os-force_delete': {} });
    const path = `${volumePath(ask)}?cascade=true&force=true`;
    return { command, request: { method: 'DELETE', path, body: null } };
  },
});
