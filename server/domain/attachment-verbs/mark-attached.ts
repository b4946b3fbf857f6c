/**
 * Records that an instance or a host has the volume (os-attach): older clients connect it themselves and tell afterwards.
 * Nothing is asked of storage or host.
 */

import type { AttachMode } from '../attachment';
import { COMPLETED } from '../attachment-life';
import { insert, update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, ownerOf } from '../engine/world';
import { isMigrating } from '../volume';
import { actionRemedy, advice, detachRemedy, statusRemedy } from '../volume-verbs/volume-remedy';
import { notStatusRule, volumeOf } from '../volume-verbs/volume-rules';
import { holderName, MODE_FIELD, migrationTargetRule, workOn } from './attachment-rules';
import { volumeActionByRequest } from './attachment-words';
import { heldByAnother, storageSide } from './storage-side';

const SOURCE = 'cinder volume/manager.py, attach_volume';

interface Marking {
  mountpoint?: string | undefined;
  instanceId?: string | undefined;
  hostName?: string | undefined;
  mode?: AttachMode | undefined;
}

type Asked = Ask<Marking>;

const someoneRule: Rule<Marking> = {
  id: 'nobody-named',
  code: 'invalid',
  source: 'cinder api/schemas/volume_actions.py, attach',
  // Neither is needed by itself: asked as soon as the form has what it must have.
  needs: ['mountpoint'],
  test: ({ input }) =>
    input.instanceId === undefined && input.hostName === undefined
      ? {
          message: 'Neither a server nor a host is named; one of them has the volume.',
          remedy: advice('Name the server, or the host, that has it.'),
        }
      : null,
};

const readonlyRule: Rule<Marking> = {
  id: 'read-only',
  code: 'invalid',
  source: 'cinder volume/api.py, attach: a volume marked read-only',
  test: (ask) => {
    const volume = volumeOf(ask);
    if (!volume.readonly || ask.input.mode === 'ro') return null;
    return {
      message: `Volume ${volume.name} is read-only; it can be marked as attached only with mode ro.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'volume.set-readonly',
          label: `Make ${volume.name} writable`,
          projectId: volume.projectId,
          args: { volumeId: volume.id, readonly: 'false' },
        },
        'Choose the mode ro.',
      ),
    };
  },
};

/** Those who claim it at the same time have to agree on the mode. */
const modeRule: Rule<Marking> = {
  id: 'another-mode',
  code: 'invalid',
  source: `${SOURCE}: attached_mode of a volume that is attaching`,
  test: (ask) => {
    const volume = volumeOf(ask);
    const mode = ask.input.mode ?? 'rw';
    if (volume.status !== 'attaching') return null;
    const other = attachmentsOf(ask.world, volume.id).find(
      (each) => each.mode !== null && each.mode !== mode && each.attachStatus === 'attached',
    );
    if (other === undefined) return null;
    return {
      message: `Volume ${volume.name} is attaching, and is attached as ${other.mode} to ${holderName(ask.world, other)}; this asks for ${mode}.`,
      remedy: advice(`Choose the mode ${other.mode}.`),
    };
  },
};

/** @returns the attachment of the same instance, or of the same host where no instance is named */
function same({ world, id, input }: Pick<Asked, 'world' | 'id' | 'input'>): AttachmentRecord | null {
  const found = attachmentsOf(world, id).find(
    (each) =>
      each.attachStatus !== null &&
      (input.instanceId === undefined
        ? each.attachedHost === input.hostName
        : each.instanceId === input.instanceId),
  );
  return found ?? null;
}

const inUseRule: Rule<Marking> = {
  id: 'in-use',
  code: 'invalid',
  // Upstream lets the status of a migration that has ended pass too, and fails when the instance is the same.
  source: SOURCE,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.status !== 'in-use' || volume.multiattach) return null;
    if (isMigrating(volume.migrationStatus)) return null;
    const [holder] = attachmentsOf(ask.world, volume.id);
    return {
      message: `Volume ${volume.name} is in-use, and it is not a multiattach volume.`,
      remedy: holder === undefined ? statusRemedy(ask, volume) : detachRemedy(ask, volume, holder),
    };
  },
};

const heldRule: Rule<Marking> = {
  id: 'held',
  code: 'invalid',
  source: 'one instance holds a volume that is not multiattach (cinder invariant)',
  test: (ask) => (same(ask) === null ? heldByAnother(ask, ask.input.instanceId) : null),
};

/** Upstream overwrites whatever goes on; a volume that is being deleted would then be in use. */
const idleAllRule: Rule<Marking> = {
  id: 'in-progress',
  code: 'conflict',
  source: 'what is in progress has one owner; upstream holds a lock per volume',
  test: (ask) => {
    const { name, status, migrationStatus } = volumeOf(ask);
    if (status === 'deleting' && migrationStatus === 'deleting')
      return {
        message: `Volume ${name} is what a volume was migrated from, and is being deleted; nobody can have it any more.`,
        remedy: advice('Take the volume that was migrated.'),
      };
    const attachment = same(ask);
    const work =
      ownerOf(ask.world, ask.id) ?? (attachment === null ? null : workOn(ask.world, attachment.id));
    if (work === null) return null;
    return {
      message: `Operation ${work.id} (${work.action}) is still at work on it; marking it as attached has to wait for its end.`,
      remedy: advice('Wait until that operation has ended, then try again.'),
    };
  },
};

/** Who is told to have it, in a sentence. */
function holder({ world, input }: Pick<Asked, 'world' | 'input'>): string {
  const { instanceId, hostName } = input;
  if (instanceId === undefined) return `host ${hostName ?? ''}`;
  return `server ${world.server.get(instanceId)?.name ?? instanceId}`;
}

export const markAttached = defineVerb({
  name: 'volume.mark-attached',
  noun: 'volume',
  fields: {
    mountpoint: { kind: 'text', label: 'Mountpoint', hint: 'e.g. /dev/vdb', min: 1, max: 255 },
    instanceId: { kind: 'pick', of: 'server', label: 'Server', optional: true },
    hostName: { kind: 'text', label: 'Host', hint: 'Where no server has it.', max: 255, optional: true },
    mode: MODE_FIELD,
  },
  life: { from: ['*'], during: null, done: 'in-use', failed: '=' },
  rules: [
    someoneRule,
    notStatusRule(['maintenance'], {
      doing: 'marking it as attached',
      source: 'cinder volume/api.py, attach',
    }),
    migrationTargetRule,
    readonlyRule,
    modeRule,
    inUseRule,
    heldRule,
    idleAllRule,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { mountpoint, instanceId, hostName, mode } = ask.input;
    const there = same(ask);
    const id = there?.id ?? ask.fresh();
    return {
      changes: [
        there === null
          ? insert(
              'attachment',
              storageSide(
                volume,
                {
                  id,
                  instanceId: instanceId ?? null,
                  attachStatus: COMPLETED.attachStatus,
                  mode: mode ?? 'rw',
                },
                { attachedHost: hostName ?? null, mountpoint },
              ),
            )
          : update('attachment', id, { attachStatus: COMPLETED.attachStatus }),
        // Whether it is read-only is told from now on (cinder volume/api.py, attach).
        update('volume', volume.id, { ...COMPLETED.volume, readonly: volume.readonly }),
      ],
      subject: { volumeId: volume.id, attachmentId: id },
      job: null,
      answer: { attachmentId: id },
      message: `${volume.name} is recorded as attached to ${holder(ask)}`,
    };
  },
  initial: (ask) => (volumeOf(ask).readonly ? { mode: 'ro' } : {}),
  steps: (ask) => [
    same(ask) === null
      ? `It is recorded that ${holder(ask)} has volume ${volumeOf(ask).name}.`
      : `${holder(ask)} has it already; nothing new is recorded.`.replace(/^./, (first) =>
          first.toUpperCase(),
        ),
    'The volume becomes in-use. Neither storage nor host is asked.',
  ],
  warnings: () => ['This changes the record only. To give a server a disk, attach the volume to it.'],
  spoken: (ask) => {
    const { mountpoint, instanceId, hostName, mode } = ask.input;
    return volumeActionByRequest(ask, {
      'os-attach': {
        mountpoint: mountpoint ?? '',
        ...(instanceId === undefined ? {} : { instance_uuid: instanceId }),
        ...(hostName === undefined ? {} : { host_name: hostName }),
        ...(mode === undefined ? {} : { mode }),
      },
    });
  },
});
