/**
 * Somebody else has copied the data, the compute side as a rule, and says so: the records change places. Or he says that it
 * has failed. Two volumes of which neither migrates exchange their attachments only.
 */
import { protectedBecause } from '../attachment-verbs/detach-protection';
import { applyChanges, type Change, update } from '../engine/change';
import { type Ask, defineVerb, type Plan, type Rule } from '../engine/verb';
import { attachmentsOf, type VolumeRecord } from '../engine/world';
import { isMigrating } from '../volume';
import { advice, detachRemedy } from '../volume-verbs/volume-remedy';
import { oneOf, volumeOf } from '../volume-verbs/volume-rules';
import { volumeAction } from '../volume-verbs/volume-words';
import { impliedBy } from '../volume-verbs/volume-work';
import { MIGRATION_PHASES } from './migration-phases';
import { changedPlaces, pairsOf } from './migration-records';

const SOURCE = 'cinder volume/api.py, migrate_volume_completion';

interface Completion {
  newVolumeId: string;
  error?: boolean | undefined;
}

type Completing = Pick<Ask<Partial<Completion>>, 'world' | 'id' | 'input'>;

function newVolumeOf({ world, input }: Completing): VolumeRecord | null {
  return world.volume.get(input.newVolumeId ?? '') ?? null;
}

/** Neither of them migrates: then only attachments change hands. */
function isPlain(ask: Completing): boolean {
  return volumeOf(ask).migrationStatus === null && newVolumeOf(ask)?.migrationStatus === null;
}

/** A rule about the new volume, once it is there; `plain` says which of the two kinds it is about. */
function ofPair(
  rule: Pick<Rule<Completion>, 'id' | 'code' | 'source'>,
  plain: boolean,
  test: (target: VolumeRecord, ask: Ask<Completion>) => ReturnType<Rule<Completion>['test']>,
): Rule<Completion> {
  return {
    ...rule,
    needs: ['newVolumeId'],
    test: (ask) => {
      const target = newVolumeOf(ask);
      return target === null || isPlain(ask) !== plain ? null : test(target, ask);
    },
  };
}

const RULES: readonly Rule<Completion>[] = [
  {
    id: 'new-volume-not-found',
    code: 'not_found',
    source: SOURCE,
    needs: ['newVolumeId'],
    test: (ask) =>
      newVolumeOf(ask) === null
        ? {
            message: `There is no volume ${ask.input.newVolumeId} that the data could have gone to.`,
            remedy: advice(
              'Name the hidden volume of this migration.',
              'openstack volume list --all-projects',
            ),
          }
        : null,
  },
  ofPair(
    { id: 'used-by-compute', code: 'conflict', source: `${SOURCE}: attachment_deletion_allowed` },
    true,
    (_target, ask) => {
      if (ask.input.error === true) return null;
      const held = attachmentsOf(ask.world, ask.id).map((each) =>
        protectedBecause(ask, { attachmentId: each.id, volumeId: ask.id }),
      );
      return held.find((each) => each !== null) ?? null;
    },
  ),
  ofPair({ id: 'new-volume-attached', code: 'invalid', source: SOURCE }, true, (target, ask) => {
    const moving = attachmentsOf(ask.world, ask.id);
    // An instance has a volume once, also a shared one.
    const holder = attachmentsOf(ask.world, target.id).find(
      ({ instanceId }) => !target.multiattach || moving.some((each) => each.instanceId === instanceId),
    );
    if (ask.input.error === true || holder === undefined || moving.length === 0) return null;
    return {
      message: `Volume ${target.name} has an attachment already; it cannot take those of ${volumeOf(ask).name}.`,
      remedy: detachRemedy(ask, target, holder),
    };
  }),
  ofPair({ id: 'new-volume-single', code: 'invalid', source: SOURCE }, true, (target, ask) => {
    const held = new Set(attachmentsOf(ask.world, ask.id).map((each) => each.instanceId));
    if (ask.input.error === true || target.multiattach || held.size < 2) return null;
    return {
      message: `Volume ${volumeOf(ask).name} has ${held.size} attachments; ${target.name} is not multiattach.`,
      remedy: advice('Choose a multiattach volume.'),
    };
  }),
  ofPair({ id: 'not-migrating', code: 'invalid', source: SOURCE }, false, (_target, ask) => {
    const volume = volumeOf(ask);
    if (isMigrating(volume.migrationStatus)) return null;
    return {
      message: `Volume ${volume.name} is not being migrated (${volume.migrationStatus ?? 'no migration status'}); completing needs ${oneOf(['starting', 'migrating', 'completing'])}.`,
      remedy: advice('There is nothing to complete.'),
    };
  }),
  ofPair({ id: 'new-volume-not-migrating', code: 'invalid', source: SOURCE }, false, (target) =>
    isMigrating(target.migrationStatus)
      ? null
      : {
          message: `Volume ${target.name} is not the target of a migration (${target.migrationStatus ?? 'no migration status'}).`,
          remedy: advice('Name the hidden volume of this migration.', 'openstack volume list --all-projects'),
        },
  ),
  ofPair({ id: 'another-target', code: 'invalid', source: SOURCE }, false, (target, ask) => {
    if (!isMigrating(target.migrationStatus) || target.migrationStatus === `target:${ask.id}`) return null;
    return {
      message: `Volume ${target.name} belongs to another migration (${target.migrationStatus}), not to that of ${volumeOf(ask).name}.`,
      remedy: advice('Name the hidden volume of this migration.'),
    };
  }),
];

/** Every attachment goes over, for reading and writing. */
function handOver(ask: Ask<Completion>, target: VolumeRecord): Change[] {
  const moved = attachmentsOf(ask.world, ask.id).map((each) =>
    update('attachment', each.id, {
      volumeId: target.id,
      multiattach: target.multiattach,
      attachStatus: 'attached',
      mode: 'rw',
    }),
  );
  if (moved.length === 0) return [];
  const after = applyChanges(ask.world, moved);
  return [
    ...moved,
    update('volume', ask.id, impliedBy(after, ask.id)),
    update('volume', target.id, impliedBy(after, target.id)),
  ];
}

function plan(ask: Ask<Completion>): Plan {
  const volume = volumeOf(ask);
  const target = newVolumeOf(ask);
  if (target === null) throw new Error('the rules have let no new volume pass');
  const failed = ask.input.error === true;
  if (isPlain(ask)) {
    return {
      changes: failed ? [] : handOver(ask, target),
      subject: { volumeId: volume.id },
      job: null,
      answer: { volumeId: target.id },
      message: failed
        ? `${volume.name} stays as it is`
        : `${target.name} has the attachments of ${volume.name}`,
    };
  }
  const carry = { volumes: [target.id] };
  const common = {
    subject: { volumeId: volume.id },
    // Who was at work on it is told by this that it has ended.
    relieves: [volume.id],
    answer: { volumeId: volume.id },
  };
  if (failed) {
    return {
      ...common,
      changes: [],
      job: { phase: 'roll-back', owns: volume.id, carry },
      message: `The migration of ${volume.name} is given up`,
    };
  }
  // Old connections go before their records do.
  const connected = pairsOf(ask.world, volume.id, target.id).length > 0;
  return {
    ...common,
    changes: connected
      ? [update('volume', volume.id, { migrationStatus: 'completing' })]
      : changedPlaces(ask.world, volume, target),
    job: { phase: connected ? 'disconnect' : 'finish', owns: volume.id, carry },
    message: `The migration of ${volume.name} is completed`,
  };
}

export const completeMigration = defineVerb({
  name: 'volume.complete-migration',
  noun: 'volume',
  fields: {
    newVolumeId: {
      kind: 'pick',
      of: 'volume',
      label: 'New volume',
      hint: 'The hidden volume that the data went to.',
    },
    error: { kind: 'flag', label: 'It has failed', optional: true },
  },
  life: null,
  roots: ({ input }) => (input.newVolumeId === undefined ? {} : { volumes: [input.newVolumeId] }),
  rules: RULES,
  plan,
  phases: MIGRATION_PHASES,
  steps: (ask) => {
    const { name } = volumeOf(ask);
    const target = newVolumeOf(ask)?.name ?? 'the new volume';
    if (isPlain(ask)) {
      return ask.input.error === true
        ? ['Neither volume is being migrated: nothing changes.']
        : [`Attachments of volume ${name} become attachments of ${target}.`];
    }
    if (ask.input.error === true)
      return [`The hidden volume ${target} is deleted; volume ${name} stays where it was.`];
    return [
      `Volume ${name} keeps its id and gets the place and the attachments of ${target}.`,
      `What was at its old place is deleted; its migration status becomes success.`,
    ];
  },
  warnings: (ask) =>
    isPlain(ask) || ask.input.error === true
      ? []
      : ['If the data are not all copied by now, what is missing is lost.'],
  spoken: (ask) => {
    const { newVolumeId = '<new volume>', error = false } = ask.input;
    return volumeAction(ask, `cinder migration-complete ${ask.id} ${newVolumeId}`, {
      'os-migrate_volume_completion': { new_volume: newVolumeId, error },
    });
  },
});
