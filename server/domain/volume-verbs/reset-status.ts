/**
 * An administrator says what the volume is. Only records change; whatever was under way on it does not count any more.
 */
import { volumeAfterDetach } from '../attachment-life';
import { type Change, remove, update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type VolumeRecord } from '../engine/world';
import { type MigrationStatus, VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { leftBehind } from './relieved-work';
import { advice } from './volume-remedy';
import { volumeOf } from './volume-rules';
import { volumeAction } from './volume-words';
import { impliedBy } from './volume-work';

const SOURCE = 'cinder api/contrib/admin_actions.py, VolumeAdminController';

/** Of the statuses that upstream knows; `deleting` is refused there, since nobody would delete. */
export const RESET_STATUSES = VOLUME_STATUSES.slice(0, VOLUME_STATUSES.indexOf('reverting')).filter(
  (each) => each !== 'deleting',
);
export const MIGRATION_RESETS = ['none', 'starting', 'migrating', 'completing', 'success', 'error'] as const;

interface Reset {
  status?: VolumeStatus | undefined;
  attachStatus?: 'attached' | 'detached' | undefined;
  migrationStatus?: (typeof MIGRATION_RESETS)[number] | undefined;
}

const somethingRule: Rule<Reset> = {
  id: 'nothing-to-set',
  code: 'invalid',
  source: 'cinder api/schemas/admin_actions.py, reset',
  test: ({ input }) =>
    input.status === undefined && input.attachStatus === undefined && input.migrationStatus === undefined
      ? {
          message: 'None of status, attach status and migration status is given; a reset needs one.',
          remedy: advice('Say which of them to set.'),
        }
      : null,
};

const inUseRule: Rule<Reset> = {
  id: 'no-attachment',
  code: 'invalid',
  source: SOURCE,
  test: (ask) => {
    if (ask.input.status !== 'in-use' || attachmentsOf(ask.world, ask.id).length > 0) return null;
    return {
      message: `Volume ${volumeOf(ask).name} has no attachment; in-use needs one.`,
      remedy: advice('Set it to available; then it can be attached.'),
    };
  },
};

function migrationStatusOf(input: Reset, volume: VolumeRecord): MigrationStatus | null {
  if (input.migrationStatus === undefined) return volume.migrationStatus;
  return input.migrationStatus === 'none' ? null : input.migrationStatus;
}

/** The storage side forgets the attachment. What the guest has it still has, so that the compute side stays. */
function forget(attachment: AttachmentRecord): Change {
  if (attachment.bdmId === null) return remove('attachment', attachment.id);
  return update('attachment', attachment.id, {
    attachStatus: null,
    connector: null,
    connectionInfo: null,
    attachedHost: null,
    mountpoint: null,
  });
}

/** One attachment after another goes, and each time the volume is what the others say (cinder finish_detach). */
function detachAll(volume: VolumeRecord, attachments: readonly AttachmentRecord[]) {
  let { status, attachStatus } = volume;
  const left = attachments.map((each) => each.attachStatus);
  while (left.length > 0) {
    left.shift();
    ({ status, attachStatus } = volumeAfterDetach({ ...volume, status, attachStatus }, left));
  }
  return { status, attachStatus };
}

/** The volume afterwards, and what becomes of its attachments. */
function outcome(ask: Pick<Ask<Reset>, 'world' | 'id' | 'input'>) {
  const { input, world } = ask;
  const before = volumeOf(ask);
  const written: VolumeRecord = {
    ...before,
    status: input.status ?? before.status,
    attachStatus: input.attachStatus ?? before.attachStatus,
    migrationStatus: migrationStatusOf(input, before),
  };
  const known = attachmentsOf(world, before.id).filter((each) => each.attachStatus !== null);
  const forgotten = input.attachStatus === 'detached' ? known : [];
  const { status, attachStatus } = detachAll(written, forgotten);
  return { set: { status, attachStatus, migrationStatus: written.migrationStatus }, forgotten };
}

export const resetStatus = defineVerb({
  name: 'volume.reset-status',
  noun: 'volume',
  fields: {
    status: { kind: 'choice', label: 'Status', options: RESET_STATUSES, optional: true },
    attachStatus: {
      kind: 'choice',
      label: 'Attach status',
      options: ['attached', 'detached'],
      hint: 'Detached forgets every attachment of the volume.',
      optional: true,
    },
    migrationStatus: {
      kind: 'choice',
      label: 'Migration status',
      options: MIGRATION_RESETS,
      optional: true,
    },
  },
  life: null,
  rules: [somethingRule, inUseRule],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { set, forgotten } = outcome(ask);
    const moved = set.status !== volume.status || set.migrationStatus !== volume.migrationStatus;
    return {
      changes: [
        ...forgotten.map(forget),
        update('volume', volume.id, set),
        ...(moved ? leftBehind(ask.world, volume.id) : []),
      ],
      subject: { volumeId: volume.id },
      job: null,
      relieves: [...(moved ? [volume.id] : []), ...forgotten.map((each) => each.id)],
      message: `${volume.name} is recorded as ${set.status}, ${set.attachStatus}`,
    };
  },
  initial: (ask) => ({ status: impliedBy(ask.world, ask.id).status }),
  steps: (ask) => {
    const volume = volumeOf(ask);
    const { set, forgotten } = outcome(ask);
    const migration =
      set.migrationStatus === volume.migrationStatus
        ? ''
        : `, its migration ${set.migrationStatus ?? 'none'}`;
    return [
      ...(forgotten.length === 0
        ? []
        : [`Storage forgets ${forgotten.length} attachments, without asking backend or host.`]),
      `Volume ${volume.name} is recorded as ${set.status} and ${set.attachStatus}${migration}. Nothing happens on its backend.`,
      'Whatever was under way on it does not count any more.',
    ];
  },
  warnings: (ask) => {
    const { forgotten } = outcome(ask);
    const held = forgotten.filter((each) => each.serverId !== null);
    return [
      'This changes the record only. Make sure that it then tells the truth about the volume.',
      ...(held.length === 0
        ? []
        : ['Servers that have it as a disk keep that disk, until it is detached from them.']),
    ];
  },
  spoken: (ask) => {
    const { status, attachStatus, migrationStatus } = ask.input;
    const options = [
      status === undefined ? '' : ` --state ${status}`,
      attachStatus === undefined ? '' : ` --attach-status ${attachStatus}`,
      migrationStatus === undefined ? '' : ' --reset-migration-status',
    ].join('');
    return volumeAction(ask, `cinder reset-state${options} ${ask.id}`, {
      'os-reset_status': {
        ...(status === undefined ? {} : { status }),
        ...(attachStatus === undefined ? {} : { attach_status: attachStatus }),
        ...(migrationStatus === undefined ? {} : { migration_status: migrationStatus }),
      },
    });
  },
});
