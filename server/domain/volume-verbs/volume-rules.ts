/**
 * What most actions on a volume ask of it. Each function makes one rule; a verb says where its own behaviour comes from.
 */
import type { Ask, Objection, Rule } from '../engine/verb';
import { attachmentsOf, ownerOf, rowOf, snapshotsOf, type VolumeRecord, type World } from '../engine/world';
import { type PolicyName, policyRefusal } from '../policy';
import type { RefusalCode } from '../refusal';
import { isMigrating, VOLUME_STATUS_FAMILY, type VolumeStatus } from '../volume';
import { backendOf } from '../volume-life/choose-pool';
import { actionRemedy, advice, detachRemedy, resetRemedy, statusRemedy } from './volume-remedy';

/** A rule that looks at no input; any verb may have it. */
export type VolumeRule = Rule<object>;

/** `doing` as in "extending needs available"; `code` where it is not `invalid`. */
interface About {
  doing: string;
  source: string;
  code?: RefusalCode;
}

/** @returns the volume a verb is asked for */
export function volumeOf(ask: Pick<Ask<object>, 'world' | 'id'>): VolumeRecord {
  return rowOf(ask.world, 'volume', ask.id);
}

/** @returns "a, b or c" */
export function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A further permission, besides the verb's own; `when` says for which calls. */
export function policyRule<I = object>(
  policy: PolicyName,
  { id, source, when }: { id: string; source: string; when?: (ask: Ask<I>) => boolean },
): Rule<I> {
  return {
    id,
    code: 'forbidden',
    source,
    test: (ask) =>
      when === undefined || when(ask)
        ? policyRefusal(policy, ask.actor, rowOf(ask.world, 'volume', ask.id).projectId)
        : null,
  };
}

/** @param wrong what the status is not, as in "extending needs available"; null where it is right */
function aboutStatus(
  { source, code = 'invalid' }: About,
  wrong: (ask: Ask<object>, status: VolumeStatus) => string | null,
): VolumeRule {
  return {
    id: 'volume-status',
    code,
    source,
    test: (ask) => {
      const volume = volumeOf(ask);
      const objection = wrong(ask, volume.status);
      return objection === null
        ? null
        : {
            message: `Volume ${volume.name} is ${volume.status}; ${objection}.`,
            remedy: statusRemedy(ask, volume),
          };
    },
  };
}

/** The volume has one of these statuses. */
export function statusRule(
  allowed: readonly VolumeStatus[] | ((ask: Ask<object>) => readonly VolumeStatus[]),
  about: About,
): VolumeRule {
  return aboutStatus(about, (ask, status) => {
    const statuses = typeof allowed === 'function' ? allowed(ask) : allowed;
    return statuses.includes(status) ? null : `${about.doing} needs ${oneOf(statuses)}`;
  });
}

/** The volume has none of these statuses. */
export function notStatusRule(refused: readonly VolumeStatus[], about: About): VolumeRule {
  return aboutStatus(about, (_, status) =>
    refused.includes(status) ? `${about.doing} is not possible in ${oneOf(refused)}` : null,
  );
}

/** No migration is under way. */
export function notMigratingRule({ doing, source, code = 'invalid' }: About): VolumeRule {
  return {
    id: 'migrating',
    code,
    source,
    test: (ask) => {
      const volume = volumeOf(ask);
      if (!isMigrating(volume.migrationStatus)) return null;
      return {
        message: `Volume ${volume.name} is being migrated (${volume.migrationStatus}); ${doing} has to wait for the end of that.`,
        remedy:
          ownerOf(ask.world, volume.id) === null
            ? actionRemedy(
                ask,
                {
                  action: 'volume.reset-status',
                  label: `Reset the migration status of ${volume.name}`,
                  projectId: volume.projectId,
                  args: { volumeId: volume.id, migrationStatus: 'none' },
                },
                'Wait until the migration has ended; if nobody carries it on, an administrator can reset it.',
              )
            : advice('Wait until the migration has ended, then try again.'),
      };
    },
  };
}

/** @returns why nothing is made or deleted where the volume is; null where it may be */
export function frozenObjection(
  world: World,
  volume: VolumeRecord | undefined,
  doing: string,
): Objection | null {
  const pool = world.pool.get(volume?.pool ?? '');
  if (pool?.frozen !== true) return null;
  const backend = backendOf(pool.id);
  return {
    message: `Backend ${backend} is frozen; ${doing} needs one that is not.`,
    remedy: advice(
      `Wait until an administrator has thawed backend ${backend}.`,
      `cinder thaw-host ${backend}`,
    ),
  };
}

/** The backend may be changed: a frozen one stays as it is until an administrator thaws it. */
export function notFrozenRule({ doing, source, code = 'invalid' }: About): VolumeRule {
  return {
    id: 'backend-frozen',
    code,
    source,
    test: (ask) => frozenObjection(ask.world, volumeOf(ask), doing),
  };
}

/** Asked only of a volume that is on a backend: one that never came to be on any has nothing to lose. */
export function ofPlaced<I>(rule: Rule<I>): Rule<I> {
  return {
    ...rule,
    test: (ask) => (rowOf(ask.world, 'volume', ask.id).pool === null ? null : rule.test(ask)),
  };
}

/** The volume is in no group. */
export function notInGroupRule({ doing, source, code = 'invalid' }: About): VolumeRule {
  return {
    id: 'in-group',
    code,
    source,
    test: (ask) => {
      const volume = volumeOf(ask);
      if (volume.groupId === null) return null;
      return {
        message: `Volume ${volume.name} belongs to group ${volume.groupId}; ${doing} needs a volume outside of any group.`,
        remedy: advice(
          'Take the volume out of its group first.',
          `cinder --os-volume-api-version 3.13 group-update --remove-volumes ${volume.id} ${volume.groupId}`,
        ),
      };
    },
  };
}

/** The volume has no snapshots. */
export function noSnapshotsRule({ doing, source, code = 'invalid' }: About): VolumeRule {
  return {
    id: 'has-snapshots',
    code,
    source,
    test: (ask) => {
      const volume = volumeOf(ask);
      const [first, ...rest] = snapshotsOf(ask.world, volume.id);
      if (first === undefined) return null;
      const count = rest.length === 0 ? `a snapshot, ${first.name}` : `${rest.length + 1} snapshots`;
      return {
        message: `Volume ${volume.name} has ${count}; ${doing} needs a volume without snapshots.`,
        remedy: actionRemedy(
          ask,
          {
            action: 'snapshot.delete',
            label: `Delete snapshot ${first.name}`,
            projectId: first.projectId,
            args: { snapshotId: first.id, volumeId: volume.id },
          },
          'Ask somebody who may delete its snapshots.',
        ),
      };
    },
  };
}

/** Nothing has the volume attached, going by the volume's own attach status. */
export function notAttachedRule({ doing, source, code = 'invalid' }: About): VolumeRule {
  return {
    id: 'attached',
    code,
    source,
    test: (ask) => {
      const volume = volumeOf(ask);
      if (volume.attachStatus !== 'attached') return null;
      const holders = attachmentsOf(ask.world, volume.id);
      const holder = holders.find((each) => each.attachStatus === 'attached') ?? holders[0];
      return {
        message: `Volume ${volume.name} is attached; ${doing} needs it detached.`,
        remedy: holder === undefined ? resetRemedy(ask, volume) : detachRemedy(ask, volume, holder),
      };
    },
  };
}

/**
 * Nothing is still at work on a volume whose status does not say so: what is in progress has one owner. (A status that
 * does say so is refused for itself.)
 */
export function notInHandsRule({ doing, source, code = 'conflict' }: About): VolumeRule {
  return {
    id: 'in-progress',
    code,
    source,
    test: (ask) => {
      const volume = volumeOf(ask);
      const owner = ownerOf(ask.world, volume.id);
      if (owner === null || VOLUME_STATUS_FAMILY[volume.status] === 'progress') return null;
      return {
        message: `Operation ${owner.id} (${owner.action}) is still at work on volume ${volume.name}; ${doing} has to wait for its end.`,
        remedy: advice('Wait until that operation has ended, then try again.'),
      };
    },
  };
}
