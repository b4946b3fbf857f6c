/**
 * Deletes an attachment through the Block Storage API: storage takes its export back, and the volume becomes what the
 * others say it is.
 */
import { impliedVolumeState } from '../attachment';
import { defineVerb } from '../engine/verb';
import { attachmentsOf } from '../engine/world';
import {
  attachmentOf,
  holderName,
  idleRule,
  knownToStorageRule,
  volumeOfAttachment,
} from './attachment-rules';
import { attachmentRequest, volumeCommand } from './attachment-words';
import { detachProtectionRule } from './detach-protection';
import { DISCONNECT_PHASES, departure, isExported } from './disconnect-phase';
import { othersOf } from './settled-volume';

export const deleteAttachment = defineVerb({
  name: 'attachment.delete',
  noun: 'attachment',
  fields: {},
  life: { from: ['*'], during: null, done: 'detached', failed: '=' },
  rules: [
    knownToStorageRule('cinder api/v3/attachments.py, delete'),
    detachProtectionRule((ask) => ({ attachmentId: ask.id, volumeId: null })),
    idleRule('deleting it'),
  ],
  plan: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    const left = attachmentsOf(ask.world, volume.id).filter((each) => each.id !== attachment.id);
    return {
      ...departure(ask.world, volume, attachment, {
        message: `The attachment of ${volume.name} is to go`,
      }),
      // Hosts decide by these whether a target that several disks share may be logged out of.
      answer: { attachments: left.map((each) => each.id) },
    };
  },
  phases: DISCONNECT_PHASES,
  steps: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    const { status } = impliedVolumeState(othersOf(ask.world, volume.id, attachment.id));
    return [
      ...(isExported(attachment) ? [`Storage takes the export of volume ${volume.name} back.`] : []),
      `The attachment goes, and the volume becomes ${status}.`,
    ];
  },
  warnings: (ask) => {
    const attachment = attachmentOf(ask);
    if (attachment.serverId === null) return [];
    return [
      `It is a disk of ${holderName(ask.world, attachment)}, whose guest is not asked to let it go. Detach the volume instead.`,
    ];
  },
  onFailure: 'If storage cannot take the export back, everything stays as it is.',
  spoken: (ask) => ({
    command: volumeCommand('attachment delete', ask.id),
    request: attachmentRequest(ask, 'DELETE', null),
  }),
});
