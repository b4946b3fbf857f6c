/**
 * Whether the volume goes with its server. Nova asks for no state of the server, and allows it for the root disk too.
 */
import { update } from '../engine/change';
import { defineVerb } from '../engine/verb';
import { attachmentOf, holderName, knownToComputeRule, volumeOfAttachment } from './attachment-rules';

export const setDeleteOnTermination = defineVerb({
  name: 'attachment.set-delete-on-termination',
  noun: 'attachment',
  fields: { deleteOnTermination: { kind: 'flag', label: 'Delete the volume with its server' } },
  life: null,
  rules: [knownToComputeRule('nova api/openstack/compute/volume_attachments.py, _update_volume_regular')],
  plan: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    const { deleteOnTermination } = ask.input;
    return {
      changes: [update('attachment', attachment.id, { deleteOnTermination })],
      subject: {
        volumeId: volume.id,
        attachmentId: attachment.id,
        ...(attachment.serverId === null ? {} : { serverId: attachment.serverId }),
      },
      job: null,
      message: `${volume.name} ${deleteOnTermination ? 'goes with' : 'survives'} ${holderName(ask.world, attachment)}`,
    };
  },
  initial: (ask) => ({ deleteOnTermination: !attachmentOf(ask).deleteOnTermination }),
  steps: (ask) => {
    const fate = ask.input.deleteOnTermination === true ? 'is deleted with it' : 'stays';
    return [
      `When ${holderName(ask.world, attachmentOf(ask))} is deleted, volume ${volumeOfAttachment(ask).name} ${fate}.`,
    ];
  },
  warnings: (ask) =>
    ask.input.deleteOnTermination === true
      ? [`Deleting the server will delete volume ${volumeOfAttachment(ask).name} with its data.`]
      : [],
  spoken: (ask) => {
    const { serverId, volumeId } = attachmentOf(ask);
    const wanted = ask.input.deleteOnTermination === true;
    const flag = wanted ? '--delete-on-termination' : '--preserve-on-termination';
    return {
      command: `openstack --os-compute-api-version 2.85 server volume update ${flag} ${serverId ?? 'SERVER'} ${volumeId}`,
      request: {
        method: 'PUT',
        path: `/v2.1/servers/${serverId ?? ''}/os-volume_attachments/${volumeId}`,
        body: { volumeAttachment: { volumeId, delete_on_termination: wanted } },
      },
    };
  },
});
