/**
 * Gives an attachment its connector: storage exports the volume to that host, and the attachment is attaching.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { attachmentsOf } from '../engine/world';
import { advice, detachRemedy } from '../volume-verbs/volume-remedy';
import {
  attachmentOf,
  connectorHostRule,
  holderName,
  idleRule,
  knownToStorageRule,
  noErrorRule,
  volumeOfAttachment,
} from './attachment-rules';
import { attachmentRequest, SHOWN_CONNECTOR, volumeCommand } from './attachment-words';
import { CONNECT_PHASES, formerOf } from './connect-phases';
import { connectorOf, modeOnConnect, NO_MOUNTPOINT } from './connector-input';

const SOURCE = 'cinder volume/api.py, attachment_update';

/** Two hosts writing to one disk is what this is all about. */
const otherConnectionRule: Rule<object> = {
  id: 'other-connection',
  code: 'conflict',
  source: SOURCE,
  test: (ask) => {
    const volume = volumeOfAttachment(ask);
    const all = attachmentsOf(ask.world, volume.id);
    if (volume.multiattach || all.length < 2) return null;
    const connected = all.find((each) => each.connectionInfo !== null);
    if (connected === undefined) return null;
    return {
      message: `Volume ${volume.name} has ${all.length} attachments, is not a multiattach volume, and is connected to ${holderName(ask.world, connected)} already.`,
      remedy: detachRemedy(ask, volume, connected),
    };
  },
};

/** Its server is on its way to a host, which connects it; the two would undo each other. */
const serverAtWorkRule: Rule<object> = {
  id: 'server-in-progress',
  code: 'conflict',
  source: 'what is in progress has one owner; the compute service serialises these calls on the server',
  test: (ask) => {
    const { id, serverId } = attachmentOf(ask);
    const work = [...ask.world.operation.values()].find(
      ({ subject, carry: { attachments } }) =>
        subject.serverId !== undefined &&
        subject.serverId === serverId &&
        Array.isArray(attachments) &&
        attachments.includes(id),
    );
    if (work === undefined) return null;
    const name = ask.world.server.get(serverId ?? '')?.name ?? serverId;
    return {
      message: `Operation ${work.id} (${work.action}) is at work on server ${name} and its disks; connecting this one has to wait for its end.`,
      remedy: advice('Wait until that operation has ended, then try again.'),
    };
  },
};

export const updateAttachment = defineVerb({
  name: 'attachment.update',
  noun: 'attachment',
  fields: {
    connector: {
      kind: 'document',
      label: 'Connector',
      hint: 'Host and initiator that storage exports the volume to.',
    },
  },
  life: { from: ['*'], during: null, done: 'attaching', failed: '=' },
  rules: [
    knownToStorageRule('cinder api/v3/attachments.py, update'),
    connectorHostRule,
    noErrorRule(volumeOfAttachment, { doing: 'connecting it', code: 'conflict', source: SOURCE }),
    otherConnectionRule,
    idleRule('connecting it'),
    serverAtWorkRule,
  ],
  plan: (ask) => {
    const attachment = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    const connector = connectorOf(ask.input.connector);
    if (connector === null) throw new Error('the connector is required');
    return {
      changes: [
        update('attachment', attachment.id, {
          connector: connector.sealed,
          attachedHost: connector.host,
          mountpoint: connector.mountpoint ?? attachment.mountpoint ?? NO_MOUNTPOINT,
          mode: modeOnConnect(volume, attachment.mode, connector),
        }),
      ],
      subject: { volumeId: volume.id, attachmentId: attachment.id },
      job: { phase: 'connect', owns: attachment.id, carry: formerOf(attachment) },
      message: `Host ${connector.host ?? ''} asks for ${volume.name}`,
    };
  },
  phases: CONNECT_PHASES,
  steps: (ask) => {
    const volume = volumeOfAttachment(ask);
    const host = connectorOf(ask.input.connector)?.host ?? 'the host of the connector';
    return [
      `Storage exports volume ${volume.name} to ${host}.`,
      'Attachment and volume become attaching, until the attachment is completed or deleted.',
    ];
  },
  warnings: (ask) =>
    attachmentOf(ask).connectionInfo === null
      ? []
      : ['It is connected already; the new connection takes the place of the old one, which stays exported.'],
  onFailure:
    'If storage cannot export it, the attachment stays what it is; if the export cannot be taken back either, attachment and volume are in error.',
  spoken: (ask) => ({
    command: volumeCommand('attachment set --initiator INITIATOR --host HOST', ask.id),
    request: attachmentRequest(ask, 'PUT', { attachment: { connector: SHOWN_CONNECTOR } }),
  }),
});
