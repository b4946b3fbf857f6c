/**
 * Reserves a volume through the Block Storage API, for an instance that need not be known here; with a connector it is
 * connected too. The caller then updates, completes or deletes the attachment.
 */
import { ATTACH_VOLUME_STATUSES } from '../attach-volume-refusals';
import type { AttachMode } from '../attachment';
import { type Change, insert, update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type World } from '../engine/world';
import type { VolumeStatus } from '../volume';
import { statusRemedy } from '../volume-verbs/volume-remedy';
import { oneOf, policyRule, volumeOf } from '../volume-verbs/volume-rules';
import { volumePath } from '../volume-verbs/volume-words';
import { connectorHostRule, MODE_FIELD, migrationTargetRule, noErrorRule } from './attachment-rules';
import { SHOWN_CONNECTOR, volumeCommand } from './attachment-words';
import { CONNECT_PHASES, formerOf } from './connect-phases';
import { connectorOf, modeOnCreate, NO_MOUNTPOINT } from './connector-input';
import { heldByAnother, storageSide } from './storage-side';

const SOURCE = 'cinder volume/api.py, _attachment_reserve';

interface Creation {
  instanceId?: string | undefined;
  mode?: AttachMode | undefined;
  connector?: Parameters<typeof connectorOf>[0];
}

function allowedStatuses(multiattach: boolean): readonly VolumeStatus[] {
  return ATTACH_VOLUME_STATUSES[multiattach ? 'multiattach' : 'single'];
}

/** Live migration and resize reserve a volume for a server that has it already. */
function heldBySame(world: World, volumeId: string, instanceId: string | undefined): boolean {
  if (instanceId === undefined) return false;
  return attachmentsOf(world, volumeId).some(
    (each) => each.attachStatus !== null && each.instanceId === instanceId,
  );
}

/** A second reservation for the same server leaves the volume's states alone. */
function isOverride(ask: Pick<Ask<Creation>, 'world' | 'id' | 'input'>): boolean {
  const volume = volumeOf(ask);
  if (allowedStatuses(volume.multiattach).includes(volume.status)) return false;
  const open = volume.status === 'in-use' || volume.status === 'reserved';
  return open && heldBySame(ask.world, volume.id, ask.input.instanceId);
}

const reservableRule: Rule<Creation> = {
  id: 'volume-status',
  code: 'invalid',
  source: SOURCE,
  test: (ask) => {
    const volume = volumeOf(ask);
    const allowed = allowedStatuses(volume.multiattach);
    if (allowed.includes(volume.status) || isOverride(ask)) return null;
    return {
      message: `Volume ${volume.name} is ${volume.status}; reserving it needs ${oneOf(allowed)}, or the server that has it already.`,
      remedy: statusRemedy(ask, volume),
    };
  },
};

const heldRule: Rule<Creation> = {
  id: 'held',
  code: 'invalid',
  source: 'one instance holds a volume that is not multiattach (cinder invariant; nova bug 1908075)',
  test: (ask) => heldByAnother(ask, ask.input.instanceId),
};

function newAttachment(ask: Ask<Creation>): AttachmentRecord {
  const volume = volumeOf(ask);
  const mode = modeOnCreate(volume, ask.input.mode ?? null, null);
  const instanceId = ask.input.instanceId ?? null;
  return storageSide(volume, { id: ask.fresh(), instanceId, attachStatus: 'reserved', mode });
}

function forWhom({ world, input }: Pick<Ask<Creation>, 'world' | 'input'>): string {
  if (input.instanceId === undefined) return 'nobody in particular';
  return `server ${world.server.get(input.instanceId)?.name ?? input.instanceId}`;
}

export const createAttachment = defineVerb({
  name: 'attachment.create',
  noun: 'volume',
  fields: {
    instanceId: {
      kind: 'pick',
      of: 'server',
      label: 'Server',
      hint: 'Whom it is reserved for; it gets no disk by that.',
      optional: true,
    },
    mode: MODE_FIELD,
    connector: {
      kind: 'document',
      label: 'Connector',
      hint: 'Without one the volume is only reserved.',
      optional: true,
    },
  },
  life: { of: 'attachment', from: [], during: null, done: 'reserved', failed: '=' },
  rules: [
    noErrorRule(volumeOf, {
      doing: 'reserving it',
      code: 'invalid',
      source: 'cinder volume/api.py, attachment_create',
    }),
    policyRule<object>('volume:multiattach_bootable_volume', {
      id: 'multiattach-bootable',
      source: 'cinder volume/api.py, attachment_create: a second server on a boot volume',
      when: (ask) => {
        const { multiattach, bootable, status } = volumeOf(ask);
        return multiattach && bootable && status === 'in-use';
      },
    }),
    migrationTargetRule,
    reservableRule,
    heldRule,
    connectorHostRule,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const row = newAttachment(ask);
    const connector = connectorOf(ask.input.connector);
    const reserved: Change[] = isOverride(ask) ? [] : [update('volume', volume.id, { status: 'reserved' })];
    const subject = { volumeId: volume.id, attachmentId: row.id };
    const answer = { attachmentId: row.id };
    const message = `${volume.name} is reserved for ${forWhom(ask)}`;
    if (connector === null)
      return { changes: [insert('attachment', row), ...reserved], subject, job: null, answer, message };
    const connecting = {
      ...row,
      mode: modeOnCreate(volume, ask.input.mode ?? null, connector),
      connector: connector.sealed,
      attachedHost: connector.host,
      mountpoint: connector.mountpoint ?? NO_MOUNTPOINT,
    };
    return {
      changes: [insert('attachment', connecting), ...reserved],
      subject,
      job: { phase: 'connect', owns: row.id, carry: formerOf(row) },
      answer,
      message,
    };
  },
  phases: CONNECT_PHASES,
  // A volume that is taken can only be reserved once more for the server that has it.
  initial: (ask) => {
    const volume = volumeOf(ask);
    const [holder] = attachmentsOf(ask.world, volume.id);
    const taken = !allowedStatuses(volume.multiattach).includes(volume.status);
    return taken && holder?.instanceId != null ? { instanceId: holder.instanceId } : {};
  },
  steps: (ask) => {
    const volume = volumeOf(ask);
    const connector = connectorOf(ask.input.connector);
    const stays = isOverride(ask);
    return [
      stays
        ? `Volume ${volume.name} stays ${volume.status}, and is reserved for ${forWhom(ask)} once more.`
        : `Volume ${volume.name} is reserved for ${forWhom(ask)}: nobody else can take it.`,
      connector === null
        ? 'It stays so until the attachment is connected, completed or deleted.'
        : `Storage exports it to ${connector.host ?? 'the host'}, and it becomes attaching until the attachment is completed or deleted.`,
    ];
  },
  warnings: (ask) => {
    const volume = volumeOf(ask);
    const { mode } = ask.input;
    return [
      'No server gets a disk by this. To give one a disk, attach the volume to it.',
      ...(volume.readonly && mode === 'rw'
        ? ['The volume is read-only; the attachment will be read-only too.']
        : []),
    ];
  },
  onFailure:
    'If storage cannot export it, volume and attachment stay reserved, until the attachment is deleted; if the export cannot be taken back either, both are in error.',
  spoken: (ask) => {
    const { instanceId, mode, connector } = ask.input;
    return {
      command: volumeCommand(
        'attachment create',
        mode === undefined ? '' : `--mode ${mode}`,
        connector === undefined ? '' : '--connect --initiator INITIATOR --host HOST',
        ask.id,
        instanceId ?? '',
      ),
      request: {
        method: 'POST',
        path: volumePath(ask).replace(/volumes\/.*$/, 'attachments'),
        body: {
          attachment: {
            volume_uuid: ask.id,
            ...(instanceId === undefined ? {} : { instance_uuid: instanceId }),
            ...(mode === undefined ? {} : { mode }),
            ...(connector === undefined ? {} : { connector: SHOWN_CONNECTOR }),
          },
        },
      },
    };
  },
});
