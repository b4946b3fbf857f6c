/**
 * What actions on a snapshot ask of it, and how they are said to a program.
 */
import type { Json } from '../connection';
import type { Ask, Rule } from '../engine/verb';
import { ownerOf, rowOf, type SnapshotRecord } from '../engine/world';
import type { Remedy } from '../refusal';
import { SNAPSHOT_STATUS_FAMILY, type SnapshotStatus } from '../snapshot';
import { actionRemedy, advice, type Situation } from '../volume-verbs/volume-remedy';
import { frozenObjection, oneOf } from '../volume-verbs/volume-rules';

/** A rule that looks at no input; any verb on a snapshot may have it. */
type SnapshotRule = Rule<object>;

/** @returns the snapshot a verb is asked for */
export function snapshotOf(ask: Pick<Ask<object>, 'world' | 'id'>): SnapshotRecord {
  return rowOf(ask.world, 'snapshot', ask.id);
}

/** The snapshot has one of these statuses. */
export function snapshotStatusRule(
  allowed: readonly SnapshotStatus[],
  { doing, source }: { doing: string; source: string },
): SnapshotRule {
  return {
    id: 'snapshot-status',
    code: 'invalid',
    source,
    test: (ask) => {
      const snapshot = snapshotOf(ask);
      if (allowed.includes(snapshot.status)) return null;
      return {
        message: `Snapshot ${snapshot.name} is ${snapshot.status}; ${doing} needs ${oneOf(allowed)}.`,
        remedy: statusRemedy(ask, snapshot),
      };
    },
  };
}

/** A frozen backend stays as it is. */
export function snapshotNotFrozenRule({ doing, source }: { doing: string; source: string }): SnapshotRule {
  return {
    id: 'backend-frozen',
    code: 'invalid',
    source,
    test: (ask) => frozenObjection(ask.world, ask.world.volume.get(snapshotOf(ask).volumeId), doing),
  };
}

/** An operation on its volume may own it as well: a revert, or the deletion of all. */
function isInHands({ world }: Situation, snapshot: SnapshotRecord): boolean {
  return ownerOf(world, snapshot.id) !== null || ownerOf(world, snapshot.volumeId) !== null;
}

/** @returns the first step out of the snapshot's status */
export function statusRemedy(situation: Situation, snapshot: SnapshotRecord): Remedy {
  const { status } = snapshot;
  if (SNAPSHOT_STATUS_FAMILY[status] === 'progress' && isInHands(situation, snapshot))
    return advice(`Wait until ${status} has ended, then try again.`);
  return actionRemedy(
    situation,
    {
      action: 'snapshot.reset-status',
      label: `Reset ${snapshot.name} to error`,
      projectId: snapshot.projectId,
      args: { snapshotId: snapshot.id, volumeId: snapshot.volumeId, status: 'error' },
    },
    `An administrator can find out what happened to ${snapshot.name} and then set its status.`,
  );
}

/** @returns the path of the snapshot in the Block Storage API, from the caller's project */
export function snapshotPath({ actor, id }: Pick<Ask<object>, 'actor' | 'id'>): string {
  return `/v3/${actor.projectId}/snapshots/${id}`;
}

/** @returns an action request on the snapshot */
export function snapshotAction(
  ask: Pick<Ask<object>, 'actor' | 'id'>,
  command: string,
  body: { readonly [key: string]: Json },
) {
  return { command, request: { method: 'POST' as const, path: `${snapshotPath(ask)}/action`, body } };
}
