/**
 * What a volume holds at this moment, kept on the same backend.
 */
import { insert, update } from '../engine/change';
import { type Ask, defineVerb, type Phase, type Rule, type Work } from '../engine/verb';
import { rowOf, type SnapshotRecord, type Strings } from '../engine/world';
import { withinType } from '../volume-life/type-of-volume';
import { METADATA_RULES } from '../volume-verbs/metadata-rules';
import { printableRule } from '../volume-verbs/update-volume';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { advice } from '../volume-verbs/volume-remedy';
import {
  notFrozenRule,
  notMigratingRule,
  statusRule,
  type VolumeRule,
  volumeOf,
} from '../volume-verbs/volume-rules';
import { commandOf, option, pairOptions, shellWord } from '../volume-verbs/volume-words';
import { overtakenSnapshot, ownSnapshot } from './snapshot-work';

const SOURCE = 'cinder volume/api.py, create_snapshot_in_db';
const ABOUT = { doing: 'making a snapshot', source: SOURCE } as const;

interface NewSnapshot {
  name?: string | undefined;
  description?: string | undefined;
  metadata?: Strings | undefined;
  force?: boolean | undefined;
}

const placedRule: VolumeRule = {
  id: 'not-placed',
  code: 'invalid',
  source: 'cinder volume/api.py, _create_snapshot: volume has no host',
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.pool !== null) return null;
    return {
      message: `Volume ${volume.name} is on no backend yet; a snapshot is kept where its volume is.`,
      remedy: advice(
        volume.status === 'creating'
          ? 'Wait until the volume has been made.'
          : 'It has never been made: delete it, and make another.',
      ),
    };
  },
};

/** @returns what it takes from the quota, by resource; nothing for a volume that does not count */
function sharesOf(ask: Ask<NewSnapshot>): Record<string, number> {
  const volume = volumeOf(ask);
  if (!volume.consumesQuota) return {};
  return withinType(rowOf(ask.world, 'volumeType', volume.typeId), {
    snapshots: 1,
    gigabytes: volume.sizeGib,
  });
}

const quotaRule: Rule<NewSnapshot> = {
  id: 'quota',
  code: 'over_quota',
  source: `${SOURCE}: snapshots and gigabytes`,
  test: (ask) => quotaObjection(ask, rowOf(ask.world, 'quota', volumeOf(ask).projectId), sharesOf(ask)),
};

const build: Phase = {
  tasks: (work) => {
    const snapshot = ownSnapshot(work, 'creating');
    if (snapshot === null) return [];
    return [{ call: 'createSnapshot', volumeId: snapshot.volumeId, args: { snapshotId: snapshot.id } }];
  },
  done: (work) => {
    const snapshot = ownSnapshot(work, 'creating');
    if (snapshot === null) return overtakenSnapshot(work);
    return {
      changes: [update('snapshot', snapshot.id, { status: 'available', progress: 100 })],
      message: `Snapshot ${snapshot.name} is made`,
      outcome: 'succeeded',
    };
  },
  failed: (work: Work, reason) => {
    const snapshot = ownSnapshot(work, 'creating');
    if (snapshot === null) return overtakenSnapshot(work);
    return {
      changes: [update('snapshot', snapshot.id, { status: 'error' })],
      message: `Snapshot ${snapshot.name} could not be made`,
      outcome: 'failed',
      reason,
    };
  },
};

export const createSnapshot = defineVerb({
  name: 'snapshot.create',
  noun: 'volume',
  fields: {
    name: { kind: 'text', label: 'Name', max: 255, optional: true },
    description: { kind: 'text', label: 'Description', max: 255, optional: true },
    metadata: { kind: 'pairs', label: 'Metadata', optional: true },
    force: {
      kind: 'flag',
      label: 'Also while it is in use',
      hint: 'Allowed unless this says no.',
      optional: true,
    },
  },
  life: { of: 'snapshot', from: [], during: 'creating', done: 'available', failed: 'error' },
  roots: ({ actor }) => ({ quotas: [actor.projectId] }),
  rules: [
    notFrozenRule(ABOUT),
    placedRule,
    notMigratingRule(ABOUT),
    printableRule,
    ...METADATA_RULES,
    statusRule(
      (ask: Ask<NewSnapshot>) => (ask.input.force === false ? ['available'] : ['available', 'in-use']),
      ABOUT,
    ),
    quotaRule,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const row = rowFor(ask);
    return {
      changes: [insert('snapshot', row)],
      subject: { volumeId: volume.id, snapshotId: row.id },
      job: { phase: 'build', owns: row.id },
      answer: { snapshotId: row.id },
      message: `A snapshot of ${volume.name} is to be made`,
    };
  },
  phases: { build },
  steps: (ask) => {
    const { name, sizeGib } = volumeOf(ask);
    return [
      `A snapshot of volume ${name} is creating, and counts with ${sizeGib} GiB at once; the volume stays as it is.`,
      'Storage keeps what the volume holds now; the snapshot becomes available.',
    ];
  },
  warnings: (ask) =>
    volumeOf(ask).status === 'in-use'
      ? ['The volume is in use: the snapshot is what its disk would be after a power cut.']
      : [],
  onFailure: 'The snapshot stays, in status error, and counts until it is deleted.',
  spoken: (ask) => {
    const { name, description, metadata, force } = ask.input;
    return {
      command: commandOf(
        'openstack volume snapshot create',
        option('--volume', ask.id),
        force === true ? '--force' : '',
        option('--description', description),
        pairOptions('--property', metadata ?? {}),
        name === undefined ? '' : shellWord(name),
      ),
      request: {
        method: 'POST',
        path: `/v3/${ask.actor.projectId}/snapshots`,
        body: {
          snapshot: {
            volume_id: ask.id,
            ...(name === undefined ? {} : { name }),
            ...(description === undefined ? {} : { description }),
            ...(metadata === undefined ? {} : { metadata }),
            ...(force === undefined ? {} : { force }),
          },
        },
      },
    };
  },
});

function rowFor(ask: Ask<NewSnapshot>): SnapshotRecord {
  const { id: volumeId, projectId, sizeGib, consumesQuota } = volumeOf(ask);
  const { name, description, metadata } = ask.input;
  return {
    id: ask.fresh(),
    volumeId,
    projectId,
    userId: ask.actor.userId,
    name: name?.trim() ?? '',
    description: description?.trim() ?? null,
    sizeGib,
    status: 'creating',
    progress: 0,
    metadata: metadata ?? {},
    consumesQuota,
  };
}
