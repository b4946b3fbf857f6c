/**
 * The data of a volume goes back to its latest snapshot.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Phase, type Rule } from '../engine/verb';
import { ownerOf, type SnapshotRecord, snapshotsOf, type World } from '../engine/world';
import { actionRemedy, advice } from './volume-remedy';
import { notInHandsRule, statusRule, type VolumeRule, volumeOf } from './volume-rules';
import { volumeAction } from './volume-words';
import { carriedText, overtaken, ownVolume } from './volume-work';

const SOURCE = 'cinder api/v3/volumes.py, revert';
const DOING = 'reverting';

interface ToSnapshot {
  snapshotId: string;
}

/** Snapshots come oldest first. */
function latestOf(world: World, volumeId: string): SnapshotRecord | null {
  return snapshotsOf(world, volumeId).at(-1) ?? null;
}

const hasSnapshotRule: VolumeRule = {
  id: 'no-snapshots',
  code: 'invalid',
  source: SOURCE,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (latestOf(ask.world, volume.id) !== null) return null;
    return {
      message: `Volume ${volume.name} has no snapshot to go back to.`,
      remedy: advice(
        'There is nothing to revert to. A snapshot has to be made while the data is still right.',
      ),
    };
  },
};

const latestRule: Rule<ToSnapshot> = {
  id: 'not-latest',
  code: 'invalid',
  source: `${SOURCE}: snapshot_id is not of the latest snapshot`,
  needs: ['snapshotId'],
  test: (ask) => {
    const volume = volumeOf(ask);
    const latest = latestOf(ask.world, volume.id);
    if (latest === null || latest.id === ask.input.snapshotId) return null;
    const asked = snapshotsOf(ask.world, volume.id).find((each) => each.id === ask.input.snapshotId);
    return {
      message: `The latest snapshot of volume ${volume.name} is ${latest.name}, not ${asked?.name ?? ask.input.snapshotId}; only the latest can be reverted to.`,
      remedy:
        asked === undefined
          ? advice(`Choose ${latest.name}, or make a new volume from the other snapshot.`)
          : actionRemedy(
              ask,
              {
                action: 'snapshot.delete',
                label: `Delete snapshot ${latest.name}`,
                projectId: latest.projectId,
                args: { snapshotId: latest.id, volumeId: volume.id },
              },
              `Choose ${latest.name}, or make a new volume from the other snapshot.`,
            ),
    };
  },
};

/** @returns the snapshot that is asked for, where it is the one that can be reverted to */
function askedOf(ask: Pick<Ask<Partial<ToSnapshot>>, 'world' | 'id' | 'input'>): SnapshotRecord | null {
  const latest = latestOf(ask.world, ask.id);
  return latest?.id === ask.input.snapshotId ? latest : null;
}

const sizeRule: Rule<ToSnapshot> = {
  id: 'size-differs',
  code: 'invalid',
  source: SOURCE,
  needs: ['snapshotId'],
  test: (ask) => {
    const volume = volumeOf(ask);
    const snapshot = askedOf(ask);
    if (snapshot === null || snapshot.sizeGib === volume.sizeGib) return null;
    return {
      message: `Volume ${volume.name} has ${volume.sizeGib} GiB, and snapshot ${snapshot.name} was taken of ${snapshot.sizeGib} GiB; reverting needs the same size.`,
      remedy: advice('Make a new volume from the snapshot instead.'),
    };
  },
};

const snapshotStatusRule: Rule<ToSnapshot> = {
  id: 'snapshot-status',
  code: 'conflict',
  source: 'cinder volume/api.py, revert_to_snapshot',
  needs: ['snapshotId'],
  test: (ask) => {
    const snapshot = askedOf(ask);
    if (snapshot === null || snapshot.status === 'available') return null;
    const message = `Snapshot ${snapshot.name} is ${snapshot.status}; ${DOING} needs available.`;
    const working = ownerOf(ask.world, snapshot.id) ?? ownerOf(ask.world, snapshot.volumeId);
    if (working !== null)
      return { message, remedy: advice(`Wait until ${snapshot.status} has ended, then try again.`) };
    const reset = actionRemedy(
      ask,
      {
        action: 'snapshot.reset-status',
        label: `Reset snapshot ${snapshot.name} to available`,
        projectId: snapshot.projectId,
        args: { snapshotId: snapshot.id, status: 'available' },
      },
      'An administrator can find out what happened to the snapshot and then set its status to available.',
    );
    return { message, remedy: reset };
  },
};

/** @returns the snapshot's way out of `restoring`, if it is still there (upstream leaves it, when the volume has moved on) */
function released({ world, operation }: Parameters<Phase['tasks']>[0]) {
  const snapshot = world.snapshot.get(String(operation.carry.snapshotId));
  return snapshot?.status === 'restoring' ? [update('snapshot', snapshot.id, { status: 'available' })] : [];
}

const act: Phase = {
  tasks: (work) => [
    {
      call: 'revertToSnapshot',
      volumeId: work.operation.subject.volumeId ?? '',
      args: { snapshotId: carriedText(work, 'snapshotId') },
    },
  ],
  done: (work) => {
    const volume = ownVolume(work, 'reverting');
    if (volume === null) return overtaken(work, released(work));
    return {
      changes: [
        update('volume', volume.id, { status: 'available', previousStatus: null }),
        ...released(work),
      ],
      message: `${volume.name} has the data of its snapshot`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const volume = ownVolume(work, 'reverting');
    if (volume === null) return overtaken(work, released(work));
    return {
      changes: [update('volume', volume.id, { status: 'error' }), ...released(work)],
      message: `${volume.name} could not be reverted`,
      outcome: 'failed',
      reason,
    };
  },
};

export const revertVolume = defineVerb({
  name: 'volume.revert',
  noun: 'volume',
  fields: {
    snapshotId: {
      kind: 'pick',
      of: 'snapshot',
      label: 'Snapshot',
      hint: 'Only the latest can be reverted to.',
    },
  },
  confirm: (ask) => volumeOf(ask).name,
  life: { from: ['available'], during: 'reverting', done: 'available', failed: 'error' },
  rules: [
    hasSnapshotRule,
    latestRule,
    sizeRule,
    statusRule(['available'], { doing: DOING, source: SOURCE, code: 'conflict' }),
    notInHandsRule({ doing: DOING, source: SOURCE }),
    snapshotStatusRule,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { snapshotId } = ask.input;
    return {
      changes: [
        update('volume', volume.id, { status: 'reverting', previousStatus: volume.status }),
        update('snapshot', snapshotId, { status: 'restoring' }),
      ],
      subject: { volumeId: volume.id, snapshotId },
      job: { phase: 'act', owns: volume.id, carry: { snapshotId } },
      message: `${volume.name} is to go back to snapshot ${ask.world.snapshot.get(snapshotId)?.name ?? snapshotId}`,
    };
  },
  phases: { act },
  initial: (ask) => {
    const latest = latestOf(ask.world, ask.id);
    return latest === null ? {} : { snapshotId: latest.id };
  },
  steps: (ask) => {
    const volume = volumeOf(ask);
    const name = askedOf(ask)?.name ?? 'the snapshot';
    return [
      `Volume ${volume.name} becomes reverting, and snapshot ${name} restoring: nothing else can be done with them.`,
      `Storage puts back the data of ${name}; then both are available again.`,
    ];
  },
  warnings: (ask) => [
    `Everything written to ${volumeOf(ask).name} since snapshot ${askedOf(ask)?.name ?? ''} was taken is lost.`,
  ],
  onFailure: 'The volume becomes error, since its data may be a mixture; the snapshot stays available.',
  spoken: (ask) => {
    const snapshotId = ask.input.snapshotId ?? '';
    return volumeAction(ask, `openstack --os-volume-api-version 3.40 volume revert ${snapshotId}`, {
      revert: { snapshot_id: snapshotId },
    });
  },
});
