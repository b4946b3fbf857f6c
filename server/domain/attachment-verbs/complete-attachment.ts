/**
 * The host has the disk: the attachment is attached, and its volume in use. Block Storage asks for no state; only while
 * the attachment is still being worked on it has to wait.
 */
import { COMPLETED } from '../attachment-life';
import { update } from '../engine/change';
import { defineVerb } from '../engine/verb';
import { attachmentOf, idleRule, knownToStorageRule, volumeOfAttachment } from './attachment-rules';
import { attachmentRequest, volumeCommand } from './attachment-words';
import { claimed } from './settled-volume';

export const completeAttachment = defineVerb({
  name: 'attachment.complete',
  noun: 'attachment',
  fields: {},
  life: { from: ['*'], during: null, done: 'attached', failed: '=' },
  rules: [knownToStorageRule('cinder api/v3/attachments.py, complete'), idleRule('completing it')],
  plan: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    return {
      changes: [
        update('attachment', attachment.id, { attachStatus: COMPLETED.attachStatus }),
        claimed(ask.world, volume, COMPLETED.volume),
      ],
      subject: { volumeId: volume.id, attachmentId: attachment.id },
      job: null,
      message: `The attachment of ${volume.name} is complete`,
    };
  },
  steps: (ask) => [`The attachment becomes attached, and volume ${volumeOfAttachment(ask).name} in-use.`],
  warnings: (ask) => {
    const { attachStatus, connectionInfo } = attachmentOf(ask);
    return [
      ...(connectionInfo === null ? ['Storage has exported it to nobody yet.'] : []),
      ...(attachStatus === 'error_attaching' || attachStatus === 'error_detaching'
        ? ['It is in error. Make sure that its host really has the disk.']
        : []),
    ];
  },
  spoken: (ask) => ({
    command: volumeCommand('attachment complete', ask.id),
    request: attachmentRequest(ask, 'POST', { 'os-complete': {} }, '/action'),
  }),
});
