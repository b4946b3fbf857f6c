/**
 * Moves a disk of a running server to another volume. Nothing is copied by the Block Storage side: the host copies while
 * the guest goes on.
 */
import { insert, update } from '../engine/change';
import { defineVerb } from '../engine/verb';
import { ownerOf } from '../engine/world';
import { isMigrating } from '../volume';
import { attachmentOf, holderName, volumeOfAttachment } from './attachment-rules';
import { storageSide } from './storage-side';
import { SWAP_PHASES } from './swap-phases';
import { SWAP_RULES } from './swap-rules';
import { targetOf } from './swap-target-rules';

export const swapVolume = defineVerb({
  name: 'attachment.swap',
  noun: 'attachment',
  fields: {
    volumeId: {
      kind: 'pick',
      of: 'volume',
      label: 'New volume',
      hint: 'Available, and at least as large as the present one.',
    },
  },
  life: { from: ['attached'], during: 'attached', done: 'detached', failed: '=' },
  roots: ({ input }) => (input.volumeId === undefined ? {} : { volumes: [input.volumeId] }),
  rules: SWAP_RULES,
  plan: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    const target = targetOf(ask);
    const { serverId } = attachment;
    if (target === null || serverId === null) throw new Error('the rules have let nothing to swap pass');
    const to = ask.fresh();
    return {
      changes: [
        // While storage migrates it, the volume says so already.
        ...(isMigrating(volume.migrationStatus)
          ? []
          : [update('volume', volume.id, { status: 'detaching' })]),
        insert(
          'attachment',
          storageSide(target, {
            id: to,
            instanceId: serverId,
            attachStatus: 'reserved',
            mode: target.readonly ? 'ro' : 'rw',
          }),
        ),
        update('volume', target.id, { status: 'reserved' }),
      ],
      subject: { serverId, volumeId: volume.id, attachmentId: attachment.id },
      job: {
        phase: 'connect',
        owns: attachment.id,
        carry: {
          to,
          attachments: [to],
          volumes: [target.id],
          targetStatus: target.status,
          targetOwned: ownerOf(ask.world, target.id) !== null,
        },
      },
      answer: { attachmentId: to },
      message: `${volume.name} is to be swapped for ${target.name}`,
    };
  },
  phases: SWAP_PHASES,
  steps: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    const target = targetOf(ask);
    const holder = holderName(ask.world, attachment);
    const to = target === null ? 'the new volume' : `volume ${target.name}`;
    return [
      `Volume ${volume.name} becomes detaching, and ${to} is reserved for ${holder}.`,
      `The host connects to ${to} and moves ${attachment.device ?? 'the disk'} over while the guest goes on.`,
      `${to.replace(/^./, (first) => first.toUpperCase())} becomes in-use, and ${volume.name} is let go with the data it has then.`,
    ];
  },
  warnings: (ask) => {
    const volume = volumeOfAttachment(ask);
    const target = targetOf(ask);
    return [
      ...(target === null ? [] : [`What is on volume ${target.name} now is overwritten.`]),
      ...(target?.readonly === true ? [`Volume ${target.name} is read-only.`] : []),
      ...(isMigrating(volume.migrationStatus)
        ? [`Volume ${volume.name} is being migrated; its migration has to be completed afterwards.`]
        : []),
    ];
  },
  onFailure:
    'If any step fails before the guest has been moved over, everything becomes what it was. If only the old volume cannot be let go, the server keeps the new one and the old one is in error.',
  spoken: (ask) => {
    const { serverId, volumeId } = attachmentOf(ask);
    const target = ask.input.volumeId ?? 'NEW_VOLUME';
    return {
      command: `nova volume-update ${serverId ?? 'SERVER'} ${volumeId} ${target}`,
      request: {
        method: 'PUT',
        path: `/v2.1/servers/${serverId ?? ''}/os-volume_attachments/${volumeId}`,
        body: { volumeAttachment: { volumeId: target } },
      },
    };
  },
});
