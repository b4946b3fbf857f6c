/**
 * A volume is forgotten, and its data stays where it is.
 */
import { type Change, remove, update } from '../engine/change';
import { defineVerb, type Phase } from '../engine/verb';
import { attachmentsOf, type World } from '../engine/world';
import { advice } from './volume-remedy';
import {
  noSnapshotsRule,
  notAttachedRule,
  notInGroupRule,
  notInHandsRule,
  notMigratingRule,
  ofPlaced,
  policyRule,
  statusRule,
  type VolumeRule,
  volumeOf,
} from './volume-rules';
import { volumeAction } from './volume-words';
import { overtaken, ownVolume } from './volume-work';

const ABOUT = { doing: 'unmanaging', source: 'cinder volume/api.py, delete with unmanage_only' };

const notEncryptedRule: VolumeRule = {
  id: 'encrypted',
  code: 'invalid',
  source: ABOUT.source,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (!volume.encrypted) return null;
    return {
      message: `Volume ${volume.name} is encrypted, and its key would be lost with its record; it cannot be unmanaged.`,
      remedy: advice('Copy its data to a volume of a type without encryption, and unmanage that one.'),
    };
  },
};

/** @returns the end of the record, and of all that hangs on it */
function forgotten(world: World, volumeId: string): Change[] {
  return [
    ...attachmentsOf(world, volumeId).map((each) => remove('attachment', each.id)),
    update('volume', volumeId, { status: 'deleted', attachStatus: 'detached', migrationStatus: null }),
    remove('volume', volumeId),
  ];
}

const act: Phase = {
  tasks: ({ operation }) => [
    { call: 'unmanageVolume', volumeId: operation.subject.volumeId ?? '', args: {} },
  ],
  done: (work) => {
    const volume = ownVolume(work, 'unmanaging');
    if (volume === null) return overtaken(work);
    return {
      changes: forgotten(work.world, volume.id),
      message: `${volume.name} is not managed any more`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const volume = ownVolume(work, 'unmanaging');
    if (volume === null) return overtaken(work);
    return {
      changes: [update('volume', volume.id, { status: 'error_unmanaging' })],
      message: `${volume.name} could not be let go`,
      outcome: 'failed',
      reason,
    };
  },
};

export const unmanageVolume = defineVerb({
  name: 'volume.unmanage',
  noun: 'volume',
  fields: {},
  confirm: (ask) => volumeOf(ask).name,
  life: {
    from: ['available', 'error', 'error_restoring', 'error_extending', 'error_managing'],
    during: 'unmanaging',
    done: 'deleted',
    failed: 'error_unmanaging',
  },
  rules: [
    policyRule<object>('volume:delete', { id: 'delete-policy', source: ABOUT.source }),
    ofPlaced(notEncryptedRule),
    ofPlaced(notAttachedRule(ABOUT)),
    ofPlaced(notMigratingRule(ABOUT)),
    ofPlaced(notInGroupRule(ABOUT)),
    ofPlaced(
      statusRule(['available', 'error', 'error_restoring', 'error_extending', 'error_managing'], ABOUT),
    ),
    ofPlaced(noSnapshotsRule(ABOUT)),
    ofPlaced(notInHandsRule(ABOUT)),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const subject = { volumeId: volume.id };
    if (volume.pool === null) {
      return {
        changes: forgotten(ask.world, volume.id),
        subject,
        job: null,
        relieves: [volume.id, ...attachmentsOf(ask.world, volume.id).map((each) => each.id)],
        message: `${volume.name} was on no backend, and is gone`,
      };
    }
    return {
      changes: [update('volume', volume.id, { status: 'unmanaging' })],
      subject,
      job: { phase: 'act', owns: volume.id },
      message: `${volume.name} is to be let go`,
    };
  },
  phases: { act },
  steps: (ask) => {
    const volume = volumeOf(ask);
    return volume.pool === null
      ? [`Volume ${volume.name} is on no backend: its record is removed at once.`]
      : [
          `Volume ${volume.name} becomes unmanaging, and its backend keeps the data under its own name.`,
          'Then its record is removed, and the quota of its project is free again.',
        ];
  },
  warnings: () => ['Nobody here will know of the data any more; it can be taken up again from its backend.'],
  onFailure: 'The volume becomes error_unmanaging.',
  spoken: (ask) => volumeAction(ask, `openstack volume delete --remote ${ask.id}`, { 'os-unmanage': {} }),
});
