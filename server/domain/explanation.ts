/**
 * What an action would do and what speaks against it, before anybody has asked for it. Made by the rules that decide,
 * from the same facts.
 */
import type { ActionName } from './action';
import type { AttachFacts } from './attach-volume';
import { decideAttach } from './attach-volume';
import { type AttachmentFacts, impliedVolumeState } from './attachment';
import { type DetachEffects, type DetachFacts, decideDetach } from './detach-volume';
import type { Refusal } from './refusal';

export interface Explanation {
  action: ActionName;
  /** All of them, in the API's order; empty when the action is allowed. */
  refusals: readonly Refusal[];
  /** What will happen, in order, one sentence each; empty when it is refused. */
  steps: string[];
  /** What somebody may regret: a second writer, another project's volume, a disk in use. */
  warnings: string[];
  /** The same as a command of the `openstack` client. */
  command: string;
  /** The same as a request of the Compute API. */
  request: { method: 'POST' | 'DELETE'; path: string; body: Record<string, unknown> | null };
}

/** Microversion that knows every field of an attach: tag (2.49), multiattach (2.60), delete_on_termination (2.79). */
const ATTACH_MICROVERSION = '2.89';

/** @returns what attaching this pair would do, or why it is refused */
export function explainAttach(facts: AttachFacts): Explanation {
  const { server, volume, request } = facts;
  const decision = decideAttach(facts);
  return {
    action: 'volume.attach',
    refusals: decision.allowed ? [] : decision.refusals,
    steps: decision.allowed ? attachSteps(facts, decision.effects) : [],
    warnings: attachWarnings(facts),
    command: attachCommand(facts),
    request: {
      method: 'POST',
      path: `/v2.1/servers/${server.id}/os-volume_attachments`,
      body: {
        volumeAttachment: {
          volumeId: volume.id,
          ...(request.device === null ? {} : { device: request.device }),
          ...(request.tag === null ? {} : { tag: request.tag }),
          ...(request.deleteOnTermination ? { delete_on_termination: true } : {}),
        },
      },
    },
  };
}

function attachSteps(
  { server, volume }: AttachFacts,
  effects: { via: string; device: string | null; mode: string },
): string[] {
  if (effects.via === 'offloaded') {
    return [
      `Volume ${volume.name} becomes in-use at once; server ${server.name} is on no host.`,
      'It gets its device when the server is unshelved.',
    ];
  }
  return [
    `Volume ${volume.name} is reserved for server ${server.name}: nobody else can take it.`,
    `Host ${server.host ?? ''} connects to it and gives it to the guest as ${effects.device ?? 'a disk'}, ${effects.mode === 'ro' ? 'read-only' : 'read and write'}.`,
    'The volume becomes in-use. If any step fails, everything becomes what it was.',
  ];
}

function attachWarnings({ server, volume, volumeAttachments, request }: AttachFacts): string[] {
  const writers = volumeAttachments.filter((each) => each.mode !== 'ro' && each.instanceId !== server.id);
  const mayWrite = !volume.readonly && request.mode !== 'ro';
  return [
    ...(volume.multiattach && mayWrite && writers.length > 0
      ? [
          `${names(writers)} can write to this volume too. Unless it carries a cluster file system, two writers destroy its data. Read-only is safe.`,
        ]
      : []),
    ...(volume.readonly && request.mode === 'rw'
      ? ['The volume is read-only; it will be attached read-only.']
      : []),
    ...(server.projectId === volume.projectId ? [] : ['Server and volume belong to different projects.']),
    ...(request.deleteOnTermination
      ? [`Deleting server ${server.name} will delete the volume with its data.`]
      : []),
  ];
}

function names(attachments: readonly AttachmentFacts[]): string {
  return attachments.map((each) => each.instanceName ?? each.instanceId ?? 'Another server').join(', ');
}

function attachCommand({ server, volume, request }: AttachFacts): string {
  return [
    `openstack --os-compute-api-version ${ATTACH_MICROVERSION} server add volume`,
    ...(request.device === null ? [] : [`--device ${request.device}`]),
    ...(request.tag === null ? [] : [`--tag ${request.tag}`]),
    ...(request.deleteOnTermination ? ['--enable-delete-on-termination'] : []),
    server.id,
    volume.id,
  ].join(' ');
}

/** @returns what detaching this pair would do, or why it is refused */
export function explainDetach(facts: DetachFacts): Explanation {
  const { server, volume } = facts;
  const decision = decideDetach(facts);
  return {
    action: 'volume.detach',
    refusals: decision.allowed ? [] : decision.refusals,
    steps: decision.allowed ? detachSteps(facts, decision.effects) : [],
    warnings: detachWarnings(facts),
    command: `openstack server remove volume ${server.id} ${volume.id}`,
    request: {
      method: 'DELETE',
      path: `/v2.1/servers/${server.id}/os-volume_attachments/${volume.id}`,
      body: null,
    },
  };
}

function detachSteps(
  { server, volume, attachment, volumeAttachments }: DetachFacts,
  effects: DetachEffects,
): string[] {
  if (effects.via === 'offloaded') {
    const { status } = effects.volume;
    return [
      `Server ${server.name} is on no host: the attachment goes at once.`,
      `Volume ${volume.name} ${status === volume.status ? 'stays' : 'becomes'} ${status}.`,
    ];
  }
  const others = volumeAttachments.filter((each) => each.id !== attachment?.id);
  const after = impliedVolumeState(others.map((each) => each.attachStatus)).status;
  const device = attachment?.computeSide?.device ?? 'its disk';
  return [
    `Volume ${volume.name} becomes detaching.`,
    `The guest of server ${server.name} lets ${device} go, then host ${server.host ?? ''} disconnects.`,
    `The attachment goes, and the volume becomes ${after}. If the guest does not let go, everything becomes what it was.`,
  ];
}

function detachWarnings({ server, attachment, volume }: DetachFacts): string[] {
  const running = server.vmState === 'active' || server.vmState === 'paused';
  return [
    ...(running
      ? [`Server ${server.name} is running: unmount the file system first, or data may be lost.`]
      : []),
    ...(attachment?.computeSide?.deleteOnTermination === true
      ? [`Volume ${volume.name} was to go with its server; once detached it stays.`]
      : []),
  ];
}
