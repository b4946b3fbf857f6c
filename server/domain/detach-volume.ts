/**
 * May this volume be detached from this server, and what happens then?
 * Checks in the order of Nova's API (compute/api.py, detach_volume), then of Cinder's begin_detaching.
 */

import { ACTIONS } from './action';
import { ATTACH_VM_STATES } from './attach-volume';
import { type AttachmentFacts, isRoot } from './attachment';
import { type VolumeStatePair, volumeAfterDetach } from './attachment-life';
import { policyRefusal } from './policy';
import { check, type Decision, decide, type Refusal, type Remedy, refusalsOf } from './refusal';
import type { Actor } from './roles';
import type { HostFacts, ServerFacts } from './server';
import { hostRefusal, launchedRefusal, lockRefusal, taskStateRefusal, vmStateRefusal } from './server-checks';
import { isMigrating, type VolumeFacts, type VolumeStatus } from './volume';

const ACTION = 'volume.detach';

export interface DetachFacts {
  actor: Actor;
  server: ServerFacts;
  host: HostFacts | null;
  volume: VolumeFacts;
  /** The live attachment of this pair that the compute side knows; null when there is none. */
  attachment: AttachmentFacts | null;
  /** All live attachments of the volume, the one above included. */
  volumeAttachments: readonly AttachmentFacts[];
}

/** What an allowed detach writes at once. */
export type DetachEffects =
  | { via: 'host'; attachmentId: string; volume: { status: Extract<VolumeStatus, 'detaching'> } }
  /** No host holds the disk: the attachment goes at once, and the volume is what the others imply. */
  | { via: 'offloaded'; attachmentId: string; volume: VolumeStatePair };

const detachCheck = check<DetachFacts>();

export const DETACH_CHECKS = [
  detachCheck({
    id: 'policy',
    source: 'nova policies/volumes_attachments.py :delete, target the server',
    needs: ['actor', 'server'],
    test: ({ actor, server }) =>
      policyRefusal('os_compute_api:os-volumes-attachments:delete', actor, server.projectId),
  }),
  detachCheck({
    id: 'storage-policy',
    source: 'keystone roles: a reader changes nothing, whatever the server',
    needs: ['actor', 'volume'],
    test: ({ actor, volume }) => policyRefusal('volume:attachment_delete', actor, volume.projectId),
  }),
  detachCheck({
    id: 'not-attached',
    source: 'nova api/openstack/compute/volume_attachments.py delete, VolumeBDMNotFound',
    needs: ['server', 'volume', 'attachment'],
    test: ({ server, volume, attachment }) => notAttachedRefusal(server, volume, attachment),
  }),
  detachCheck({
    id: 'root-device',
    source: 'nova api/openstack/compute/volume_attachments.py delete, is_root: before lock and states',
    needs: ['server', 'volume', 'attachment'],
    test: ({ server, volume, attachment }) => rootRefusal(server, volume, attachment),
  }),
  detachCheck({
    id: 'server-locked',
    source: 'nova compute/api.py check_instance_lock',
    needs: ['actor', 'server'],
    test: ({ actor, server }) => lockRefusal(ACTION, server, actor),
  }),
  detachCheck({
    id: 'server-state',
    source: 'nova compute/api.py check_instance_state(vm_state), the states of attach',
    needs: ['actor', 'server'],
    test: ({ actor, server }) => vmStateRefusal(ACTION, server, ATTACH_VM_STATES, actor),
  }),
  detachCheck({
    id: 'server-busy',
    source: 'nova compute/api.py check_instance_state(task_state=[None])',
    needs: ['server'],
    test: ({ server }) => taskStateRefusal(ACTION, server),
  }),
  detachCheck({
    id: 'server-never-launched',
    source: 'nova compute/api.py check_instance_state(must_have_launched)',
    needs: ['server'],
    test: ({ server }) => launchedRefusal(ACTION, server),
  }),
  detachCheck({
    id: 'host-down',
    source: 'nova compute/api.py detach_volume, ComputeServiceUnavailable (bug 1909120)',
    needs: ['server', 'host'],
    test: ({ server, host }) => hostRefusal(ACTION, server, host),
  }),
  detachCheck({
    id: 'volume-status',
    source: 'cinder volume/api.py begin_detaching; not for offloaded servers, whose volumes may be reserved',
    needs: ['actor', 'server', 'volume'],
    // Where the attachment is known too, it tells the way out.
    test: ({ actor, server, volume, ...rest }) =>
      volumeStateRefusal(actor, server, volume, (rest as Partial<DetachFacts>).attachment ?? null),
  }),
];

/**
 * @param facts members left undefined are unknown; their checks are skipped
 * @returns every refusal, in the API's order
 */
export function detachRefusals(
  facts: { [Key in keyof DetachFacts]?: DetachFacts[Key] | undefined },
): Refusal[] {
  return refusalsOf(DETACH_CHECKS, facts);
}

/** @returns what the detach writes, or every reason why not */
export function decideDetach(facts: DetachFacts): Decision<DetachEffects> {
  const refusals = detachRefusals(facts);
  const { attachment } = facts;
  if (attachment === null) return decide(refusals, () => noEffects(facts));
  return decide(refusals, () => detachEffects(facts, attachment.id));
}

/** Unreachable: without an attachment the rule above has refused. */
function noEffects({ server, volume }: DetachFacts): never {
  throw new Error(
    `volume ${volume.id} has no attachment to server ${server.id}, yet nothing refused its detach`,
  );
}

function detachEffects(
  { server, volume, volumeAttachments }: DetachFacts,
  attachmentId: string,
): DetachEffects {
  if (server.vmState !== 'shelved_offloaded')
    return { via: 'host', attachmentId, volume: { status: 'detaching' } };
  const others = volumeAttachments.filter((each) => each.id !== attachmentId);
  return {
    via: 'offloaded',
    attachmentId,
    volume: volumeAfterDetach(
      volume,
      others.map((each) => each.attachStatus),
    ),
  };
}

function notAttachedRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachment: AttachmentFacts | null,
): Refusal | null {
  if (attachment !== null) return null;
  return {
    rule: 'volume.detach.not-attached',
    code: 'not_found',
    message: `Volume ${volume.name} is not attached to server ${server.name}.`,
  };
}

function rootRefusal(
  server: ServerFacts,
  volume: VolumeFacts,
  attachment: AttachmentFacts | null,
): Refusal | null {
  if (attachment === null || !isRoot(attachment)) return null;
  return {
    rule: 'volume.detach.root-device',
    code: 'invalid',
    message: `Volume ${volume.name} is the root disk of server ${server.name}; a server cannot lose its root.`,
    remedy: {
      kind: 'advice',
      text: 'Delete the server to free its root volume.',
      command: `openstack server delete ${server.id}`,
    },
  };
}

function volumeStateRefusal(
  actor: Actor,
  server: ServerFacts,
  volume: VolumeFacts,
  attachment: AttachmentFacts | null,
): Refusal | null {
  if (server.vmState === 'shelved_offloaded') return null;
  if (isMigrating(volume.migrationStatus)) {
    return {
      rule: 'volume.detach.migrating',
      code: 'invalid',
      message: `Volume ${volume.name} is being migrated (${volume.migrationStatus}); its attachments must not change meanwhile.`,
      remedy: { kind: 'advice', text: 'Wait until the migration has ended.' },
    };
  }
  if (volume.status === 'in-use' && volume.attachStatus === 'attached') return null;
  const state = volume.status === 'in-use' ? `in-use but ${volume.attachStatus}` : volume.status;
  return {
    rule: 'volume.detach.volume-status',
    code: 'invalid',
    message: `Volume ${volume.name} is ${state}; detaching needs in-use and attached.`,
    ...(attachment?.attachStatus === null && volume.status !== 'detaching'
      ? { remedy: rebootRemedy(server) }
      : stateRemedy(actor, volume)),
  };
}

function rebootRemedy({ id, name }: ServerFacts): Remedy {
  return {
    kind: 'advice',
    text: `Storage knows of no such attachment: reboot ${name}, and it leaves the disk behind.`,
    command: `openstack server reboot ${id}`,
  };
}

function stateRemedy(actor: Actor, volume: VolumeFacts): { remedy?: Remedy } {
  if (volume.status === 'detaching')
    return { remedy: { kind: 'advice', text: 'It is being detached already; wait for that to end.' } };
  return volume.status === 'error' ? { remedy: recoverRemedy(actor, volume) } : {};
}

/** After a failed way back the volume is in error: with its status set back, it can be detached again. */
export function recoverRemedy(actor: Actor, volume: VolumeFacts): Remedy {
  const action = 'volume.reset-status';
  if (policyRefusal(ACTIONS[action].policy, actor, volume.projectId) !== null) {
    const text = `An administrator can find out what happened to ${volume.name} and then set it to in-use and attached.`;
    return { kind: 'advice', text };
  }
  const label = `Reset ${volume.name} to in-use and attached`;
  return {
    kind: 'action',
    action,
    label,
    args: { volumeId: volume.id, status: 'in-use', attachStatus: 'attached' },
  };
}

/** A server that has the disk, as far as the caller may know it. */
export interface Holder {
  server: ServerFacts;
  host: HostFacts | null;
  attachment: AttachmentFacts;
}

/**
 * May the volume be detached at all, whichever server has it?
 * @param holders servers that have it
 * @returns empty as soon as one of them could let it go; else what the first one says
 */
export function detachAnywhereRefusals(
  { actor, volume }: Pick<DetachFacts, 'actor' | 'volume'>,
  holders: readonly Holder[],
): Refusal[] {
  const [first, ...others] = holders.map(({ server, host, attachment }) =>
    detachRefusals({ actor, volume, server, host, attachment }),
  );
  if (first === undefined) return [...detachRefusals({ actor, volume }), nowhereRefusal(volume)];
  return others.some((refusals) => refusals.length === 0) ? [] : first;
}

function nowhereRefusal(volume: VolumeFacts): Refusal {
  return {
    rule: 'volume.detach.on-no-server',
    code: 'not_found',
    message: `Volume ${volume.name} is on no server, so there is nothing to detach it from.`,
  };
}
