/**
 * Connections that older clients make themselves, before os-attach and after os-begin_detaching: no attachment stands for
 * them, so that nothing but the caller knows of them.
 */
import type { DriverTask } from '../driver-task';
import { update } from '../engine/change';
import { defineVerb, type Phase, type Work } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf } from '../engine/world';
import { notStatusRule, policyRule, volumeOf } from '../volume-verbs/volume-rules';
import { carriedText, impliedBy, volumeOfWork } from '../volume-verbs/volume-work';
import { SHOWN_CONNECTOR, volumeActionByRequest } from './attachment-words';
import { connectorOf } from './connector-input';
import { detachProtectionRule, knownToStorage } from './detach-protection';
import { isExported } from './disconnect-phase';

/** Nothing in the cloud depends on it: when it does not work, the caller is told, and that is all. */
const initialize: Phase = {
  tasks: (work) => [
    {
      call: 'initializeConnection',
      volumeId: work.operation.subject.volumeId ?? '',
      connector: carriedText(work, 'connector'),
    },
  ],
  done: (_work, [connectionInfo]) => ({
    changes: [],
    message: 'Storage has exported the volume',
    outcome: 'succeeded',
    // Sealed; whoever has asked reads it here.
    carry: { connectionInfo: connectionInfo ?? null },
  }),
  failed: (_work, reason) => ({
    changes: [],
    message: 'Storage has not exported the volume',
    outcome: 'failed',
    reason,
  }),
};

export const initializeConnection = defineVerb({
  name: 'volume.initialize-connection',
  noun: 'volume',
  fields: {
    connector: {
      kind: 'document',
      label: 'Connector',
      hint: 'Host and initiator that storage exports the volume to.',
    },
  },
  life: null,
  rules: [
    notStatusRule(['maintenance'], {
      doing: 'connecting it',
      source: 'cinder volume/api.py, initialize_connection',
    }),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const connector = connectorOf(ask.input.connector);
    return {
      changes: [],
      subject: { volumeId: volume.id },
      // It ends no state of the volume, and must not stand in the way of what does.
      job: { phase: 'connect', owns: ask.fresh(), carry: { connector: connector?.sealed ?? '' } },
      message: `Host ${connector?.host ?? ''} asks for ${volume.name}`,
    };
  },
  phases: { connect: initialize },
  steps: (ask) => [
    `Storage exports volume ${volumeOf(ask).name} to ${connectorOf(ask.input.connector)?.host ?? 'the host of the connector'}.`,
    'Volume and attachments stay as they are.',
  ],
  warnings: () => ['Nothing here remembers this connection. Whoever makes it has to terminate it.'],
  onFailure: 'Nothing has changed.',
  spoken: (ask) => volumeActionByRequest(ask, { 'os-initialize_connection': { connector: SHOWN_CONNECTOR } }),
});

/** Without a connector the one that is known counts, where it can be told which. */
function onlyExported({ world, operation }: Work): AttachmentRecord | null {
  const exported = attachmentsOf(world, operation.subject.volumeId ?? '').filter(isExported);
  return exported.length === 1 ? (exported[0] ?? null) : null;
}

function terminateTasks(work: Work): DriverTask[] {
  const { connector } = work.operation.carry;
  if (typeof connector === 'string')
    return [{ call: 'terminateConnection', volumeId: work.operation.subject.volumeId ?? '', connector }];
  const only = onlyExported(work);
  return only === null ? [] : [{ call: 'terminateConnection', attachmentId: only.id }];
}

/** Another operation may have claimed the volume meanwhile: then it is that one's to give back. */
function unclaimed(work: Work) {
  const volume = volumeOfWork(work);
  if (volume === null || volume.status !== 'attaching') return [];
  const claimed = [...work.world.operation.values()].some(
    (each) => each.id !== work.operation.id && each.subject.volumeId === volume.id,
  );
  return claimed ? [] : [update('volume', volume.id, { status: impliedBy(work.world, volume.id).status })];
}

const terminate: Phase = {
  tasks: terminateTasks,
  done: (work) => ({
    changes: unclaimed(work),
    message: 'Storage has taken the export back',
    outcome: 'succeeded',
  }),
  failed: (_work, reason) => ({
    changes: [],
    message: 'Storage has not taken the export back',
    outcome: 'failed',
    reason,
  }),
};

export const terminateConnection = defineVerb({
  name: 'volume.terminate-connection',
  noun: 'volume',
  fields: {
    connector: {
      kind: 'document',
      label: 'Connector',
      hint: 'Of the host that loses the connection; without one, that of the only attachment.',
      optional: true,
    },
  },
  life: null,
  rules: [
    detachProtectionRule<object>(({ id }) => ({ volumeId: id, attachmentId: null })),
    policyRule<object>('volume_extension:volume_actions:unreserve', {
      id: 'unreserve-policy',
      source: 'cinder api/contrib/volume_actions.py, _terminate_connection ends with unreserve_volume',
    }),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const connector = connectorOf(ask.input.connector);
    return {
      changes: [],
      subject: { volumeId: volume.id },
      job: {
        phase: 'disconnect',
        owns: ask.fresh(),
        carry: connector === null ? {} : { connector: connector.sealed },
      },
      message: `The connection of ${volume.name} is to be taken down`,
    };
  },
  phases: { disconnect: terminate },
  steps: (ask) => {
    const volume = volumeOf(ask);
    const { status } = impliedBy(ask.world, volume.id);
    return [
      `Storage takes the export of volume ${volume.name} back.`,
      volume.status === 'attaching' ? `The volume becomes ${status}.` : `The volume stays ${volume.status}.`,
    ];
  },
  warnings: (ask) =>
    knownToStorage(ask.world, ask.id).some(isExported)
      ? ['An attachment of it is connected, and will say so all the same.']
      : [],
  onFailure: 'Nothing has changed.',
  spoken: (ask) =>
    volumeActionByRequest(ask, {
      'os-terminate_connection': { connector: ask.input.connector === undefined ? null : SHOWN_CONNECTOR },
    }),
});
